"""Which levels a policy has, first things first, and which fairness mode."""

from __future__ import annotations

from functools import partial

from models.domain.programme import Profile
from models.domain.submission import FairnessSubmission, PolicySubmission
from solver.intake.display import did_you_mean, nearest_of, quoted
from solver.intake.issue_log import IssueLog
from solver.levels import LEVELS, PINS_KEPT, TIE_RULE

_MATCHED = "mentees_matched"
_TIERS = tuple(f"{_MATCHED}_{tier}" for tier in (1, 2, 3))

_AVAILABLE_MODES = ("coverage", "total", "priority_tiers")
_LATER_MODES = ("floor", "max_floor", "leximin", "group_parity", "balanced_load", "stable")


def resolve_levels(
    submission: PolicySubmission, profile: Profile, log: IssueLog
) -> tuple[str, ...]:
    """The levels of a policy; the lottery is always the last of them."""
    if submission.levels is not None and submission.fairness is not None:
        log.error(
            "LEVELS_AND_FAIRNESS",
            ("policy", "levels"),
            "a fairness mode sets the levels, so a policy cannot name both",
            "Leave out `levels` or `fairness`.",
        )
    if submission.fairness is not None:
        _check_fairness(submission.fairness, log)
    if submission.levels is not None:
        return (*_given_levels(submission.levels, log), TIE_RULE)
    mode = submission.fairness.mode if submission.fairness else "coverage"
    return (*_levels_of(mode, profile), TIE_RULE)


def _levels_of(mode: str, profile: Profile) -> tuple[str, ...]:
    levels = tuple(name for name in profile.levels if name != TIE_RULE)
    if mode == "total":
        return ("points",)
    if mode == "priority_tiers":
        return (*_TIERS, *(name for name in levels if name not in (_MATCHED, *_TIERS)))
    return levels


def _given_levels(names: list[str], log: IssueLog) -> tuple[str, ...]:
    seen: set[str] = set()
    for index, name in enumerate(names):
        place = ("policy", "levels", index)
        if name not in _choosable():
            message = f"{quoted(name)} is no level"
            log.error(
                "UNKNOWN_LEVEL", place, message, partial(nearest_of, name, _choosable()), value=name
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
        hint = f'Name some, such as "{_MATCHED}" and "points", or leave `levels` out.'
        log.error("INVALID_LEVELS", ("policy", "levels"), message, hint)
    return levels


def _check_fairness(fairness: FairnessSubmission, log: IssueLog) -> None:
    mode, place = fairness.mode, ("policy", "fairness", "mode")
    if mode in _LATER_MODES:
        message = f"the fairness mode {quoted(mode)} is not available yet"
        log.error("NOT_AVAILABLE", place, message, _choice(), value=mode)
    elif mode not in _AVAILABLE_MODES:
        message = f"{quoted(mode)} is no fairness mode"
        hint = f"{did_you_mean(mode, (*_AVAILABLE_MODES, *_LATER_MODES))} {_choice()}".strip()
        log.error("UNKNOWN_FAIRNESS", place, message, hint, value=mode)
    else:
        for name in sorted(fairness.model_fields_set - {"mode"}):
            if getattr(fairness, name) is not None:
                message = f"`{name}` is no setting of the fairness mode {quoted(mode)}"
                log.error("INVALID_SETTING", ("policy", "fairness", name), message)


def _choosable() -> list[str]:
    """The levels that a policy may name; that of the pins is first wherever they may be dropped."""
    return [name for name in LEVELS if name != PINS_KEPT]


def _choice() -> str:
    return f"Available are {', '.join(_AVAILABLE_MODES)}."
