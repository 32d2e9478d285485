"""The CP-SAT model of record: every answer is an assignment of it.

The objective is rewritten in reduced gains. With R the reduced gain of a place under proven
prices, a level's value is its bound less the loss
    sum(-R over used places with R < 0) + sum(R over unused places with R > 0)
so the search minimises a sum that is never below 0 and whose optimum is the gap: it only
has to explain the gap, not to find the bound again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from ortools.sat.python import cp_model_helper as cp

from solver.relaxation.face import EMPTY, FULL, Face
from solver.relaxation.network import Network
from solver.relaxation.side_limits import Entries, SideGroups
from solver.rule import BoolArray, IntArray

MOST_IN_A_CONSTRAINT = 1 << 30
MOST_IN_THE_OBJECTIVE = 1 << 50
"""CP-SAT 9.15 gives wrong optima once coefficients come near 2^31; these sums stay below.

A constraint's is that of its coefficients, the objective's that of each coefficient times the
most its variable can be: no loss is cut off by its domain, nor rounded as a float.
"""


class CoefficientBudgetError(RuntimeError):
    """A constraint or the objective would leave the range in which CP-SAT is trusted."""


@dataclass(frozen=True)
class Reduced:
    """A level's reduced gains: along all pairs, all segments, and the side groups' slacks."""

    pairs: IntArray
    segments: IntArray
    slacks: IntArray


@dataclass(frozen=True)
class Core:
    """The pairs that can be in an optimal answer, and the levels whose losses are counted.

    `places` are the pairs' positions among all, `forced` those that stand in every answer.
    `kept` are earlier levels that have to lose exactly so much. `slacks`, here and among the
    reduced gains, lie along the groups given. `complete` is false where pairs were left out
    that might be in a better answer.
    """

    network: Network
    face: Face
    groups: SideGroups
    slacks: IntArray
    places: IntArray
    forced: BoolArray
    objective: Reduced
    kept: Sequence[tuple[Reduced, int]] = ()
    complete: bool = True


@dataclass(frozen=True)
class Draft:
    """The model; its first variables are the core's pairs, then segments, then slacks.

    `offset` is what the objective leaves out: loss = objective + offset.
    """

    model: cp.CpModelProto
    offset: int


def draft_model(core: Core) -> Draft:
    """The core as a CP-SAT model that minimises what is lost against the bound."""
    model = cp.CpModelProto()
    _add_variables(model, core)
    for row in _conservation(core):
        add_row(model, row, 0, 0)
    _add_groups(model, core)
    for reduced, gap in core.kept:
        terms, offset = loss_terms(core, reduced)
        add_row(model, terms, gap - offset, gap - offset)
    terms, offset = loss_terms(core, core.objective)
    largest = (abs(size) * model.variables[place].domain[1] for place, size in terms.items())
    if sum(largest) >= MOST_IN_THE_OBJECTIVE:
        raise CoefficientBudgetError("objective")
    model.objective.vars.extend(list(terms))
    model.objective.coeffs.extend(list(terms.values()))
    # The bound is stated: no answer loses less than nothing.
    model.objective.domain.extend([-offset, MOST_IN_THE_OBJECTIVE])
    return Draft(model, offset)


def loss_of(core: Core, standing: BoolArray) -> int:
    """What an answer of the core, given as a mask of all pairs, loses at its objective."""
    terms, offset = loss_terms(core, core.objective)
    values = hint_for(core, standing)
    return offset + sum(size * values[variable] for variable, size in terms.items())


def hint_for(core: Core, standing: BoolArray) -> list[int]:
    """A value for every variable from an answer, given as a mask of all pairs."""
    network, face = core.network, core.face
    segments = network.segments
    count = np.bincount(face.pairs.mentees[standing], minlength=network.nodes) + np.bincount(
        face.pairs.mentors[standing] + np.int32(network.mentees), minlength=network.nodes
    )
    filled = np.where(face.segments == FULL, segments.capacity, 0)
    np.subtract.at(count, segments.node, filled)
    for place in np.flatnonzero((face.segments != FULL) & (face.segments != EMPTY)).tolist():
        node = segments.node[place]
        filled[place] = min(int(count[node]), int(segments.capacity[place]))
        count[node] -= filled[place]
    slacks = (core.groups.most - core.groups.sums(standing)).tolist()
    return [*standing[core.places].astype(int).tolist(), *filled.tolist(), *slacks]


def _add_variables(model: cp.CpModelProto, core: Core) -> None:
    """Variables for pairs, segments and slacks, with what is settled of them."""
    states = np.concatenate(
        [np.where(core.forced, FULL, 0), core.face.segments, core.slacks]
    ).tolist()
    most_of = np.concatenate([np.ones(len(core.places), np.int64), _capacities(core)]).tolist()
    for state, most in zip(states, most_of, strict=True):
        least = most if state == FULL else 0
        model.variables.add().domain.extend([least, 0 if state == EMPTY else most])


def _capacities(core: Core) -> IntArray:
    """How many places each segment has, then each group's slack."""
    groups = core.groups
    return np.concatenate([core.network.segments.capacity, groups.most - groups.least])


