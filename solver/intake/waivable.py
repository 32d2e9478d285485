"""Which rules a pinned pair may fail, where a policy waives rules for pins."""

from __future__ import annotations

from functools import partial

from models.domain.submission import PolicySubmission
from solver.intake.display import did_you_mean, quoted
from solver.intake.issue_log import IssueLog
from solver.rulebook import all_rules


def read_waivable(submission: PolicySubmission, log: IssueLog) -> tuple[str, ...]:
    """The sorted names of the rules; none unless conflicts are met by waiving.

    Only rules on who may be paired at all can be waived, and of them those that a policy may
    switch off.
    """
    known = {name for name, rule in all_rules().items() if rule.kind == "eligibility"}
    choice = sorted(name for name in known if all_rules()[name].can_be_switched_off)
    found: set[str] = set()
    for index, name in enumerate(submission.waivable):
        place = ("policy", "waivable", index)
        if name not in all_rules():
            message = f"{quoted(name)} is no rule"
            hint = partial(did_you_mean, name, choice)
            log.error("UNKNOWN_RULE", place, message, hint, value=name)
        elif name not in choice:
            message = f"`{name}` cannot be waived"
            log.error(
                "CANNOT_WAIVE", place, message, f"Waivable are {', '.join(choice)}.", value=name
            )
        else:
            found.add(name)
    _warn_of_no_effect(submission, log)
    return tuple(sorted(found)) if submission.on_conflict == "waive" else ()


def _warn_of_no_effect(submission: PolicySubmission, log: IssueLog) -> None:
    mode = submission.on_conflict
    if mode == "waive" and not submission.waivable:
        message = "no rule is waivable, so a pin that fails any rule is refused"
        hint = "Name the rules that a pin may fail in `waivable`."
        log.warning("NOTHING_WAIVED", ("policy", "on_conflict"), message, hint, value=mode)
    elif mode != "waive" and submission.waivable:
        message = f"the conflict mode {quoted(mode)} waives nothing, so `waivable` has no effect"
        hint = 'Say `"on_conflict": "waive"`, or leave `waivable` out.'
        log.warning("NOTHING_WAIVED", ("policy", "waivable"), message, hint)
