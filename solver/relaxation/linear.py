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
from solver.relaxation.side_limits import SideGroup
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
    """What one level's linear programme is made of; arrays lie along all pairs and segments."""

    network: Network
    face: Face
    groups: Sequence[SideGroup]
    rows: Sequence[ValueRow]
    pair_gains: IntArray
    segment_gains: IntArray


class LinearFailedError(RuntimeError):
    """GLOP ended without an optimum; its status is the message."""


def linear_prices(given: LinearRound, standing: BoolArray) -> OwnPrices:
    """Prices of nodes, groups and value rows, optimal over every pair of the face.

    `standing` is a feasible answer, as a mask of all pairs: its pairs are held from the start.
    """
    face = given.face
    held = standing.copy()
    ranking = given.pair_gains[face.free_places]
    if not ranking.any():
        ranking = face.free.points
    held[face.free_places[start_columns(face.free, ranking)]] = True
    while True:
        prices = _whole(given, _solve(given, np.flatnonzero(held)))
        reduced = pair_reduced(given, prices)[face.free_places]
        added = violated_columns(face.free, reduced, held[face.free_places])
        if not added.any():
            return prices
        held[face.free_places[added]] = True


def pair_reduced(given: LinearRound, prices: OwnPrices) -> IntArray:
    """The reduced gains of all pairs under these prices, in units of `1 / scale`."""
    pairs, nodes = given.face.pairs, prices.nodes
    reduced = prices.scale * given.pair_gains - nodes[pairs.mentees]
    reduced -= nodes[pairs.mentors + np.int32(given.network.mentees)]
    for group, price in zip(given.groups, prices.groups.tolist(), strict=True):
        reduced[group.places] -= price
    for row in given.rows:
        reduced += prices.earlier.get(row.name, 0) * row.pair_gains
    return reduced


def segment_reduced(given: LinearRound, prices: OwnPrices) -> IntArray:
    """The reduced gains of all segments under these prices."""
    reduced = prices.scale * given.segment_gains + prices.nodes[given.network.segments.node]
    for row in given.rows:
        reduced = reduced + prices.earlier.get(row.name, 0) * row.segment_gains
    return reduced


def _solve(given: LinearRound, held: IntArray) -> FloatArray:
    """The dual values of the rows: nodes, then groups, then value rows."""
    model = ModelBuilderHelper()
    model.set_maximize(True)
    _add_rows(model, given)
    _add_pairs(model, given, held)
    _add_segments(model, given)
    solver = ModelSolverHelper("glop")
    solver.solve(model)
    if solver.status() != SolveStatus.OPTIMAL:
        raise LinearFailedError(solver.status_string())
    duals: FloatArray = np.array(solver.dual_values())
    return duals


def _add_rows(model: ModelBuilderHelper, given: LinearRound) -> None:
    limits: list[tuple[float, float]] = [(0.0, 0.0)] * given.network.nodes
    for group, slack in zip(given.groups, given.face.slacks.tolist(), strict=True):
        least = group.most if slack == EMPTY else group.least
        most = group.least if slack == FULL else group.most
        limits.append((least, most))
    limits += [(row.value, np.inf) for row in given.rows]
    for least, most in limits:
        row = model.add_linear_constraint()
        model.set_constraint_lower_bound(row, least)
        model.set_constraint_upper_bound(row, most)


def _add_pairs(model: ModelBuilderHelper, given: LinearRound, held: IntArray) -> None:
    """A column for each held pair; at most 1 only where neither node's places imply it."""
    network, pairs = given.network, given.face.pairs
    places = np.bincount(
        network.segments.node, weights=network.segments.capacity, minlength=network.nodes
    )
    group_of = _groups_of(given, held)
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


def _groups_of(given: LinearRound, held: IntArray) -> Mapping[int, list[int]]:
    wanted = set(held.tolist())
    found: dict[int, list[int]] = {}
    for number, group in enumerate(given.groups):
        for place in group.places.tolist():
            if place in wanted:
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
            row.name: max(0, -price)
            for row, price in zip(given.rows, rows.tolist(), strict=True)
            if price < 0
        },
    )
