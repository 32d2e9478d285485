"""The participants of a submitted round, row by row, and what is wrong among them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from models.domain.programme import trimmed
from models.domain.submission import ParticipantSubmission
from solver.intake.display import quoted
from solver.intake.issue_log import IssueLog, Path
from solver.intake.schema import validated


@dataclass(frozen=True)
class Row:
    """A participant as given, and where; what could not be read is a stand-in."""

    path: Path
    given: ParticipantSubmission
    reference: str
    person: str

    def place(self, *parts: str | int) -> Path:
        """A place within the row."""
        return (*self.path, *parts)


def read_rows(raws: Sequence[object], log: IssueLog) -> list[Row]:
    """Every participant that is an object at all, up to where there are too many errors."""
    rows = []
    for index, raw in enumerate(raws):
        if log.is_overfull:
            break
        path = ("participants", index)
        stand_ins = {"reference": f"?{index}", "grade": "?", "mentor": {}, "mentee": {}}
        given = validated(ParticipantSubmission, raw, path, log, stand_ins)
        if given is not None:
            reference = trimmed(given.reference)
            rows.append(Row(path, given, reference, trimmed(given.person or "") or reference))
    return rows


def check_rows(rows: Sequence[Row], log: IssueLog) -> None:
    """References are unique, everybody has a role, and a human has each role once."""
    firsts = _check_references(rows, log)
    _check_people(firsts, log)
    for row in rows:
        if row.given.mentor is None and row.given.mentee is None:
            message = f"{quoted(row.reference)} has neither a `mentor` nor a `mentee` section"
            hint = "Add the section of the role they take, or leave the participant out."
            log.error("NO_SECTION", row.path, message, hint)


def check_special_category(rows: Iterable[Row], log: IssueLog) -> None:
    """Characteristics have no place in a round without a recorded basis; none is shown."""
    message = "characteristics are special category data, and the policy records no basis for them"
    hint = "Leave them out, or record the basis in `policy.special_category`."
    for row in rows:
        if any(row.given.characteristics):
            log.error("SPECIAL_CATEGORY_NOT_ALLOWED", row.place("characteristics"), message, hint)
        if row.given.mentee and row.given.mentee.seeks_characteristic:
            place = row.place("mentee", "seeks_characteristic")
            log.error("SPECIAL_CATEGORY_NOT_ALLOWED", place, message, hint)


def _check_references(rows: Iterable[Row], log: IssueLog) -> list[Row]:
    """The first row of each reference."""
    firsts: dict[str, Row] = {}
    for row in rows:
        first = firsts.setdefault(row.reference, row)
        if first is not row:
            message = f"{quoted(row.reference)} is the reference of an earlier participant, too"
            log.error(
                "DUPLICATE_REFERENCE",
                row.place("reference"),
                message,
                "Give each participant their own reference; one row may hold both roles.",
                value=row.reference,
                first=first.path[1],
            )
    return list(firsts.values())


def _check_people(rows: Iterable[Row], log: IssueLog) -> None:
    for role in ("mentor", "mentee"):
        firsts: dict[str, Row] = {}
        for row in rows:
            if getattr(row.given, role) is None:
                continue
            first = firsts.setdefault(row.person, row)
            if first is not row:
                message = (
                    f"{quoted(first.reference)} and {quoted(row.reference)} are one person "
                    f"with two `{role}` sections"
                )
                hint = f"Keep one `{role}` section for each person."
                log.error("PERSON_TWICE", row.place(role), message, hint, value=row.person)
