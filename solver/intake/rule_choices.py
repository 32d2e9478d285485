"""Which rules a policy switches on, and with which settings: profile, overrides, defaults."""

from __future__ import annotations

from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from models.domain.policy import RuleChoice
from models.domain.programme import Profile
from models.domain.submission import PolicySubmission
from solver.intake.display import did_you_mean, quoted
from solver.intake.issue_log import IssueLog, Path
from solver.intake.setting_faults import fault_place, report_setting
from solver.rule import Objective, Rule
from solver.rulebook import offered_rules

Settings = dict[str, dict[str, Any]]


def resolve_rules(
    submission: PolicySubmission, profile: Profile, log: IssueLog
) -> tuple[RuleChoice, ...]:
    """The rules that are on, sorted by kind and name, each with every setting written out.

    Rules that cannot be switched off are on in every policy; objectives of weight 0 are off.
    A rule in which there is something wrong is left out.
    """
    settings = _profile_settings(profile, log)
    _merge_given_settings(settings, submission, log)
    _merge_weights(settings, submission, log)
    _switch_off(settings, submission, log)
    choices = (_choice(name, given, submission, log) for name, given in settings.items())
    found = [choice for choice in choices if choice is not None]
    return tuple(sorted(found, key=lambda choice: (choice.kind, choice.name)))


def _profile_settings(profile: Profile, log: IssueLog) -> Settings:
    rules = offered_rules()
    always: Settings = {name: {} for name, rule in rules.items() if not rule.can_be_switched_off}
    settings = always | {name: dict(given) for name, given in profile.rules.items()}
    for name in settings.keys() - rules.keys():
        del settings[name]
        _report_unknown_rule(name, ("policy", "profile"), log)
    return settings


def _merge_given_settings(settings: Settings, submission: PolicySubmission, log: IssueLog) -> None:
    for name, given in submission.rules.items():
        if name in offered_rules():
            settings[name] = settings.get(name, {}) | given
        else:
            _report_unknown_rule(name, ("policy", "rules", name), log)


def _merge_weights(settings: Settings, submission: PolicySubmission, log: IssueLog) -> None:
    for name, weight in submission.weights.items():
        place = ("policy", "weights", name)
        rule = offered_rules().get(name)
        if rule is None:
            _report_unknown_rule(name, place, log)
        elif not issubclass(rule, Objective):
            message = f"`{name}` is no soft objective, so it has no weight"
            hint = "Give its settings in `policy.rules`."
            log.error("INVALID_WEIGHT", place, message, hint, value=weight)
        elif "weight" in submission.rules.get(name, {}):
            message = f"the weight of `{name}` is given in `weights` and in `rules`"
            log.error("INVALID_WEIGHT", place, message, "Give it once.", value=weight)
        else:
            settings[name] = settings.get(name, {}) | {"weight": weight}


def _switch_off(settings: Settings, submission: PolicySubmission, log: IssueLog) -> None:
    for index, name in enumerate(submission.off):
        place = ("policy", "off", index)
        rule = offered_rules().get(name)
        if rule is None:
            _report_unknown_rule(name, place, log)
        elif not rule.can_be_switched_off:
            message = f"`{name}` holds in every round and cannot be switched off"
            log.error("CANNOT_SWITCH_OFF", place, message, value=name)
        elif name in submission.rules or submission.weights.get(name, 0) != 0:
            message = f"`{name}` is switched on and off in one policy"
            hint = "Leave it out of `off`, or out of `rules` and `weights`."
            log.error("RULE_ON_AND_OFF", place, message, hint, value=name)
        settings.pop(name, None)


def _choice(
    name: str, given: dict[str, Any], submission: PolicySubmission, log: IssueLog
) -> RuleChoice | None:
    rule = offered_rules()[name]
    try:
        chosen = rule.model_validate(given)
    except ValidationError as error:
        for fault in error.errors(include_url=False):
            _report_setting(fault, rule, submission, log)
        return None
    if any(log.is_faulty(("policy", part, name)) for part in ("rules", "weights")):
        return None
    if isinstance(chosen, Objective) and chosen.weight == 0:
        if name in submission.rules and name not in submission.weights:
            message = f"`{name}` has weight 0, so it is off"
            hint = "Give it a weight in `policy.weights`, or leave it out of `policy.rules`."
            log.warning("OBJECTIVE_WITHOUT_WEIGHT", ("policy", "rules", name), message, hint)
        return None
    return RuleChoice(kind=rule.kind, name=name, settings=chosen.model_dump(mode="json"))


def _report_setting(
    fault: ErrorDetails, rule: type[Rule], submission: PolicySubmission, log: IssueLog
) -> None:
    name, place = rule.name, fault_place(fault)
    if place == ("weight",) and name in submission.weights:
        message = f"the weight of `{name}` should be a whole number from 0 to 100"
        value = fault["input"]
        log.error("INVALID_WEIGHT", ("policy", "weights", name), message, value=value)
        return
    given = submission.rules.get(name)
    path: Path = ("policy", "profile") if given is None else ("policy", "rules", name, *place)
    known = [field for field in rule.model_fields if field != "weight"]
    report_setting(fault, f"`{name}`", known, path, log)


def _report_unknown_rule(name: str, place: Path, log: IssueLog) -> None:
    message = f"{quoted(name)} is no rule"
    log.error(
        "UNKNOWN_RULE", place, message, lambda: did_you_mean(name, offered_rules()), value=name
    )
