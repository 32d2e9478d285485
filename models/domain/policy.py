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


class Policy(Frozen):
    """The resolved policy: profile, overrides and defaults merged, nothing left implicit.

    `levels` are strictly lexicographic, first things first; the lottery is always last. A
    pinned pair is not asked the `waivable` rules; without `on_conflict` "waive" there are none.
    """

    profile: str
    rules: tuple[RuleChoice, ...]
    levels: tuple[str, ...]
    fairness: str = "coverage"
    special_category_basis: str | None = None
    on_conflict: OnConflict = "reject"
    waivable: tuple[str, ...] = ()
