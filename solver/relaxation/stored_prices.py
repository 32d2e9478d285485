"""Prices of a round like this one, brought up to what is different here.

Nothing of them is believed: whatever prices somebody begins with, the bound that follows from
them over all pairs is exact. The further limits keep the prices they had; under these the rest
is a network, whose best flow gives the nodes the best prices there are.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from models.domain.certificate import Prices
from models.domain.participant import Participant
from solver.encoding import coded
from solver.levels import Level
from solver.relaxation.face import whole_face
from solver.relaxation.flow import FlowFailedError
from solver.relaxation.linear import LinearRound, pair_reduced, segment_reduced
from solver.relaxation.proof import LARGEST_PRICE, OwnPrices
from solver.relaxation.relax import relax_level
from solver.relaxation.side_limits import GroupKey
from solver.relaxation.wide_prices import WidePrices, priced, reduced_gains
from solver.relaxation.wide_round import KeptLevels, WideRound
from solver.rule import BoolArray, IntArray
from solver.scoring.candidates import KnownPairs, joined

HELD_EACH = 3
"""So many pairs for each person, on the average, are held: those that lose least."""

MOST_FLOWS = 4
"""So often pairs that gain are taken in, and the flow is sought again."""


def hold_as_stored(wide: WideRound, stored: WidePrices) -> None:
    """Holds the pairs that lose least under these prices, with the groups that they price."""
    every = joined(*wide.blocks)
    reduced = reduced_gains(wide, stored, every)
    wanted = len(every) - HELD_EACH * wide.network.nodes
    least = np.partition(reduced, wanted)[wanted] if wanted > 0 else reduced.min(initial=0)
    near = every.where((reduced >= least) | (whole_face(wide.network, every, 0).state > 0))
    wide.hold(near.where(KnownPairs(wide.pairs, wide.network.mentees).lacks(near)))
    wide.known = list(stored.groups)


def stored_prices(
    wide: WideRound, level: Level, kept: KeptLevels, published: Prices
) -> WidePrices | None:
    """Published prices by this round's positions and codes; None where they prove nothing.

    Their bound is not worked out. Whoever, or whatever, is not in this round is left out.
    """
    earlier = {row.name: published.earlier.get(row.name, 0) for row, _ in kept}
    if published.scale < 1 or min(earlier.values(), default=0) < 0 or _beyond(published):
        return None
    nodes = [
        *_along(published.mentees, wide.problem.mentees),
        *_along(published.mentors, wide.problem.mentors),
    ]
    names = dict[GroupKey, tuple[str, str]]()
    groups = dict[GroupKey, int]()
    for which, limit in enumerate(wide.limits):
        by_label = published.limits.get(limit.rule, {})
        for code, price in coded(limit, by_label, _no_codes).items():
            groups[which, code] = price
            names[which, code] = limit.rule, limit.label(code)
    own = OwnPrices(
        nodes=np.array(nodes, dtype=np.int64),
        groups=np.zeros(0, dtype=np.int64),
        scale=published.scale,
        earlier={name: size for name, size in earlier.items() if size},
    )
    return WidePrices(level, own, groups, names, kept, bound=0)


def settled(
    wide: WideRound, stored: WidePrices, out_of_time: Callable[[], bool] = lambda: False
) -> WidePrices:
    """The sharpest prices with the groups' as they are, and the bound that they prove."""
    best: WidePrices | None = None
    for _ in range(MOST_FLOWS):
        given = wide.linear(stored.level, stored.rows, wide.pairs, wide.groups())
        own = _with_best_nodes(given, stored.along(given))
        found, more = priced(wide, stored.level, stored.rows, given, own)
        best = found if best is None else min(best, found, key=lambda prices: prices.bound)
        if not len(more) or out_of_time():
            break
        wide.hold(more)
    assert best is not None  # noqa: S101  the loop runs at least once
    return best


def _with_best_nodes(given: LinearRound, own: OwnPrices) -> OwnPrices:
    """The prices with those of the nodes that the best flow over the pairs held proves."""
    network, face = given.network, given.face
    reduced, places = pair_reduced(given, own), segment_reduced(given, own)
    every: BoolArray = np.ones(len(face.free), dtype=np.bool_)
    try:
        flow = relax_level(network, face, reduced[face.free_places], places, every)
    except FlowFailedError:
        return own
    return replace(own, nodes=own.nodes + flow.prices)


def _beyond(published: Prices) -> bool:
    """Whether some price is larger than whole numbers of 64 bits are added up from."""
    tables = [published.mentors, published.mentees, published.earlier, *published.limits.values()]
    sizes = (abs(price) for table in tables for price in table.values())
    return max(published.scale, *sizes, 0) > LARGEST_PRICE >> 10


def _along(prices: Mapping[str, int], people: Sequence[Participant]) -> list[int]:
    return [prices.get(person.reference, 0) for person in people]


def _no_codes() -> IntArray:
    """Prices of a limit that cannot say its labels' codes are left out."""
    return np.zeros(0, dtype=np.int64)
