"""Is there an answer at all: one that keeps every limit, or limits that cannot hold together?"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from models.domain.problem import Problem
from models.domain.result import Collision
from solver.relaxation.face import FREE, FULL, Face, whole_face
from solver.relaxation.highs import solve
from solver.relaxation.linear import LinearRound, programme_of
from solver.relaxation.network import Network
from solver.relaxation.side_limits import SideGroups
from solver.rule import BoolArray
from solver.search.clock import Clock
from solver.search.conflicts import Pins, Verdict, smallest_collision
from solver.search.draft import Core, Reduced
from solver.search.search import any_of_core
from solver.search.state import SearchState


class NoAnswerError(RuntimeError):
    """No answer keeps every limit, or none was found in time.

    `conflict` says what cannot hold together; it is None where nothing is proved.
    """

    def __init__(self, conflict: Collision | None = None) -> None:
        super().__init__("nothing keeps every limit" if conflict else "no answer was found in time")
        self.conflict = conflict


def check_places(problem: Problem, network: Network) -> None:
    """Raises `NoAnswerError` where somebody has more pins than places: one too many are named."""
    most = network.most_partners
    for people, places in (
        (network.pinned_mentors, most.mentors),
        (network.pinned_mentees, most.mentees),
    ):
        crowded = np.flatnonzero(np.bincount(people, minlength=len(places)) > places)
        for person in crowded[:1].tolist():
            too_many = np.flatnonzero(people == person)[: places[person] + 1].tolist()
            raise NoAnswerError(Collision(rules=(), pins=tuple(problem.pins[n] for n in too_many)))


def any_answer(state: SearchState, greedy: BoolArray, clock: Clock) -> BoolArray:
    """The greedy answer if it keeps every limit, otherwise any that does.

    Raises `NoAnswerError`, with a conflict where there is proved to be none.
    """
    if _stands(state, greedy):
        return greedy
    if _told_by_pins(state.face, state.groups) == "infeasible":
        raise NoAnswerError(_conflict(state, clock))
    verdict, standing = _decided(state.network, state.face, state.groups, clock)
    if standing is not None:
        return standing
    if verdict == "infeasible":
        raise NoAnswerError(_conflict(state, clock))
    raise NoAnswerError


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


def _told_by_pins(face: Face, groups: SideGroups) -> Verdict:
    """Feasible where the pins alone are an answer, infeasible where no pair more could mend it."""
    broken = groups.broken(np.zeros(len(groups), dtype=np.int8), face.state == FULL)
    if not len(broken):
        return "feasible"
    return "infeasible" if groups.counts_pairs[broken].any() else "unknown"


def _conflict(state: SearchState, clock: Clock) -> Collision:
    rules = sorted({rule for rule, _ in state.groups.names})

    def verdict_of(some: frozenset[str], pins: Pins) -> Verdict:
        if clock.has_run_out():
            return "unknown"
        numbers = [n for n, (rule, _) in enumerate(state.groups.names) if rule in some]
        groups = state.groups.some(np.array(numbers, dtype=np.int64))
        network = state.network.with_pins(pins)
        face = whole_face(network, state.pairs, len(groups))
        told = _told_by_pins(face, groups)
        return _decided(network, face, groups, clock)[0] if told == "unknown" else told

    return smallest_collision(state.problem, rules, verdict_of)
