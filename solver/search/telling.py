"""What the solving process tells: answers that only ever get better, and stands when new."""

from __future__ import annotations

from typing import IO

from models.domain.base import Frozen
from models.domain.problem import Problem
from solver.levels import LEVELS
from solver.relaxation.answer import Answer, LevelStand
from solver.relaxation.network import Network, network_value
from solver.scoring.scoreboard import CandidatePairs
from solver.search.messages import Found, Stand


class Teller:
    """Writes messages, one a line; a level's prices only when they are new."""

    def __init__(self, out: IO[str], problem: Problem, network: Network) -> None:
        self._out = out
        self._problem = problem
        self._network = network
        self._told: dict[str, LevelStand] = {}
        self._best: _Made | None = None

    def tell(self, level: str, answer: Answer) -> None:
        """Writes the best answer so far, and the stands that have not been told yet.

        While a level is being solved, an answer can be better there and worse at the levels to
        come than one that is known; whoever is stopped has to have the better one in hand.
        """
        new = [stand for stand in answer.levels if self._told.get(stand.name) is not stand]
        made = _Made(self._problem, self._network, answer.pairs)
        if self._best is not None and not made.is_better_than(self._best):
            if not new:
                return
            made = self._best
        self._best = made
        self._told.update({stand.name: stand for stand in new})
        stands = [as_told(stand) for stand in new]
        self.write(
            Found(
                level=level,
                value=made.value(level),
                values=tuple(made.value(name) for name in self._problem.policy.levels),
                pairs=made.positions,
                stands=stands,
            )
        )

    def write(self, message: Frozen) -> None:
        """Writes any message."""
        self._out.write(message.model_dump_json() + "\n")
        self._out.flush()


def as_told(stand: LevelStand) -> Stand:
    """A level's stand as a message carries it."""
    return Stand(
        name=stand.name,
        prices=stand.prices,
        bound=stand.bound,
        solved=stand.solved,
        engine=stand.engine,
    )


class _Made:
    """The pairs of an answer, and its values as far as somebody has asked for them."""

    def __init__(self, problem: Problem, network: Network, pairs: CandidatePairs) -> None:
        self._problem = problem
        self._network = network
        self._pairs = pairs
        self._values: dict[str, int] = {}

    @property
    def positions(self) -> list[tuple[int, int]]:
        """The pairs as (mentor, mentee) positions."""
        mentors, mentees = self._pairs.mentors.tolist(), self._pairs.mentees.tolist()
        return list(zip(mentors, mentees, strict=True))

    def value(self, level: str) -> int:
        """The value at a level."""
        if level not in self._values:
            self._values[level] = network_value(
                self._problem, self._network, LEVELS[level], self._pairs
            )
        return self._values[level]

    def is_better_than(self, other: _Made) -> bool:
        """Whether the first level at which the two differ is in favour of this one."""
        for level in self._problem.policy.levels:
            if self.value(level) != other.value(level):
                return self.value(level) > other.value(level)
        return False
