"""The relaxation where further limits bind: a linear programme over some pairs, priced over all.

GLOP gives the prices as floating-point numbers. They are rounded to whole numbers, which
costs nothing but sharpness: whatever the prices, the bound that follows from them is exact.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from ortools.linear_solver.python.model_builder_helper import (
    ModelBuilderHelper,
    ModelSolverHelper,
    SolveStatus,
)

from solver.relaxation.face import EMPTY, FULL, Face
from solver.relaxation.network import Network
from solver.relaxation.proof import OwnPrices
from solver.relaxation.side_limits import SideGroups
from solver.rule import BoolArray, FloatArray, IntArray
from solver.scoring.columns import start_columns, violated_columns

SCALES = (1, 2, 6, 1000)
"""Prices are rounded to a part of a unit: the first of these that they nearly fit."""


@dataclass(frozen=True)
class ValueRow:
    """An earlier level that is kept at its value, with its gains along pairs and segments."""

    name: str
    pair_gains: IntArray
    segment_gains: IntArray
    value: int


@dataclass(frozen=True)
class LinearRound:
    """What one level's linear programme is made of; gains lie along all pairs and segments.

    `groups` are those whose limits have been seen to bind, `slacks` what is settled of each.
    """

    network: Network
    face: Face
    groups: SideGroups
    slacks: IntArray
    rows: Sequence[ValueRow]
    pair_gains: IntArray
    segment_gains: IntArray


class LinearFailedError(RuntimeError):
    """GLOP ended without an optimum; its status is the message."""


@dataclass(frozen=True)
class LinearAnswer:
    """Prices that are optimal over every pair of the face, and each pair's share of 1."""

    prices: OwnPrices
    shares: FloatArray


def relax_with_limits(given: LinearRound, standing: BoolArray, nearly: IntArray) -> LinearAnswer:
    """The linear programme over every pair of the face: prices of nodes, groups and value rows.

    It begins with the pairs of `standing`, a feasible answer as a mask of all pairs, and with
    those of each person that are best by `nearly`: reduced gains that are nearly right.
    """
    face = given.face
    held = standing.copy()
    held[face.free_places[start_columns(face.free, nearly[face.free_places])]] = True
    while True:
        duals, held_shares = _solve(given, np.flatnonzero(held))
        prices = _whole(given, duals)
        reduced = pair_reduced(given, prices)[face.free_places]
        added = violated_columns(face.free, reduced, held[face.free_places])
        if not added.any():
            shares = np.zeros(len(held), dtype=np.float64)
            shares[held] = held_shares
            return LinearAnswer(prices, shares)
        held[face.free_places[added]] = True


def pair_reduced(given: LinearRound, prices: OwnPrices) -> IntArray:
    """The reduced gains of all pairs under these prices, in units of `1 / scale`."""
    pairs, nodes = given.face.pairs, prices.nodes
    reduced = prices.scale * given.pair_gains - nodes[pairs.mentees]
    reduced -= nodes[pairs.mentors + np.int32(given.network.mentees)]
    reduced -= given.groups.cost_of_pairs(prices.groups, len(pairs))
    for row in given.rows:
        reduced += prices.earlier.get(row.name, 0) * row.pair_gains
    return reduced


def segment_reduced(given: LinearRound, prices: OwnPrices) -> IntArray:
    """The reduced gains of all segments under these prices."""
    reduced = prices.scale * given.segment_gains + prices.nodes[given.network.segments.node]
    for row in given.rows:
        reduced = reduced + prices.earlier.get(row.name, 0) * row.segment_gains
    return reduced


def _solve(given: LinearRound, held: IntArray) -> tuple[FloatArray, FloatArray]:
    """The dual values of the rows (nodes, groups, value rows), and the held pairs' shares."""
    model = ModelBuilderHelper()
    model.set_maximize(True)
    _add_rows(model, given)
    _add_pairs(model, given, held)
    _add_segments(model, given)
    solver = ModelSolverHelper("glop")
    solver.solve(model)
    if solver.status() != SolveStatus.OPTIMAL:
        raise LinearFailedError(solver.status().name)
    return np.array(solver.dual_values()), np.array(solver.variable_values())[: len(held)]


