"""A round's policy: which rules hold, with which settings, and what comes first."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from models.domain.base import Frozen

RuleKind = Literal["eligibility", "constraint", "objective"]

OnConflict = Literal["reject", "waive", "drop"]


class RuleChoice(Frozen):
    """A rule that is on, with every one of its settings written out."""

    kind: RuleKind
    name: str
    settings: dict[str, Any] = Field(default_factory=dict)


class FairnessChoice(Frozen):
    """A fairness mode that a policy names, with every one of its settings written out.

    The rest says what the policy would be without it: its levels, and the settings of the
    rules that the mode changed, by name, None where a rule was off.
    """

    mode: str
    settings: dict[str, Any] = Field(default_factory=dict)
    levels_without: tuple[str, ...]
    rules_without: dict[str, dict[str, Any] | None] = Field(default_factory=dict)


class Policy(Frozen):
    """The resolved policy: profile, overrides and defaults merged, nothing left implicit.

    `levels` are strictly lexicographic, first things first; the lottery is always last. Both
    they and `rules` are as the fairness mode, if one is named, has them. `rules_given` are those
    without what is only tried, or held, for the sake of a level that is searched for; None where
    that is nothing: such a rule forbids pairs, and does not excuse that they are missing. A
    pinned pair is not asked the `waivable` rules; without `on_conflict` "waive" there are none.
    """

    profile: str
    rules: tuple[RuleChoice, ...]
    rules_given: tuple[RuleChoice, ...] | None = None
    levels: tuple[str, ...]
    fairness: FairnessChoice | None = None
    special_category_basis: str | None = None
    on_conflict: OnConflict = "reject"
    waivable: tuple[str, ...] = ()
