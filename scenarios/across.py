"""Pairs over several results: which stand whatever is changed, and which in one case alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from models.domain.comparison import PairAcross, PairsAcross
from models.domain.participant import Pair
from models.domain.result import MatchResult


def pairs_across(results: Sequence[MatchResult]) -> PairsAcross:
    """In how many of these results each pair stands, in the order of the references.

    Of a single result every pair is robust, and none is fragile.
    """
    counts = Counter((pair.mentor, pair.mentee) for found in results for pair in found.pairs)
    pairs = tuple(
        PairAcross(mentor=mentor, mentee=mentee, results=count)
        for (mentor, mentee), count in sorted(counts.items())
    )
    in_one = 1 if len(results) > 1 else 0
    return PairsAcross(
        results=len(results),
        pairs=pairs,
        robust=_standing_in(pairs, len(results)),
        fragile=_standing_in(pairs, in_one),
    )


def _standing_in(pairs: Sequence[PairAcross], results: int) -> tuple[Pair, ...]:
    return tuple(
        Pair(mentor=pair.mentor, mentee=pair.mentee) for pair in pairs if pair.results == results
    )