def _add_rows(model: ModelBuilderHelper, given: LinearRound) -> None:
    limits: list[tuple[float, float]] = [(0.0, 0.0)] * given.network.nodes
    groups, slacks = given.groups, given.slacks
    least = np.where(slacks == EMPTY, groups.most, groups.least)
    most = np.where(slacks == FULL, groups.least, groups.most)
    limits += zip(least.tolist(), most.tolist(), strict=True)
    limits += [(row.value, np.inf) for row in given.rows]
    for lower, upper in limits:
        row = model.add_linear_constraint()
        model.set_constraint_lower_bound(row, lower)
        model.set_constraint_upper_bound(row, upper)


def _add_pairs(model: ModelBuilderHelper, given: LinearRound, held: IntArray) -> None:
    """A column for each held pair; at most 1 only where neither node's places imply it."""
    network, pairs = given.network, given.face.pairs
    places = np.bincount(
        network.segments.node, weights=network.segments.capacity, minlength=network.nodes
    )
    group_of = _groups_of(given.groups)
    for place in held.tolist():
        mentee, mentor = int(pairs.mentees[place]), int(pairs.mentors[place]) + network.mentees
        column = model.add_var()
        implied = min(places[mentee], places[mentor]) <= 1
        model.set_var_lower_bound(column, float(given.face.state[place] == FULL))
        model.set_var_upper_bound(column, np.inf if implied else 1.0)
        model.set_var_objective_coefficient(column, float(given.pair_gains[place]))
        model.add_term_to_constraint(mentee, column, 1.0)
        model.add_term_to_constraint(mentor, column, 1.0)
        for group in group_of.get(place, ()):
            model.add_term_to_constraint(network.nodes + group, column, 1.0)
        for k, row in enumerate(given.rows):
            if row.pair_gains[place]:
                at = network.nodes + len(given.groups) + k
                model.add_term_to_constraint(at, column, float(row.pair_gains[place]))


def _groups_of(groups: SideGroups) -> Mapping[int, list[int]]:
    """The groups of each pair that is in any."""
    found: dict[int, list[int]] = {}
    for place, number in zip(groups.places.tolist(), groups.number.tolist(), strict=True):
        found.setdefault(place, []).append(number)
    return found


def _add_segments(model: ModelBuilderHelper, given: LinearRound) -> None:
    network, segments = given.network, given.network.segments
    for place, (node, capacity) in enumerate(
        zip(segments.node.tolist(), segments.capacity.tolist(), strict=True)
    ):
        state = given.face.segments[place]
        column = model.add_var()
        model.set_var_lower_bound(column, float(capacity if state == FULL else 0))
        model.set_var_upper_bound(column, float(0 if state == EMPTY else capacity))
        model.set_var_objective_coefficient(column, float(given.segment_gains[place]))
        model.add_term_to_constraint(node, column, -1.0)
        for k, row in enumerate(given.rows):
            if row.segment_gains[place]:
                at = network.nodes + len(given.groups) + k
                model.add_term_to_constraint(at, column, float(row.segment_gains[place]))


def _whole(given: LinearRound, duals: FloatArray) -> OwnPrices:
    """The dual values as whole parts of a unit, with the signs that a bound needs."""
    scale = next(
        (s for s in SCALES if np.abs(duals * s - np.rint(duals * s)).max(initial=0) < 1e-5),
        SCALES[-1],
    )
    whole = np.rint(duals * scale).astype(np.int64)
    nodes, groups, rows = np.split(whole, np.cumsum([given.network.nodes, len(given.groups)]))
    return OwnPrices(
        nodes=nodes,
        groups=groups,
        scale=scale,
        earlier={
            row.name: -price
            for row, price in zip(given.rows, rows.tolist(), strict=True)
            if price < 0
        },
    )
