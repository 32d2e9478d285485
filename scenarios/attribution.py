"""Which change of a scenario caused what, from solves of the round with some of the changes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from math import comb, factorial

from models.domain.comparison import Attribution, ChangeEffect
from models.domain.problem import Problem
from models.domain.result import MatchResult
from scenarios.change import Change
from scenarios.scenario import BaseRound, changed
from solver.intake.issue_log import IssueLog
from solver.levels import TIE_RULE

MOST_SHARED = 5
"""Of so many changes every set is solved, 32 at the most, and the shares are exact."""

Solve = Callable[[Problem], MatchResult]
Some = tuple[int, ...]
Values = Mapping[str, int]


def attribute(base: BaseRound, changes: Sequence[Change], solve: Solve) -> Attribution:
    """What each change does alone, at the end, and as its exact share.

    `solve` is asked once for each round that is different; it may know an answer already. The
    share of a change is its Shapley value: what it adds, averaged over all orders in which the
    changes could be made (Shapley 1953), in parts of the factorial of their number.
    """
    places = range(len(changes))
    is_shared = len(changes) <= MOST_SHARED
    rounds = _Rounds(base, changes, solve)
    for some in _every(places) if is_shared else _outermost(places):
        rounds.work_out(some)
    names = [name for name in rounds.names if name != TIE_RULE]
    told = {some: values for some, values in rounds.values.items() if values is not None}
    effects = [
        ChangeEffect(
            change=place,
            told=changes[place].told(),
            alone=_difference(told, names, (), (place,)),
            last=_difference(told, names, _without(places, place), tuple(places)),
            shares=_shares(told, names, places, place) if is_shared else {},
        )
        for place in places
    ]
    return Attribution(
        effects=tuple(effects),
        parts=factorial(len(changes)) if is_shared else 1,
        solved=rounds.solved,
        open=tuple(some for some, values in rounds.values.items() if values is None),
    )


class _Rounds:
    """The values of the round with some of the changes, by the places of these."""

    def __init__(self, base: BaseRound, changes: Sequence[Change], solve: Solve) -> None:
        self.values: dict[Some, Values | None] = {}
        self._base, self._changes, self._solve = base, changes, solve
        self._by_digest: dict[str, Values | None] = {}

    @property
    def solved(self) -> int:
        """How many rounds that are different were solved."""
        return len(self._by_digest)

    @property
    def names(self) -> list[str]:
        """The levels that every round with an answer has."""
        found = [list(values) for values in self.values.values() if values is not None]
        return [name for name in found[0] if all(name in names for names in found)] if found else []

    def work_out(self, some: Some) -> None:
        """Finds the values of a set of changes; None where its round has no proved answer."""
        document = changed(self._base.frozen, [self._changes[p] for p in some], IssueLog())
        problem = self._base.read_changed(document).problem
        if problem is None:
            self.values[some] = None
            return
        if problem.digest not in self._by_digest:
            self._by_digest[problem.digest] = _values(self._solve(problem))
        self.values[some] = self._by_digest[problem.digest]


def _values(result: MatchResult) -> Values | None:
    if result.run.solve_status != "optimal":
        return None
    return {level.name: level.value for level in result.levels}


def _every(places: Sequence[int]) -> Iterator[Some]:
    for size in range(len(places) + 1):
        yield from combinations(places, size)


def _outermost(places: Sequence[int]) -> Iterable[Some]:
    """No change, each alone, all but each, all."""
    alone = [(place,) for place in places]
    return [(), *alone, *(_without(places, place) for place in places), tuple(places)]


def _without(places: Iterable[int], place: int) -> Some:
    return tuple(other for other in places if other != place)


def _difference(
    told: Mapping[Some, Values], names: Iterable[str], before: Some, after: Some
) -> dict[str, int]:
    if before not in told or after not in told:
        return {}
    return {name: told[after][name] - told[before][name] for name in names}


def _shares(
    told: Mapping[Some, Values], names: Sequence[str], places: Sequence[int], place: int
) -> dict[str, int]:
    """The Shapley value of a change at each level, times the factorial of the changes' number.

    A set S of others precedes it in |S|! (n − 1 − |S|)! of the n! orders.
    """
    shares = dict.fromkeys(names, 0)
    for others in _every(_without(places, place)):
        added = _difference(told, names, others, tuple(sorted((*others, place))))
        if not added:
            return {}
        orders = factorial(len(places) - 1) // comb(len(places) - 1, len(others))
        for name in names:
            shares[name] += orders * added[name]
    return shares
