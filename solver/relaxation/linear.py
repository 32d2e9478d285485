"""The relaxation where further limits bind: a linear programme over the pairs held.

HiGHS gives the prices as floating-point numbers. They are rounded to whole numbers, which
costs nothing but sharpness: whatever the prices, the bound that follows from them is exact.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from solver.relaxation.face import EMPTY, FULL, Face
from solver.relaxation.highs import Matrix, Programme, solve
from solver.relaxation.network import Network
from solver.relaxation.proof import OwnPrices
from solver.relaxation.side_limits import SideGroups
from solver.rule import BoolArray, FloatArray, IntArray
from solver.scoring.columns import start_columns, violated_columns

SCALES = (1, 2, 6, 1000)
"""Prices are rounded to a part of a unit: the first of these that they nearly fit."""

SECONDS = 3600.0
"""A programme is given up after so long; the parent's clock has ended the process by then."""


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
    With a `penalty` the least of every group and the earlier levels' values may be missed, at
    that cost for each unit, and so may the most of groups with pins: there always is an answer.
    """

    network: Network
    face: Face
    groups: SideGroups
    slacks: IntArray
    rows: Sequence[ValueRow]
    pair_gains: IntArray
    segment_gains: IntArray
    penalty: float = 0.0


class LinearFailedError(RuntimeError):
    """HiGHS ended without an optimum; its status is the message."""


@dataclass(frozen=True)
class LinearAnswer:
    """Prices that are optimal over the pairs held, each pair's share of 1, and the value."""

    prices: OwnPrices
    shares: FloatArray
    value: float


def relax_with_limits(given: LinearRound, standing: BoolArray, nearly: IntArray) -> LinearAnswer:
    """The linear programme over every pair of the face: prices of nodes, groups and value rows.

    It begins with the pairs of `standing`, a feasible answer as a mask of all pairs, and with
    those of each person that are best by `nearly`: reduced gains that are nearly right.
    """
    face = given.face
    held = standing.copy()
    held[face.free_places[start_columns(face.free, nearly[face.free_places])]] = True
    while True:
        answer = relax_held(given, held)
        reduced = pair_reduced(given, answer.prices)[face.free_places]
        added = violated_columns(face.free, reduced, held[face.free_places])
        if not added.any():
            return answer
        held[face.free_places[added]] = True


def relax_held(given: LinearRound, held: BoolArray) -> LinearAnswer:
    """The linear programme over some pairs, given as a mask of all; the others stay at 0."""
    columns = np.flatnonzero(held)
    outcome = solve(programme_of(given, columns), SECONDS)
    if outcome.status != "optimal":
        raise LinearFailedError(outcome.status)
    shares = np.zeros(len(held), dtype=np.float64)
    shares[columns] = outcome.values[: len(columns)]
    return LinearAnswer(_whole(given, outcome.duals), shares, outcome.bound)


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
    network = given.network
    reduced = prices.scale * given.segment_gains + prices.nodes[network.segments.node]
    for row in given.rows:
        reduced = reduced + prices.earlier.get(row.name, 0) * row.segment_gains
    cost = given.groups.cost_of_matches(prices.groups, network.mentees)
    priced = np.flatnonzero(cost)
    reduced[network.first_places[priced]] -= cost[priced]
    return reduced


def programme_of(given: LinearRound, columns: IntArray) -> Programme:
    """The rows are nodes, groups and value rows; the columns the pairs given, then segments.

    A pair is held to 1 only where neither node's places imply it: a needless bound would
    spoil the prices.
    """
    network, face, groups = given.network, given.face, given.groups
    segments, pairs = network.segments, face.pairs.where(columns)
    places = np.bincount(segments.node, weights=segments.capacity, minlength=network.nodes)
    mentors = pairs.mentors + np.int32(network.mentees)
    implied = np.minimum(places[pairs.mentees], places[mentors]) <= 1
    capacity = segments.capacity
    least = np.where(given.slacks == EMPTY, groups.most, groups.least)
    most = np.where(given.slacks == FULL, groups.least, groups.most)
    values = [row.value for row in given.rows]
    rows = Programme(
        gains=np.concatenate([given.pair_gains[columns], given.segment_gains]).astype(np.float64),
        lower=np.concatenate(
            [face.state[columns] == FULL, np.where(face.segments == FULL, capacity, 0)]
        ).astype(np.float64),
        upper=np.concatenate(
            [np.where(implied, np.inf, 1.0), np.where(face.segments == EMPTY, 0, capacity)]
        ),
        row_lower=np.concatenate([np.zeros(network.nodes), least, values]),
        row_upper=np.concatenate([np.zeros(network.nodes), most, np.full(len(values), np.inf)]),
        matrix=_matrix(given, columns),
    )
    return _elastic(given, rows) if given.penalty else rows


def _elastic(given: LinearRound, rows: Programme) -> Programme:
    """The programme with a column for what is missed of each least and each earlier value.

    A most can be missed where pins alone may exceed it.
    """
    groups, nodes = given.groups, given.network.nodes
    pinned = (given.face.state == FULL)[groups.pairs.place] & (groups.pairs.size > 0)
    short = np.concatenate(
        [np.flatnonzero(groups.least > 0), len(groups) + np.arange(len(given.rows))]
    )
    beyond = np.unique(groups.pairs.number[pinned])
    missed = nodes + np.concatenate([short, beyond]).astype(np.int64)
    signs = np.concatenate([np.ones(len(short)), -np.ones(len(beyond))])
    columns, matrix = len(rows.gains) + np.arange(len(missed)), rows.matrix
    return replace(
        rows,
        gains=np.concatenate([rows.gains, np.full(len(missed), -given.penalty)]),
        lower=np.concatenate([rows.lower, np.zeros(len(missed))]),
        upper=np.concatenate([rows.upper, np.full(len(missed), np.inf)]),
        matrix=Matrix(
            np.concatenate([matrix.rows, missed]),
            np.concatenate([matrix.columns, columns]),
            np.concatenate([matrix.values, signs]),
        ),
    )


def _matrix(given: LinearRound, columns: IntArray) -> Matrix:
    network, groups = given.network, given.groups
    pairs, segments = given.face.pairs.where(columns), network.segments
    along = np.arange(len(columns))
    places = len(columns) + np.arange(len(segments.node))
    column_of = np.full(len(given.pair_gains), -1, dtype=np.int64)
    column_of[columns] = along
    held = groups.pairs.where(column_of[groups.pairs.place] >= 0)
    firsts = len(columns) + network.first_places[groups.matched.place]
    cells = [
        (pairs.mentees, along, np.ones(len(columns))),
        (pairs.mentors + np.int32(network.mentees), along, np.ones(len(columns))),
        (segments.node, places, np.full(len(places), -1.0)),
        (network.nodes + held.number, column_of[held.place], held.size),
        (network.nodes + groups.matched.number, firsts, groups.matched.size),
    ]
    for number, row in enumerate(given.rows):
        gains = np.concatenate([row.pair_gains[columns], row.segment_gains])
        gaining = np.flatnonzero(gains)
        at = np.full(len(gaining), network.nodes + len(groups) + number)
        cells.append((at, gaining, gains[gaining]))
    rows, every, sizes = (np.concatenate(parts) for parts in zip(*cells, strict=True))
    return Matrix(rows, every, sizes.astype(np.float64))


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
