"""What the report will need, worked out on the other core while the search still runs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Protocol

from models.domain.participant import Pair
from models.domain.problem import Problem
from solver.answers.why import Reasons
from solver.judge.facts import PairFacts
from solver.judge.survey import EveryCandidate
from solver.rulebook import Rules
from solver.scoring.screen import Screen

PAIRS_IN_A_STEP = 32


class Prepared(Protocol):
    """What a report needs of a round, and somebody may have at hand."""

    @property
    def screen(self) -> EveryCandidate:
        """All candidate pairs, for the judge."""

    @property
    def facts(self) -> PairFacts:
        """What the audit says of pairs."""

    @property
    def reasons(self) -> Reasons:
        """Why pairs stand."""


class Groundwork:
    """The screen, made anew for the judge, and the reasons and facts of likely pairs.

    Nothing here is believed because of when it was worked out: it depends on the problem
    alone, never on what the search says.
    """

    def __init__(self, problem: Problem, rules: Rules) -> None:
        self.screen = Screen(problem, rules)
        self.facts = PairFacts(problem, rules)
        self.reasons = Reasons(problem, rules, self.facts)
        self._people = problem.by_reference
        _ = problem.digest  # kept by the problem; the report asks for it
        self._likely: Iterator[Pair] = iter(())

    def expect(self, pairs: Sequence[Pair]) -> None:
        """Takes the pairs of the newest answer as those that will be asked for."""
        self._likely = iter(pairs)

    def advance(self) -> bool:
        """Does a few milliseconds' work; false when there is none left."""
        now = list(islice(self._likely, PAIRS_IN_A_STEP))
        for pair in now:
            self.reasons.work_out(pair)
            self.facts.of(self._people[pair.mentor], self._people[pair.mentee])
        return bool(now)
