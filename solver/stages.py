"""Rounds with a level that is no sum: its best value is searched for by whole solves.

First the levels before it are solved without any condition. Then values are tried, halving what
is left between the best that some answer has and the lowest that is proved to be beyond reach,
each by a search for these levels alone; what an answer really has is mostly more than was tried.
In the end all other levels are solved with the value held.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol

from models.domain.certificate import Prices
from models.domain.participant import Pair
from models.domain.problem import Problem
from models.domain.result import Collision
from models.domain.stop import StopReason
from solver.best_known import BestKnown
from solver.fairness_mode import SearchedMode
from solver.groundwork import Groundwork
from solver.judge.audit import values_of
from solver.judge.claims import Claim
from solver.relaxation.outside import first_held
from solver.rulebook import Rules, choose_rules
from solver.searches import Enough, Searched
from solver.settled import attempted, levels_before, settled

SHARE = 2 / 3
"""When so much of the time limit has passed, the value in hand is taken and the rest is solved."""

NO_ANSWER_BY = "cp-sat and highs"
"""The engines that say that no pairs at all keep the rules."""


class Search(Protocol):
    """Searches for an answer, such as `solver.searches.Searches`."""

    def __call__(
        self,
        problem: Problem,
        share: float = 1.0,
        enough: Enough | None = None,
        prepare: Callable[[], Groundwork] | None = None,
    ) -> Searched:
        """What the search comes to, within a share of the time limit."""

    def has_time(self, share: float = 1.0) -> bool:
        """Whether that share of the time limit has not passed yet."""

    def tell(self, stage: str, level: str | None = None, **figures: int) -> None:
        """Reports progress."""


@dataclass
class Stages:
    """What all searches together came to: the pairs, what stands behind each level, the run.

    `told` is false where the pairs are only a greedy answer, which may break a limit.
    """

    pairs: Sequence[Pair] = ()
    claims: Sequence[Claim] = ()
    told: bool = True
    versions: dict[str, str] = field(default_factory=dict)
    stopped_by: StopReason | None = None
    conflict: Collision | None = None

    def take(self, found: Searched) -> None:
        """Takes over what is known of the run."""
        self.versions |= found.versions
        self.stopped_by = self.stopped_by or found.stopped_by


class StagedSolve:
    """One solve of a round whose policy has a searched mode; `groundwork` is for its result."""

    def __init__(self, problem: Problem, rules: Rules, mode: SearchedMode, search: Search) -> None:
        self._problem = problem
        self._rules = rules
        self._mode = mode
        self._search = search
        self._before = levels_before(problem.policy)
        self._stages = Stages()
        self._target: dict[str, int] = {}

    @cached_property
    def groundwork(self) -> Groundwork:
        """What the result of the whole round needs."""
        return Groundwork(self._problem, self._rules)

    def run(self) -> Stages:
        """The pairs, and the claims of every level of the round."""
        stages = self._stages
        alone = attempted(self._problem, None)
        first = self._search(alone, enough=self._is_solved, prepare=lambda: self.groundwork)
        stages.take(first)
        if first.conflict:
            stages.conflict = first.conflict
            return stages
        stages.told = first.best.is_told
        if not stages.told:
            first.best.fall_back(self._rules, self.groundwork.screen)
        stages.pairs = first.best.pairs
        claim = Claim(name=self._mode.level, prices=Prices())
        if self._is_solved(first.best):
            self._target = self._values(stages.pairs, self._before)
            claim = self._climb(claim)
        rest = self._settle()
        stages.claims = [
            *(known for known in first.best.claims if known.name in self._before),
            claim,
            *(known for known in rest if known.name not in self._before),
        ]
        return stages

    def _climb(self, claim: Claim) -> Claim:
        """Raises the value until more is proved to be beyond reach; the claim that says so."""
        if not self._search.has_time(SHARE):
            self._stages.stopped_by = "time_limit"
            return claim
        steps = self._mode.steps(self._problem, self._rules, self._target)
        low, high = self._step(steps), len(steps) - 1
        while low < high:
            self._search.tell("searching", self._mode.level, value=steps[low], bound=steps[high])
            middle = (low + high + 1) // 2
            asked = attempted(self._problem, steps[middle])
            found = self._search(asked, share=SHARE, enough=self._is_decided)
            if self._reaches(found.best):
                self._stages.pairs = found.best.pairs
                low = max(middle, self._step(steps))
                continue
            beyond = self._refusal(found)
            if beyond is None:
                self._stages.take(found)
                # An engine's word for a value further up proves nothing of this one.
                return claim.model_copy(update={"engine": None})
            high = middle - 1
            claim = beyond.model_copy(update={"most": steps[high]})
        return claim

    def _settle(self) -> Sequence[Claim]:
        """Solves all other levels with the value in hand; what stands behind them."""
        (value,) = self._values(self._stages.pairs, [self._mode.level]).values()
        rest = settled(self._problem, value)
        found = self._search(rest, prepare=lambda: self.groundwork)
        self._stages.take(found)
        if found.best.is_told:
            in_hand = [self._stages.pairs] if self._stages.told else []
            levels = self._problem.policy.levels
            self._stages.pairs = max(
                (*in_hand, found.best.pairs),
                key=lambda pairs: tuple(self._values(pairs, levels).values()),
            )
            self._stages.told = True
        else:
            candidates = first_held(self.groundwork.screen)
            found.best.open_levels(choose_rules(rest.policy), candidates)
        return found.best.claims

    def _is_solved(self, best: BestKnown) -> bool:
        stands = [best.stand(name) for name in self._before]
        return all(stand is not None and stand.solved for stand in stands)

    def _is_decided(self, best: BestKnown) -> bool:
        return self._reaches(best) or self._shortfall(best) is not None

    def _reaches(self, best: BestKnown) -> bool:
        """Whether an answer is as good at the levels before as without any condition."""
        return best.is_told and self._values(best.pairs, self._before) == self._target

    def _refusal(self, found: Searched) -> Claim | None:
        """Why the value that was asked for is beyond reach; None where that is not known."""
        if found.conflict:
            return Claim(name=self._mode.level, prices=Prices(), engine=NO_ANSWER_BY)
        return self._shortfall(found.best)

    def _shortfall(self, best: BestKnown) -> Claim | None:
        """The first level that cannot be as good, with the prices that show it."""
        for name, wanted in self._target.items():
            stand = best.stand(name)
            if stand is not None and stand.bound < wanted:
                return Claim(
                    name=self._mode.level,
                    prices=stand.prices,
                    engine=stand.engine,
                    falls_short=name,
                )
            if stand is None or not stand.solved:
                return None
        return None

    def _step(self, steps: Sequence[int]) -> int:
        """The place of the value that the pairs in hand have."""
        (value,) = self._values(self._stages.pairs, [self._mode.level]).values()
        return bisect_right(steps, value) - 1

    def _values(self, pairs: Sequence[Pair], names: Sequence[str]) -> dict[str, int]:
        people, facts = self._problem.by_reference, self.groundwork.facts
        worth = [(pair, facts.of(people[pair.mentor], people[pair.mentee])[0]) for pair in pairs]
        return values_of(self._problem, self._rules, worth, names)
