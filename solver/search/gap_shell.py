"""The finishing move on a large round with further limits: HiGHS on the gap shell.

Under proven prices an answer's value is its bound less what its places lose, so an answer
that loses at most T uses no pair of reduced gain below -T, leaves no place of reduced gain
above T unused, and no priced group more slack than T / price. What is left is small, and the
programme only has to explain the gap.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from solver.relaxation.face import whole_face
from solver.relaxation.highs import Matrix, Options, Programme, solve
from solver.relaxation.linear import (
    LinearRound,
    ValueRow,
    pair_reduced,
    programme_of,
    segment_reduced,
)
from solver.relaxation.proof import OwnPrices
from solver.relaxation.side_limits import side_groups
from solver.relaxation.wide import WidePrices, WideRound
from solver.rule import FloatArray
from solver.scoring.scoreboard import CandidatePairs
from solver.search.clock import Clock

SHORTAGE_COST = 100
"""A unit short of an earlier level's value costs so many shell widths: it is never traded."""


@dataclass(frozen=True)
class Finish:
    """The pairs chosen, and whether HiGHS says that nothing in the shell loses less."""

    pairs: CandidatePairs
    optimal: bool


def finish(
    wide: WideRound,
    prices: WidePrices,
    shell: CandidatePairs,
    width: int,
    clock: Clock,
    options: Options,
) -> Finish | None:
    """The answer of least loss in the shell; None where HiGHS finds none in time.

    `shell` are the pairs whose reduced gain is at least `-width`, in the level's units.
    """
    given, own = _given(wide, prices, shell)
    programme = _rewritten(given, own, width)
    outcome = solve(programme, clock.seconds_left(), options)
    if outcome.stopped_by:
        clock.stopped(outcome.stopped_by)
    if outcome.status not in ("optimal", "feasible"):
        return None
    used = outcome.values[: len(shell)] > 0.5
    return Finish(shell.where(used), outcome.status == "optimal")


def _given(
    wide: WideRound, prices: WidePrices, shell: CandidatePairs
) -> tuple[LinearRound, OwnPrices]:
    """The level's programme over the shell with every group that can bind, and its prices."""
    groups = side_groups(wide.limits, shell, (), wide.network.most_partners)
    gains_at = wide.network.segments.gains
    given = LinearRound(
        network=wide.network,
        face=whole_face(wide.network, shell, len(groups)),
        groups=groups,
        slacks=np.zeros(len(groups), dtype=np.int8),
        rows=[
            ValueRow(kept.name, wide.gains(kept, shell), gains_at[kept.name], value)
            for kept, value in prices.rows
        ],
        pair_gains=wide.gains(prices.level, shell),
        segment_gains=gains_at[prices.level.name],
    )
    along = np.array([prices.groups.get(key, 0) for key in groups.keys], dtype=np.int64)
    own = OwnPrices(prices.own.nodes, along, prices.own.scale, prices.own.earlier)
    return given, own


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


def _most(given: LinearRound) -> FloatArray:
    """No pair stands more than once."""
    capacity = given.network.segments.capacity
    return np.concatenate([np.ones(len(given.pair_gains)), capacity.astype(np.float64)])
