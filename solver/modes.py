"""How fairness modes are found, chosen and taken off again: a file of the folder is a mode."""

from __future__ import annotations

from functools import cache

from models.domain.policy import FairnessChoice, Policy
from solver import fairness
from solver.fairness_mode import FairnessMode, SearchedMode
from solver.levels import TIE_RULE
from solver.named import found_in
from solver.rulebook import with_rules


@cache
def all_modes() -> dict[str, type[FairnessMode]]:
    """Every fairness mode that exists, by name; the name is the file's."""
    return found_in(fairness, FairnessMode)


def mode_of(policy: Policy) -> FairnessMode | None:
    """The mode that a policy names, with its settings; None where it names none."""
    choice = policy.fairness
    return all_modes()[choice.mode].model_validate(choice.settings) if choice else None


def searched_mode(policy: Policy) -> SearchedMode | None:
    """The policy's mode where its level has to be searched for; None where plain solving does."""
    mode = mode_of(policy)
    return mode if isinstance(mode, SearchedMode) else None


def under_mode(policy: Policy, mode: FairnessMode) -> Policy:
    """A policy that names no mode, as it is under this one."""
    on = {choice.name: choice.settings for choice in policy.rules}
    changed = mode.rules(on)
    levels = mode.levels(tuple(name for name in policy.levels if name != TIE_RULE))
    choice = FairnessChoice(
        mode=mode.name,
        settings=mode.model_dump(mode="json"),
        levels_without=policy.levels,
        rules_without={name: on.get(name) for name in changed},
    )
    update = {"levels": (*levels, TIE_RULE), "fairness": choice}
    return with_rules(policy, changed).model_copy(update=update)


def without_mode(policy: Policy) -> Policy:
    """The policy as it would be if it named no fairness mode."""
    choice = policy.fairness
    if choice is None:
        return policy
    update = {"levels": choice.levels_without, "fairness": None}
    return with_rules(policy, choice.rules_without).model_copy(update=update)
