"""The rule catalogue: what rules there are, what can be set, and which profiles use them."""

from __future__ import annotations

from typing import Any

from models.domain.base import Frozen
from models.domain.policy import RuleKind
from models.domain.programme import Programme
from solver.rulebook import offered_rules


class ProfileUse(Frozen):
    """A profile that switches the rule on, and the settings that it gives."""

    profile: str
    settings: dict[str, Any]


class RuleCard(Frozen):
    """One rule as planners and integrators read it; `settings` is a JSON Schema."""

    name: str
    kind: RuleKind
    meaning: str
    can_be_switched_off: bool
    settings: dict[str, Any]
    profiles: tuple[ProfileUse, ...]


def list_rules(programme: Programme) -> tuple[RuleCard, ...]:
    """Every rule, in the order of kinds and names."""
    return tuple(
        RuleCard(
            name=name,
            kind=rule.kind,
            meaning=rule.meaning(),
            can_be_switched_off=rule.can_be_switched_off,
            settings=rule.model_json_schema(),
            profiles=tuple(
                ProfileUse(profile=profile.name, settings=profile.rules[name])
                for profile in programme.profiles
                if name in profile.rules
            ),
        )
        for name, rule in offered_rules().items()
    )
