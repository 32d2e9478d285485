"""The best answer in hand while a search runs, in the parent's own keeping."""

from __future__ import annotations

from models.domain.incumbent import Incumbent, Standing
from models.domain.participant import Pair
from models.domain.problem import Problem
from models.domain.progress import Progress
from solver.judge.claims import Claim
from solver.levels import LEVELS
from solver.relaxation.answer import opening_stands
from solver.relaxation.network import lay_network
from solver.relaxation.outside import first_held
from solver.rulebook import Rules
from solver.scoring.scoreboard import CandidatePairs, cells, score_pairs
from solver.scoring.screen import Screen
from solver.search.greedy import greedy_answer
from solver.search.messages import Found, Stand

BEST_OF_EACH = 12
"""A greedy answer that has to do for the end tries so many of each mentee's best pairs: with
21,000 people 4 % more mentees get a mentor than of half as many, for a tenth of a second."""

ALL_HELD_UP_TO = 3_000_000
"""Where no more pairs of any kind are looked at, a greedy answer that has to do may take any of
them: the few best of each are too alike in a small round."""


class BestKnown:
    """The best pairs that the search has told, and where every level stands.

    `known` is the best of an earlier search of the same problem that was lost: what this one
    tells has to be as good to take its place.
    """

    def __init__(self, problem: Problem, known: Incumbent | None = None) -> None:
        self._problem = problem
        self._stands: dict[str, Stand] = {}
        self._pairs: list[tuple[int, int]] | None = None
        self._values: tuple[int, ...] = ()
        self._known: dict[str, Stand] = {}
        self._last: Found | None = None
        if known is not None:
            self._pairs, self._values = list(known.pairs), known.values
            self._known = {level.name: _stand(level) for level in known.levels}
            self._stands = dict(self._known)

    def take(self, found: Found) -> None:
        """Keeps a newer answer and newer bounds, but for what was known to be better."""
        self._last = found
        if found.values >= self._values or not self._known:
            self._pairs, self._values = found.pairs, found.values
        for stand in found.stands:
            before = self._known.get(stand.name)
            if before is None or _is_as_sharp(stand, before):
                self._stands[stand.name] = stand

    def settle(self) -> None:
        """The search is through: what it told last is the best, whatever was known before."""
        if self._last is not None:
            self._pairs, self._values = self._last.pairs, self._last.values

    def fall_back(self, rules: Rules, screen: Screen) -> None:
        """A greedy answer and simple prices, where the search ended before it told anything.

        The audit may find that it breaks a limit: then no answer is known.
        """
        candidates = self._held(rules, screen)
        greedy = candidates.where(
            greedy_answer(self._problem, rules, candidates, looked_at=BEST_OF_EACH)
        )
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

    def _held(self, rules: Rules, screen: Screen) -> CandidatePairs:
        """The pairs for simple prices and a greedy answer, which takes none but each mentee's best.

        Which mentors are in no pair at all only matters where a level counts mentors.
        """
        if cells(self._problem, rules) <= ALL_HELD_UP_TO:
            return score_pairs(self._problem, rules)
        levels = [LEVELS[name] for name in self._problem.policy.levels]
        of_mentors = any(level.counts_mentors(rules) for level in levels)
        return first_held(screen, of_mentors, BEST_OF_EACH)

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
    def incumbent(self) -> Incumbent:
        """What is known by now, to go on from in another process."""
        standings = (
            Standing(
                name=name,
                value=value,
                bound=self._stands[name].bound,
                prices=self._stands[name].prices,
                engine=self._stands[name].engine,
            )
            for name, value in zip(self._problem.policy.levels, self._values, strict=True)
        )
        return Incumbent(pairs=tuple(self._pairs or ()), levels=tuple(standings))

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


def _stand(level: Standing) -> Stand:
    return Stand(
        name=level.name,
        prices=level.prices,
        bound=level.bound,
        solved=level.engine is not None,
        engine=level.engine,
    )


def _is_as_sharp(stand: Stand, before: Stand) -> bool:
    """Whether nothing is lost with the earlier one; what an engine closed stays closed."""
    if before.engine and not stand.engine:
        return False
    return bool(stand.engine) or stand.bound <= before.bound
