"""The best answer in hand while a search runs, in the parent's own keeping."""

from __future__ import annotations

from models.domain.participant import Pair
from models.domain.problem import Problem
from models.domain.progress import Progress
from solver.judge.claims import Claim
from solver.levels import LEVELS
from solver.relaxation.answer import opening_stands
from solver.relaxation.network import lay_network
from solver.relaxation.outside import first_held
from solver.rulebook import Rules
from solver.scoring.scoreboard import CandidatePairs
from solver.scoring.screen import Screen
from solver.search.greedy import greedy_answer
from solver.search.messages import Found, Stand


class BestKnown:
    """The last pairs that the search told, and where every level stands."""

    def __init__(self, problem: Problem) -> None:
        self._problem = problem
        self._stands: dict[str, Stand] = {}
        self._pairs: list[tuple[int, int]] | None = None

    def take(self, found: Found) -> None:
        """Keeps a newer answer."""
        self._pairs = found.pairs
        self._stands.update({stand.name: stand for stand in found.stands})

    def fall_back(self, rules: Rules, screen: Screen) -> None:
        """A greedy answer and simple prices, where the search ended before it told anything.

        The audit may find that it breaks a limit: then no answer is known.
        """
        candidates = first_held(screen)
        greedy = candidates.where(greedy_answer(self._problem, rules, candidates))
        self._pairs = list(zip(greedy.mentors.tolist(), greedy.mentees.tolist(), strict=True))
        self.open_levels(rules, candidates)

    def open_levels(self, rules: Rules, candidates: CandidatePairs) -> None:
        """Simple prices for every level; they look at a few pairs, and are true of all."""
        problem = self._problem
        levels = [LEVELS[name] for name in problem.policy.levels]
        network = lay_network(problem, rules, levels)
        for stand in opening_stands(problem, network, candidates, levels):
            self._stands[stand.name] = Stand(
                name=stand.name, prices=stand.prices, bound=stand.bound
            )

    @property
    def stands(self) -> list[Stand]:
        """Where the levels stand of which something is known, in the policy's order."""
        return [self._stands[name] for name in self._problem.policy.levels if name in self._stands]

    @property
    def is_told(self) -> bool:
        """Whether the search has told an answer."""
        return self._pairs is not None

    def stand(self, level: str) -> Stand | None:
        """Where a level stands; None as long as nothing is known of it."""
        return self._stands.get(level)

    def progress(self, found: Found, elapsed: float) -> Progress:
        """How far the search has come with the level that it is solving."""
        stand = self._stands[found.level]
        return Progress(
            stage="searching",
            level=found.level,
            value=found.value,
            bound=stand.bound,
            elapsed=elapsed,
        )

    @property
    def pairs(self) -> list[Pair]:
        """The pairs by reference."""
        mentors, mentees = self._problem.mentors, self._problem.mentees
        return [
            Pair(mentor=mentors[m].reference, mentee=mentees[e].reference)
            for m, e in self._pairs or []
        ]

    @property
    def claims(self) -> list[Claim]:
        """What stands behind each level, in the policy's order."""
        stands = (self._stands[name] for name in self._problem.policy.levels)
        return [Claim(name=s.name, prices=s.prices, engine=s.engine) for s in stands]
