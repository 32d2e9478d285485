"""What a change comes to that brings something new: a pair, a place or a person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from models.domain.explanation import Change
from models.domain.problem import Problem
from models.domain.result import Role
from solver.questions.changes import Made, Standing
from solver.questions.forcing import Forcing
from solver.questions.limits_kept import LimitsKept


@dataclass(frozen=True)
class Told:
    """A change that keeps every limit, and who has more and who has fewer partners by it."""

    change: Change
    given_up: tuple[Made, ...]
    made: tuple[Made, ...]

    @property
    def gains(self) -> dict[str, int]:
        """What the round gains at each level."""
        return {level: -loss for level, loss in self.change.losses.items()}

    def new_partner(self, role: Role, reference: str) -> str | None:
        """The first one whom somebody has by it and did not have."""
        for mentor, mentee in self.made:
            if reference == (mentee if role == "mentee" else mentor):
                return mentor if role == "mentee" else mentee
        return None

    def worse_off(self, role: Role) -> tuple[str, ...]:
        """Those of a side who have fewer partners by it."""
        nth = 1 if role == "mentee" else 0
        number = Counter(pair[nth] for pair in self.made)
        number.subtract(pair[nth] for pair in self.given_up)
        return tuple(reference for reference, more in number.items() if more < 0)


class Turnover:
    """Tells what it is to turn over pairs of a residual network, together with a new pair.

    `problem` is the round in which that is done: the network's own, or one with more people.
    """

    def __init__(self, forcing: Forcing, problem: Problem) -> None:
        residual = forcing.residual
        self._residual, self._forcing = residual, forcing
        made = [forcing.pair(int(place)) for place in residual.used.nonzero()[0]]
        self._points = dict(zip(made, residual.every.points[residual.used].tolist(), strict=True))
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
        return Told(change, tuple(given_up), tuple(made))
