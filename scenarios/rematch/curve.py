"""The curve of breaks against points: what every further pair kept costs.

At a price the answer has the most points of all that keep as many pairs, so each price gives a
point that no other answer beats, for one solve of an ordinary round.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from models.domain.rematch import CurvePoint
from scenarios.change import Change
from scenarios.rematch.modes import MinDisruption, Priced, RematchMode, kept_weight
from scenarios.rematch.rematching import Rematching
from scenarios.scenario import Scenario
from solver.levels import TIE_RULE
from solver.rule import MOST_WEIGHT

MOST_SOLVES = 21


def curve_of(
    rematching: Rematching, changes: Sequence[Change] = (), most: int = MOST_SOLVES
) -> tuple[CurvePoint, ...]:
    """The points found with at most so many solves, those that keep most pairs first.

    Prices are halved where two neighbours keep the most different numbers of pairs. Nothing is
    found where the changes cannot be made or the round has no answer.
    """
    live = rematching.after(changes)
    if isinstance(live, Scenario):
        return ()
    ends = [0, MOST_WEIGHT - kept_weight(live)]
    found = {price: _point(rematching, Priced(price), changes) for price in ends}
    for _ in range(most - len(found) - 1):
        middle = _most_open(found)
        if middle is None:
            break
        found[middle] = _point(rematching, Priced(middle), changes)
    keeping = None if live.problem.policy.fairness else MinDisruption()
    points = [found[price] for price in sorted(found)]
    points += [_point(rematching, keeping, changes)] if keeping else []
    return _not_beaten([point for point in points if point])


def _not_beaten(points: Sequence[CurvePoint]) -> tuple[CurvePoint, ...]:
    """Those whose points no other reaches that keeps as many; of equals the first."""
    found: list[CurvePoint] = []
    for point in sorted(points, key=lambda point: (-point.kept, -point.points)):
        if not found or point.points > found[-1].points:
            found.append(point)
    return tuple(found)


def _point(
    rematching: Rematching, mode: RematchMode, changes: Sequence[Change]
) -> CurvePoint | None:
    answer = rematching.ask(mode, changes)
    if answer.rematch is None or answer.result is None:
        return None
    return CurvePoint(
        price=mode.price if isinstance(mode, Priced) else None,
        kept=len(answer.rematch.kept),
        broken=len(answer.rematch.broken),
        points=answer.rematch.points,
        proved=all(level.proved for level in answer.result.levels if level.name != TIE_RULE),
    )


def _most_open(found: dict[int, CurvePoint | None]) -> int | None:
    """The price between the two neighbours whose pairs kept differ most; None where none do."""
    prices = sorted(found)
    open_ = [
        (high.kept - low.kept, below, above)
        for below, above in pairwise(prices)
        if (low := found[below]) and (high := found[above])
        if above - below > 1 and high.kept != low.kept
    ]
    if not open_:
        return None
    _, below, above = max(open_)
    return (below + above) // 2
