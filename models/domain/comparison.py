"""What is different between two results: level by level, person by person, group by group."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from models.domain.base import Frozen
from models.domain.participant import Pair
from models.domain.result import Role

Presence = Literal["both", "joined", "left"]
Outcome = Literal["matched", "unmatched", "changed", "gained", "lost", "same"]


class LevelDifference(Frozen):
    """A level of either result, in whole units; None where a result does not have the level.

    `proved` says whether it is proved wherever it is: only then is the difference exact.
    """

    name: str
    before: int | None
    after: int | None
    difference: int | None
    proved: bool


class PersonDifference(Frozen):
    """What is different for somebody in one role.

    `matched`: had nobody and has somebody now; `unmatched`: the other way round; `changed`:
    has others than before; `gained` and `lost`: has the same, for more or fewer points; `same`:
    nothing but that they joined or left. Points are those of their pairs.
    """

    reference: str
    role: Role
    presence: Presence
    outcome: Outcome
    before: tuple[str, ...]
    after: tuple[str, ...]
    points_before: int
    points_after: int


class GroupDifference(Frozen):
    """How many mentees of a group wanted somebody and how many have somebody, in either result."""

    by: str
    group: str
    mentees_before: int
    matched_before: int
    mentees_after: int
    matched_after: int


class Comparison(Frozen):
    """Two results of a round, one before changes and one after them.

    It lists only people for whom something is different; the points of those listed as mentees
    add up to the difference in points, less what the mentors' loads cost more. `kept`, `ended` and
    `new` are the pairs in both results, in the first alone and in the second alone.
    """

    levels: tuple[LevelDifference, ...]
    people: tuple[PersonDifference, ...]
    groups: tuple[GroupDifference, ...]
    kept: tuple[Pair, ...]
    ended: tuple[Pair, ...]
    new: tuple[Pair, ...]
    load_cost_before: int = 0
    load_cost_after: int = 0


class ChangeEffect(Frozen):
    """What one change of a scenario does, level by level, in whole units.

    `alone`: made by itself, against the round as it is. `last`: what the whole scenario would
    miss without it. `shares`: its Shapley value, in parts of the attribution's `parts`; empty
    where there are too many changes for it.
    """

    change: int
    told: str
    alone: dict[str, int]
    last: dict[str, int]
    shares: dict[str, int] = Field(default_factory=dict)


class Attribution(Frozen):
    """Which change caused what.

    The shares of a level add up to `parts` times the difference that all changes make together.
    A change that cannot be made without another that comes before it, such as more places for
    a newcomer, counts as nothing where that one is missing. `solved` counts the rounds that were
    solved for it; `open` lists the sets of changes, by their places, whose round has no answer
    that is proved: what would depend on them is left out.
    """

    effects: tuple[ChangeEffect, ...]
    parts: int = 1
    solved: int
    open: tuple[tuple[int, ...], ...] = ()


class PairAcross(Pair):
    """A pair, and in how many of several results it stands."""

    results: int


class PairsAcross(Frozen):
    """The pairs of several results: `robust` ones stand in every one, `fragile` ones in one."""

    results: int
    pairs: tuple[PairAcross, ...]
    robust: tuple[Pair, ...]
    fragile: tuple[Pair, ...]
