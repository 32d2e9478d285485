"""How rules are found and chosen: a file in one of three folders is a rule, by its name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from models.domain.policy import Policy, RuleChoice
from solver import constraints, eligibility, objectives
from solver.named import found_in
from solver.rule import (
    EligibilityRule,
    HardConstraint,
    LoadObjective,
    Objective,
    PointsRule,
    Rule,
    SoftObjective,
)


@dataclass(frozen=True)
class Rules:
    """The rules of a policy, each with its settings, in the order of their names.

    `floors` are the eligibility rules that are asked of a pair's points.
    """

    eligibility: tuple[EligibilityRule, ...]
    constraints: tuple[HardConstraint, ...]
    objectives: tuple[SoftObjective, ...]
    loads: tuple[LoadObjective, ...]
    floors: tuple[PointsRule, ...] = ()


@cache
def all_rules() -> dict[str, type[Rule]]:
    """Every rule that exists, by name; the name is the file's."""
    return {
        name: rule
        for package in (eligibility, constraints, objectives)
        for name, rule in found_in(package, Rule).items()
    }


@cache
def offered_rules() -> dict[str, type[Rule]]:
    """The rules that a policy may name."""
    return {name: rule for name, rule in all_rules().items() if rule.can_be_chosen}


def choose_rules(policy: Policy) -> Rules:
    """The rules that a policy switches on; objectives of weight 0 are left out."""
    choices = sorted(policy.rules, key=lambda choice: choice.name)
    chosen = [all_rules()[choice.name](**choice.settings) for choice in choices]
    weighted = [rule for rule in chosen if isinstance(rule, Objective) and rule.weight > 0]
    return Rules(
        eligibility=tuple(rule for rule in chosen if isinstance(rule, EligibilityRule)),
        constraints=tuple(rule for rule in chosen if isinstance(rule, HardConstraint)),
        objectives=tuple(rule for rule in weighted if isinstance(rule, SoftObjective)),
        loads=tuple(rule for rule in weighted if isinstance(rule, LoadObjective)),
        floors=tuple(rule for rule in chosen if isinstance(rule, PointsRule)),
    )


def rules_given(policy: Policy) -> Rules:
    """The rules that a policy was given, without those held for a fairness level alone."""
    return choose_rules(policy.model_copy(update={"rules": policy.rules_given or policy.rules}))


def with_rules(policy: Policy, settings: Mapping[str, Mapping[str, Any] | None]) -> Policy:
    """The policy with other settings for some rules, by name; None switches a rule off."""
    kept = [choice for choice in policy.rules if choice.name not in settings]
    chosen = [
        RuleChoice(
            kind=all_rules()[name].kind,
            name=name,
            settings=all_rules()[name].model_validate(given).model_dump(mode="json"),
        )
        for name, given in settings.items()
        if given is not None
    ]
    in_order = sorted((*kept, *chosen), key=lambda choice: (choice.kind, choice.name))
    return policy.model_copy(update={"rules": tuple(in_order)})
