"""The CP-SAT model of record: every answer is an assignment of it.

The objective is rewritten in reduced gains. With R the reduced gain of an arc under proven
prices, the level's value is the bound less
    sum(-R over used arcs with R < 0) + sum(R over unused arcs with R > 0)
    + sum(price x slack of each priced limit),
so the search minimises a sum of losses that are never below 0 and whose optimum is the gap:
it only has to explain the gap, not to find the bound again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from ortools.sat.python import cp_model_helper as cp

from solver.relaxation.flow import EMPTY, FREE, FULL
from solver.relaxation.network import Network
from solver.rule import BoolArray, IntArray
from solver.scoring.scoreboard import CandidatePairs

MOST_IN_A_CONSTRAINT = 1 << 30
MOST_IN_THE_OBJECTIVE = 1 << 50
"""CP-SAT 9.15 gives wrong optima once coefficients come near 2^31; these sums stay below."""


class CoefficientBudgetError(RuntimeError):
    """A constraint or the objective would leave the range in which CP-SAT is trusted."""


@dataclass(frozen=True)
class SideRow:
    """One group of a limit that is no part of the network, over places in the core's pairs.

    The number of its pairs used stays between `least` and `most`; each place of `most` left
    empty loses `price`.
    """

    places: IntArray
    least: int
    most: int
    price: int = 0


@dataclass(frozen=True)
class LevelRow:
    """An earlier level that keeps its value: losses along pairs and segments add up to `gap`."""

    pair_reduced: IntArray
    segment_reduced: IntArray
    row_prices: IntArray
    gap: int


@dataclass(frozen=True)
class Core:
    """The pairs that can be in an optimal answer, and what is known of every arc.

    `forced` pairs stand in every answer; `segments` is each segment's state (free, full or
    empty); the reduced gains are the level's, along pairs and segments.
    """

    pairs: CandidatePairs
    forced: BoolArray
    pair_reduced: IntArray
    segments: IntArray
    segment_reduced: IntArray
    side_rows: tuple[SideRow, ...] = ()
    level_rows: tuple[LevelRow, ...] = ()


@dataclass(frozen=True)
class Draft:
    """The model with where its pairs are: pair k is Boolean k; segments and slacks follow."""

    model: cp.CpModelProto
    pairs: int
    offset: int


def draft_model(network: Network, core: Core) -> Draft:
    """The core as a CP-SAT model that minimises what is lost against the bound."""
    model = cp.CpModelProto()
    for forced in core.forced.tolist():
        _add_variable(model, int(forced), 1)
    segment_variables = _add_segments(model, network, core)
    _add_conservation(model, network, core, segment_variables)
    slacks = [_add_side_row(model, row) for row in core.side_rows]
    loss = _Loss(network, core, segment_variables, slacks)
    for row in core.level_rows:
        terms, offset = loss.terms(row.pair_reduced, row.segment_reduced, row.row_prices)
        add_row(model, terms, row.gap - offset, row.gap - offset)
    prices = np.array([row.price for row in core.side_rows], dtype=np.int64)
    terms, offset = loss.terms(core.pair_reduced, core.segment_reduced, prices)
    if sum(abs(size) for size in terms.values()) >= MOST_IN_THE_OBJECTIVE:
        raise CoefficientBudgetError("objective")
    model.objective.vars.extend(list(terms))
    model.objective.coeffs.extend(list(terms.values()))
    # The bound is stated: no answer loses less than nothing.
    model.objective.domain.extend([-offset, MOST_IN_THE_OBJECTIVE])
    return Draft(model, len(core.pairs), offset)


def hint_for(network: Network, core: Core, used: BoolArray) -> list[int]:
    """Values for the pairs and the segments: the used pairs, and their places filled in order."""
    count = np.bincount(core.pairs.mentees[used], minlength=network.nodes) + np.bincount(
        core.pairs.mentors[used] + np.int32(network.mentees), minlength=network.nodes
    )
    full = core.segments == FULL
    segments = network.segments
    filled = np.where(full, segments.capacity, 0)
    np.subtract.at(count, segments.node, filled)
    for place in np.flatnonzero(core.segments == FREE).tolist():
        node = segments.node[place]
        filled[place] = min(int(count[node]), int(segments.capacity[place]))
        count[node] -= filled[place]
    return [*used.astype(int).tolist(), *filled.tolist()]


def add_row(model: cp.CpModelProto, terms: dict[int, int], least: int, most: int) -> None:
    """A linear constraint, within the budget of coefficients."""
    if sum(abs(size) for size in terms.values()) >= MOST_IN_A_CONSTRAINT:
        raise CoefficientBudgetError("constraint")
    row = model.constraints.add().linear
    row.vars.extend(list(terms))
    row.coeffs.extend(list(terms.values()))
    row.domain.extend([least, most])


def _add_variable(model: cp.CpModelProto, least: int, most: int) -> int:
    model.variables.add().domain.extend([least, most])
    return len(model.variables) - 1


def _add_segments(model: cp.CpModelProto, network: Network, core: Core) -> list[int]:
    """A variable for the places used of each segment."""
    states, capacities = core.segments.tolist(), network.segments.capacity.tolist()
    return [
        _add_variable(model, most if state == FULL else 0, 0 if state == EMPTY else most)
        for state, most in zip(states, capacities, strict=True)
    ]


def _add_conservation(
    model: cp.CpModelProto, network: Network, core: Core, segment_variables: Sequence[int]
) -> None:
    """What a node's pairs use is what its segments give."""
    rows: list[dict[int, int]] = [{} for _ in range(network.nodes)]
    for place, node in enumerate(core.pairs.mentees.tolist()):
        rows[node][place] = 1
    for place, position in enumerate(core.pairs.mentors.tolist()):
        rows[network.mentees + position][place] = 1
    for variable, node in zip(segment_variables, network.segments.node.tolist(), strict=True):
        rows[node][variable] = -1
    for row in rows:
        if row:
            add_row(model, row, 0, 0)


def _add_side_row(model: cp.CpModelProto, row: SideRow) -> int:
    """The group's row with its slack, whose variable is returned."""
    slack = _add_variable(model, 0, row.most - row.least)
    terms = dict.fromkeys(row.places.tolist(), 1)
    add_row(model, {**terms, slack: 1}, row.most, row.most)
    return slack


class _Loss:
    """Turns reduced gains into the terms of a loss: coefficients by variable, and a constant."""

    def __init__(
        self, network: Network, core: Core, segment_variables: list[int], slacks: list[int]
    ) -> None:
        self._variables = [*range(len(core.pairs)), *segment_variables]
        self._most = [1] * len(core.pairs) + network.segments.capacity.tolist()
        self._slacks = slacks

    def terms(
        self, pair_reduced: IntArray, segment_reduced: IntArray, row_prices: IntArray
    ) -> tuple[dict[int, int], int]:
        """An unused place with R > 0 loses R, a used one with R < 0 loses -R."""
        reduced = [*pair_reduced.tolist(), *segment_reduced.tolist()]
        terms = {
            variable: -gain for variable, gain in zip(self._variables, reduced, strict=True) if gain
        }
        offset = sum(
            most * gain for most, gain in zip(self._most, reduced, strict=True) if gain > 0
        )
        slack_prices = zip(self._slacks, row_prices.tolist(), strict=True)
        terms.update({slack: price for slack, price in slack_prices if price})
        return terms, offset
