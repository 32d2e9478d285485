"""Prices of groups, asked of pairs that nobody holds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

import numpy as np

from solver.relaxation.side_limits import GroupKey
from solver.rule import IntArray, KeyedLimit
from solver.scoring.scoreboard import CandidatePairs

DENSE_UP_TO = 1 << 22
"""Codes below this are looked up in a table; larger ones are searched for."""

Lookup = Callable[[IntArray], IntArray]


class GroupPrices:
    """The prices of some groups, by limit and code; every other group costs nothing."""

    def __init__(
        self, limits: Sequence[KeyedLimit], prices: Mapping[GroupKey, int], mentors: int
    ) -> None:
        by_limit: dict[int, dict[int, int]] = defaultdict(dict)
        for (which, code), price in prices.items():
            if price:
                by_limit[which][code] = price
        self._lookups = [(limits[which], _lookup(some)) for which, some in by_limit.items()]
        self._of_mentors = np.zeros(mentors, dtype=np.int64)
        for which, some in by_limit.items():
            mentor_of = limits[which].mentor_of
            if mentor_of is not None:
                codes = np.array(list(some), dtype=np.int64)
                np.subtract.at(self._of_mentors, mentor_of(codes), np.array(list(some.values())))

    def cost_of(self, pairs: CandidatePairs) -> IntArray:
        """What the prices come to for each pair."""
        cost: IntArray = self._of_mentors[pairs.mentors]
        for limit, price_of in self._lookups:
            for member in limit.members:
                prices = price_of(member.groups(pairs.mentors, pairs.mentees))
                if member.sizes is not None:
                    prices = prices * member.sizes(pairs.mentors, pairs.mentees)
                cost += prices
        return cost


def _lookup(prices: Mapping[int, int]) -> Lookup:
    codes = np.array(sorted(prices), dtype=np.int64)
    values = np.array([prices[code] for code in codes.tolist()], dtype=np.int64)
    if codes[-1] < DENSE_UP_TO:
        # One place more: the code -1 of a pair without a group finds a 0 at the end.
        table = np.zeros(DENSE_UP_TO + 1, dtype=np.int64)
        table[codes] = values
        return lambda groups: table[np.minimum(groups, DENSE_UP_TO)]
    return lambda groups: _searched(codes, values, groups)


def _searched(codes: IntArray, values: IntArray, groups: IntArray) -> IntArray:
    places = np.minimum(np.searchsorted(codes, groups), len(codes) - 1)
    found: IntArray = np.where(codes[places] == groups, values[places], 0)
    return found
