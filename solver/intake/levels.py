"""Which levels a policy has, first things first."""

from __future__ import annotations

from functools import partial

from models.domain.programme import Profile
from models.domain.submission import PolicySubmission
from solver.intake.display import nearest_of, quoted
from solver.intake.issue_log import IssueLog
from solver.levels import NAMED_LEVELS, TIE_RULE


def resolve_levels(
    submission: PolicySubmission, profile: Profile, log: IssueLog
) -> tuple[str, ...]:
    """The levels that a policy gives, or its profile's; the lottery is always the last of them."""
    if submission.levels is not None:
        return (*_given_levels(submission.levels, log), TIE_RULE)
    return (*(name for name in profile.levels if name != TIE_RULE), TIE_RULE)


def _given_levels(names: list[str], log: IssueLog) -> tuple[str, ...]:
    seen: set[str] = set()
    for index, name in enumerate(names):
        place = ("policy", "levels", index)
        if name not in NAMED_LEVELS:
            message = f"{quoted(name)} is no level"
            log.error(
                "UNKNOWN_LEVEL", place, message, partial(nearest_of, name, NAMED_LEVELS), value=name
            )
        elif name in seen:
            message = f"the level {quoted(name)} is named more than once"
            log.error("INVALID_LEVELS", place, message, value=name)
        elif name == TIE_RULE and index < len(names) - 1:
            message = "the lottery is always the last level"
            log.error("INVALID_LEVELS", place, message, "It need not be named.", value=name)
        seen.add(name)
    levels = tuple(name for name in names if name != TIE_RULE)
    if not levels:
        message = "a policy needs a level besides the lottery"
        hint = 'Name some, such as "mentees_matched" and "points", or leave `levels` out.'
        log.error("INVALID_LEVELS", ("policy", "levels"), message, hint)
    return levels
