"""Which fairness mode a policy names, with which settings, and what the policy is under it."""

from __future__ import annotations

from functools import partial

from pydantic import ValidationError

from models.domain.policy import Policy
from models.domain.problem import Problem
from models.domain.submission import FairnessSubmission, PolicySubmission
from solver.fairness_mode import FairnessMode
from solver.intake.display import nearest_of, quoted, shown
from solver.intake.issue_log import IssueLog
from solver.intake.setting_faults import fault_place, report_setting
from solver.modes import all_modes, mode_of, under_mode

_PLACE = ("policy", "fairness")


def with_fairness(policy: Policy, submission: PolicySubmission, log: IssueLog) -> Policy:
    """The policy under the mode that the submission names; as it is where it names none."""
    if submission.fairness is None:
        return policy
    if submission.levels is not None:
        log.error(
            "LEVELS_AND_FAIRNESS",
            ("policy", "levels"),
            "a fairness mode sets the levels, so a policy cannot name both",
            "Leave out `levels` or `fairness`.",
        )
    mode = _read_mode(submission.fairness, log)
    if mode is None:
        return policy
    fair = under_mode(policy, mode)
    _check_rules_that_are_off(fair, mode, submission, log)
    return fair


def check_fairness(problem: Problem, log: IssueLog) -> None:
    """A warning for each remark of the policy's mode on the round."""
    mode = mode_of(problem.policy)
    for remark in mode.remarks(problem) if mode else ():
        log.warning(remark.code, _PLACE, remark.message, remark.hint, **remark.detail)


def _read_mode(given: FairnessSubmission, log: IssueLog) -> FairnessMode | None:
    mode = all_modes().get(given.mode)
    if mode is None:
        message = f"{quoted(given.mode)} is no fairness mode"
        hint = partial(nearest_of, given.mode, all_modes())
        log.error("UNKNOWN_FAIRNESS", (*_PLACE, "mode"), message, hint, value=given.mode)
        return None
    _check_settings_of_others(given, mode, log)
    try:
        return mode.model_validate(given.settings_of(mode.name))
    except ValidationError as error:
        for fault in error.errors(include_url=False):
            is_given = mode.name in given.settings_given()
            place = (*_PLACE, mode.name, *(fault_place(fault) if is_given else ()))
            owner = f"the fairness mode `{mode.name}`"
            report_setting(fault, owner, list(mode.model_fields), place, log)
        return None


def _check_settings_of_others(
    given: FairnessSubmission, mode: type[FairnessMode], log: IssueLog
) -> None:
    for name in given.settings_given():
        if name != mode.name:
            message = f"`{shown(name)}` is no setting of the fairness mode `{mode.name}`"
            hint = f"Its settings stand in `{mode.name}`." if mode.model_fields else ""
            log.error("INVALID_SETTING", (*_PLACE, name), message, hint)


def _check_rules_that_are_off(
    fair: Policy, mode: FairnessMode, submission: PolicySubmission, log: IssueLog
) -> None:
    """A rule that the mode needs cannot be switched off in the same policy."""
    needed = fair.fairness.rules_without if fair.fairness else {}
    for index, name in enumerate(submission.off):
        if name in needed:
            message = f"the fairness mode `{mode.name}` needs `{name}`, which is switched off"
            place = ("policy", "off", index)
            log.error("RULE_ON_AND_OFF", place, message, "Leave it out of `off`.", value=name)
