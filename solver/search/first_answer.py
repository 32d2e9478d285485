"""Is there an answer at all: one that keeps every limit, or limits that cannot hold together?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Literal

import numpy as np

from solver.relaxation.face import FREE, FULL, Face
from solver.relaxation.highs import solve
from solver.relaxation.linear import LinearRound, programme_of
from solver.relaxation.network import Network
from solver.relaxation.side_limits import SideGroups
from solver.rule import BoolArray
from solver.search.clock import Clock
from solver.search.draft import Core, Reduced
from solver.search.search import any_of_core
from solver.search.state import SearchState

PINS = "pinned_pairs"

Verdict = Literal["feasible", "infeasible", "unknown"]


class NoAnswerError(RuntimeError):
    """No answer keeps every limit, or none was found in time.

    `conflict` names limits that cannot hold together, none of which can be left out; it is
    empty where nothing is proved.
    """

    def __init__(self, conflict: Sequence[str] = ()) -> None:
        super().__init__(", ".join(conflict) or "no answer was found in time")
        self.conflict = tuple(conflict)


def any_answer(state: SearchState, greedy: BoolArray, clock: Clock) -> BoolArray:
    """The greedy answer if it keeps every limit, otherwise any that does.

    Raises `NoAnswerError`, with a conflict where there is proved to be none.
    """
    if _stands(state, greedy):
        return greedy
    verdict, standing = _decided(state.network, state.face, state.groups, clock)
    if standing is not None:
        return standing
    if verdict == "infeasible":
        raise NoAnswerError(_conflict(state, clock))
    raise NoAnswerError


def smallest_conflict(names: Sequence[str], verdict_of: Callable[[set[str]], Verdict]) -> list[str]:
    """A part of limits that cannot hold together from which none can be left out.

    One limit after the other is left out for good, if the rest is infeasible still. Where a
    verdict is not known in time the limit is kept.
    """
    left = list(names)
    for name in names:
        rest = [other for other in left if other != name]
        if verdict_of(set(rest)) == "infeasible":
            left = rest
    return left


def _stands(state: SearchState, standing: BoolArray) -> bool:
    pins = state.face.state == FULL
    return bool(standing[pins].all()) and state.is_feasible(standing)


def _decided(
    network: Network, face: Face, groups: SideGroups, clock: Clock
) -> tuple[Verdict, BoolArray | None]:
    """Whether an answer keeps these groups, by CP-SAT; if HiGHS agrees where there is none."""
    slacks = np.zeros(len(groups), dtype=np.int8)
    places = np.flatnonzero((face.state == FREE) | (face.state == FULL))
    none = Reduced(
        pairs=np.zeros(len(face.pairs), dtype=np.int64),
        segments=np.zeros(len(network.segments.node), dtype=np.int64),
        slacks=np.zeros(len(groups), dtype=np.int64),
    )
    core = Core(network, face, groups, slacks, places, (face.state == FULL)[places], none)
    standing, impossible = any_of_core(core, clock)
    if standing is not None:
        return "feasible", standing
    if not impossible:
        return "unknown", None
    zeros = np.zeros(len(face.pairs), dtype=np.int64)
    given = LinearRound(network, face, groups, slacks, (), zeros, none.segments)
    programme = programme_of(given, places)
    capacity = np.concatenate([np.ones(len(places)), network.segments.capacity])
    whole = replace(
        programme,
        upper=np.minimum(programme.upper, capacity),
        whole=np.ones(len(programme.gains), dtype=np.bool_),
    )
    outcome = solve(whole, clock.seconds_left())
    return ("infeasible" if outcome.status == "infeasible" else "unknown"), None


def _conflict(state: SearchState, clock: Clock) -> list[str]:
    rules = sorted({rule for rule, _ in state.groups.names})
    names = [PINS, *rules] if (state.face.state == FULL).any() else rules

    def verdict_of(some: set[str]) -> Verdict:
        kept = [number for number, (rule, _) in enumerate(state.groups.names) if rule in some]
        face = state.face
        if PINS not in some:
            face = replace(face, state=np.where(face.state == FULL, FREE, face.state))
        groups = state.groups.some(np.array(kept, dtype=np.int64))
        return _decided(state.network, face, groups, clock)[0]

    return smallest_conflict(names, verdict_of)
