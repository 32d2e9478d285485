"""How rules are found and chosen: a file in one of three folders is a rule, by its name."""

from __future__ import annotations

import importlib
import pkgutil
from dataclasses import dataclass
from functools import cache

from models.domain.policy import Policy
from solver import constraints, eligibility, objectives
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
    found: dict[str, type[Rule]] = {}
    for package in (eligibility, constraints, objectives):
        for module_info in sorted(pkgutil.iter_modules(package.__path__), key=lambda m: m.name):
            module = importlib.import_module(f"{package.__name__}.{module_info.name}")
            (rule,) = (
                member
                for member in vars(module).values()
                if isinstance(member, type)
                and issubclass(member, Rule)
                and member.__module__ == module.__name__
            )
            found[rule.name] = rule
    return found


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
