"""What a change comes to that brings something new: a pair, a place or a person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from models.domain.explanation import Change
from models.domain.leftover import Remedy, RemedyKind
from models.domain.problem import Problem
from models.domain.result import Role
from solver.questions.changes import Made, Standing
from solver.questions.forcing import Forcing
from solver.questions.leftover_words import Outcome
from solver.questions.limits_kept import LimitsKept
from solver.questions.side import Side


@dataclass(frozen=True)
class Told:
    """A change that keeps every limit; `nameless` are people made up for it."""

    change: Change
    given_up: tuple[Made, ...]
    made: tuple[Made, ...]
    nameless: frozenset[str]

    def outcome(self, side: Side, place: int) -> Outcome:
        """What it comes to for somebody of a side who has one partner more by it."""
        who = side.people[place].reference
        partners = [pair[::-1] if side.role == "mentee" else pair for pair in self.made]
        partner = next(other for own, other in partners if own == who)
        return Outcome(
            who=who,
            role=side.role,
            has_some=side.has_some(place),
            partner=None if partner in self.nameless else partner,
            gains={level: -loss for level, loss in self.change.losses.items()},
            instead=self._worse_off(side.role),
        )

    def _worse_off(self, role: Role) -> tuple[str, ...]:
        """Those of a side who have fewer partners by it."""
        nth = 1 if role == "mentee" else 0
        number = Counter(pair[nth] for pair in self.made)
        number.subtract(pair[nth] for pair in self.given_up)
        return tuple(reference for reference, more in number.items() if more < 0)


SHOWN = 3
"""So many mentors, or kinds of newcomers, are named for a person: those that add most."""


class Turnover:
    """Tells what it is to turn over pairs of a residual network, together with a new pair.

    `problem` is the round in which that is done: the network's own, or one with more people.
    """

    def __init__(self, forcing: Forcing, problem: Problem) -> None:
        residual = forcing.residual
        self._residual, self._forcing = residual, forcing
        made = [forcing.pair(int(place)) for place in residual.used.nonzero()[0]]
        self._points = dict(zip(made, residual.every.points[residual.used].tolist(), strict=True))
        known = residual.problem.by_reference
        self._nameless = frozenset(name for name in problem.by_reference if name not in known)
        self._standing = Standing(problem, residual.rules, residual.weighed.levels, made)
        self.made: Sequence[Made] = made

    def tell(
        self, places: Sequence[int], limits: LimitsKept, new: tuple[Made, int] | None = None
    ) -> Told | None:
        """The change, told from the first pair on; None where it would break a limit.

        `new` is a pair with its points that is made first; `limits` those of the round then.
        """
        pairs = {self._forcing.pair(place): place for place in places}
        used, every = self._residual.used, self._residual.every
        given_up = [pair for pair, place in pairs.items() if used[place]]
        made = [pair for pair, place in pairs.items() if not used[place]]
        points = {pair: int(every.points[place]) for pair, place in pairs.items()}
        if new is not None:
            made.insert(0, new[0])
            points[new[0]] = new[1]
        if not limits.after(given_up, made):
            return None
        change = self._standing.change(given_up, made, self._points | points)
        return Told(change, tuple(given_up), tuple(made), self._nameless)


def as_remedy(kind: RemedyKind, outcome: Outcome, because: str, **fields: Any) -> Remedy:
    """A remedy with what it comes to."""
    return Remedy(
        kind=kind,
        because=because,
        gains=dict(outcome.gains),
        partner=outcome.partner,
        instead=tuple(outcome.instead),
        **fields,
    )


def shown(
    options: Mapping[int, Sequence[int]], tell: Callable[[int, int], Remedy | None]
) -> dict[int, list[Remedy]]:
    """By position, the first few remedies of those that come into question and keep every limit."""
    found = {
        place: list(islice(filter(None, (tell(place, option) for option in some)), SHOWN))
        for place, some in options.items()
    }
    return {place: remedies for place, remedies in found.items() if remedies}