def _conservation(core: Core) -> list[dict[int, int]]:
    """What a node's pairs use is what its segments give."""
    network, pairs = core.network, core.face.pairs
    rows: list[dict[int, int]] = [{} for _ in range(network.nodes)]
    for variable, place in enumerate(core.places.tolist()):
        rows[pairs.mentees[place]][variable] = 1
        rows[network.mentees + int(pairs.mentors[place])][variable] = 1
    for number, node in enumerate(network.segments.node.tolist()):
        rows[node][len(core.places) + number] = -1
    return [row for row in rows if row]


def _add_groups(model: cp.CpModelProto, core: Core) -> None:
    """What counts in a group and its slack add up to its most."""
    variable_of = {place: variable for variable, place in enumerate(core.places.tolist())}
    slack = len(core.places) + len(core.network.segments.node)
    rows: list[dict[int, int]] = [{slack + number: 1} for number in range(len(core.groups))]
    pairs, matched = core.groups.pairs, core.groups.matched
    for place, number, size in _listed(pairs):
        if place in variable_of:
            rows[number][variable_of[place]] = size
    firsts = len(core.places) + core.network.first_places
    for mentee, number, size in _listed(matched):
        rows[number][int(firsts[mentee])] = size
    for row, most in zip(rows, core.groups.most.tolist(), strict=True):
        add_row(model, row, most, most)


def _listed(entries: Entries) -> Iterator[tuple[int, int, int]]:
    return zip(entries.place.tolist(), entries.number.tolist(), entries.size.tolist(), strict=True)


def loss_terms(core: Core, reduced: Reduced) -> tuple[dict[int, int], int]:
    """The terms of a loss by variable, and its constant.

    An unused place with R > 0 loses R, a used one with R < 0 loses -R; a pair outside the
    core is an unused place.
    """
    others = np.concatenate([reduced.segments, reduced.slacks])
    gains = np.concatenate([reduced.pairs[core.places], others]).tolist()
    terms = {variable: -gain for variable, gain in enumerate(gains) if gain}
    offset = np.maximum(reduced.pairs, 0).sum() + np.maximum(others, 0) @ _capacities(core)
    return terms, int(offset)


def add_row(model: cp.CpModelProto, terms: dict[int, int], least: int, most: int) -> None:
    """A linear constraint, within the budget of coefficients."""
    if sum(map(abs, terms.values())) >= MOST_IN_A_CONSTRAINT:
        raise CoefficientBudgetError("constraint")
    row = model.constraints.add().linear
    row.vars.extend(list(terms))
    row.coeffs.extend(list(terms.values()))
    row.domain.extend([least, most])
