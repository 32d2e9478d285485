"""The finishing move on a large round with further limits: HiGHS on the gap shell.

Under proven prices an answer's value is its bound less what its places lose, so an answer
that loses at most T uses no pair of reduced gain below -T, leaves no place of reduced gain
above T unused, and no priced group more slack than T / price. What is left is small, and the
programme only has to explain the gap.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from solver.relaxation.binding_groups import side_groups
from solver.relaxation.highs import Matrix, Options, Programme, solve
from solver.relaxation.linear import LinearRound, pair_reduced, programme_of, segment_reduced
from solver.relaxation.network import filled_places
from solver.relaxation.proof import OwnPrices
from solver.relaxation.wide_prices import WidePrices
from solver.relaxation.wide_round import WideRound
from solver.rule import FloatArray
from solver.scoring.candidates import KnownPairs
from solver.scoring.scoreboard import CandidatePairs
from solver.search.clock import Clock

SHORTAGE_COST = 100
"""A unit short of an earlier level's value costs so many shell widths: it is never traded."""

MOST_NODES = 2_000
"""Branching nodes of HiGHS: the same on every machine, where a clock is not."""


@dataclass(frozen=True)
class Finish:
    """The pairs chosen, and whether HiGHS says that nothing in the shell loses less by the gap."""

    pairs: CandidatePairs
    optimal: bool


def finish(
    wide: WideRound,
    prices: WidePrices,
    shell: CandidatePairs,
    width: int,
    clock: Clock,
    gap: float,
    known: CandidatePairs | None = None,
) -> Finish | None:
    """An answer in the shell, within `gap` of the least loss; None where none is found in time.

    `shell` are the pairs whose reduced gain is at least `-width`; gains, width and gap are in
    the level's units. `known` is an answer in the shell, from which the search begins.
    """
    given, own = _given(wide, prices, shell)
    programme = _rewritten(given, own, width)
    hint = None if known is None else _values_of(wide, programme, shell, known)
    options: Options = {"mip_rel_gap": 0.0, "mip_abs_gap": gap, "mip_max_nodes": MOST_NODES}
    outcome = solve(programme, clock.seconds_left(), options, hint)
    if outcome.stopped_by:
        clock.stopped(outcome.stopped_by)
    if outcome.status not in ("optimal", "feasible"):
        return None
    used = outcome.values[: len(shell)] > 0.5
    return Finish(shell.where(used), outcome.status == "optimal")


def _given(
    wide: WideRound, prices: WidePrices, shell: CandidatePairs
) -> tuple[LinearRound, OwnPrices]:
    """The level's programme over the shell with every group that binds or costs, and its prices."""
    groups = side_groups(wide.limits, shell, list(prices.groups), wide.network.most_partners)
    given = wide.linear(prices.level, prices.rows, shell, groups)
    return given, prices.along(given)


def _rewritten(given: LinearRound, own: OwnPrices, width: int) -> Programme:
    """Reduced gains in place of gains, and a slack of bounded size for everything priced."""
    plain = programme_of(given, np.arange(len(given.pair_gains)))
    unit = float(own.scale)
    places = segment_reduced(given, own) / unit
    columns = np.concatenate([pair_reduced(given, own) / unit, places])
    lower, upper = plain.lower.copy(), np.minimum(plain.upper, _most(given))
    segments = np.arange(len(given.pair_gains), len(columns))
    lower[segments[places > width]] = upper[segments[places > width]]
    upper[segments[places < -width]] = 0
    # What cannot move would only make the sum large, and HiGHS's tolerances with it.
    columns[lower == upper] = 0
    row_prices = np.concatenate(
        [
            np.zeros(given.network.nodes),
            own.groups / unit,
            [-own.earlier.get(row.name, 0) / unit for row in given.rows],
        ]
    )
    priced = np.flatnonzero(row_prices)
    values = given.network.nodes + len(given.groups) + np.arange(len(given.rows))
    sign = np.sign(row_prices[priced])
    row_lower, row_upper = plain.row_lower.copy(), plain.row_upper.copy()
    full, least = priced[sign > 0], priced[sign < 0]
    row_lower[full], row_upper[least] = row_upper[full], row_lower[least]
    room = (plain.row_upper - plain.row_lower)[priced]
    slack_most = np.minimum(np.floor(width / np.abs(row_prices[priced]) + 1e-9), room)
    number = len(columns) + np.arange(len(priced))
    short = len(columns) + len(priced) + np.arange(len(values))
    matrix = plain.matrix
    shortage = np.full(len(values), -float(SHORTAGE_COST * width))
    return Programme(
        gains=np.concatenate([columns, -np.abs(row_prices[priced]), shortage]),
        lower=np.concatenate([lower, np.zeros(len(priced) + len(values))]),
        upper=np.concatenate([upper, slack_most, np.full(len(values), np.inf)]),
        row_lower=row_lower,
        row_upper=row_upper,
        matrix=Matrix(
            np.concatenate([matrix.rows, priced, values]),
            np.concatenate([matrix.columns, number, short]),
            np.concatenate([matrix.values, sign, np.ones(len(values))]),
        ),
        whole=np.arange(len(columns) + len(priced) + len(values)) < len(columns),
    )


def _values_of(
    wide: WideRound, programme: Programme, shell: CandidatePairs, known: CandidatePairs
) -> FloatArray:
    """An answer's values along the columns: its pairs, its places, then what each row lacks."""
    values = np.zeros(len(programme.gains), dtype=np.float64)
    values[: len(shell)] = ~KnownPairs(known, wide.network.mentees).lacks(shell)
    places = filled_places(wide.network, known)
    after = len(shell) + len(places)
    values[len(shell) : after] = places
    cells = programme.matrix
    of_answer = cells.columns < after
    sums = np.bincount(
        cells.rows[of_answer],
        weights=(cells.values * values[np.minimum(cells.columns, after - 1)])[of_answer],
        minlength=len(programme.row_lower),
    )
    # Every column after the places is the slack of one row, and enters it with 1 or -1.
    slack = ~of_answer
    rows, columns, sign = cells.rows[slack], cells.columns[slack], cells.values[slack]
    bound = np.where(sign > 0, programme.row_lower[rows], programme.row_upper[rows])
    values[columns] = np.maximum(0.0, sign * (bound - sums[rows]))
    return values


def _most(given: LinearRound) -> FloatArray:
    """No pair stands more than once."""
    capacity = given.network.segments.capacity
    return np.concatenate([np.ones(len(given.pair_gains)), capacity.astype(np.float64)])
