"""From a list of objects to changes, with every reason why they are none."""

from __future__ import annotations

from models.domain.issue import Issue
from scenarios.change import Change, all_changes
from solver.intake.display import did_you_mean, quoted
from solver.intake.issue_log import IssueLog, Path
from solver.intake.schema import validated

MOST_CHANGES = 1000
"""The longest list of changes that is taken for meant."""


def read_changes(raw: object) -> tuple[tuple[Change, ...], tuple[Issue, ...]]:
    """The changes that a document lists, in their order, and every issue in it.

    Each is an object whose `change` names its kind, with the fields of that kind beside it.
    Where there is an error, the changes are those without one.
    """
    log = IssueLog()
    if not isinstance(raw, list):
        hint = 'Send a list of objects, such as [{"change": "remove_person", "reference": "…"}].'
        log.error("WRONG_TYPE", ("changes",), "the changes should be a list", hint, value=raw)
        return (), log.issues()
    if len(raw) > MOST_CHANGES:
        message = f"{len(raw):,} changes are more than {MOST_CHANGES:,}, the most of a scenario"
        log.error("WRONG_LENGTH", ("changes",), message, "Submit a round of its own instead.")
        return (), log.issues()
    read = [_read(entry, ("changes", place), log) for place, entry in enumerate(raw)]
    return tuple(change for change in read if change is not None), log.issues()


def _read(entry: object, path: Path, log: IssueLog) -> Change | None:
    if not isinstance(entry, dict):
        log.error("WRONG_TYPE", path, "a change should be an object", value=entry)
        return None
    name = entry.get("change")
    kind = all_changes().get(name) if isinstance(name, str) else None
    if kind is None:
        _report_unknown(name, (*path, "change"), log)
        return None
    errors = log.errors
    fields = {field: value for field, value in entry.items() if field != "change"}
    change = validated(kind, fields, path, log)
    return change if log.errors == errors else None


def _report_unknown(name: object, path: Path, log: IssueLog) -> None:
    kinds = all_changes()
    if name is None:
        message, hint = "`change` is missing", f"It is one of {', '.join(kinds)}."
        log.error("MISSING_FIELD", path, message, hint)
        return
    message = f"{quoted(name)} is no kind of change"
    hint = did_you_mean(name, kinds) if isinstance(name, str) else ""
    log.error("UNKNOWN_CHANGE", path, message, hint, value=name)
