"""A solved round that is kept at hand, so that one like it is answered without a search.

What a change leaves as it was is taken over: the points of pairs of the same two people, the
answer, its prices, the reasons of its pairs. The answer to the changed round follows by shortest
augmenting ways. Then it is judged like any other, over every candidate pair, and its certificate
has to prove it. Where any of this fails nothing is said, and the round has to be solved as any
other is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version

from models.domain.participant import Pair
from models.domain.problem import Problem
from models.domain.result import MatchResult
from solver.answers.why import Reasons
from solver.collection import collection_paused
from solver.judge.audit import AuditRejectedError
from solver.judge.bound import UnusablePricesError
from solver.judge.facts import PairFacts
from solver.levels import LEVELS
from solver.relaxation.network import lay_network
from solver.relaxation.proof import PriceTooLargeError
from solver.report import RunFacts, report
from solver.rulebook import choose_rules
from solver.scoring.every_pair import EveryPair
from solver.warm.carried_pairs import carried_pairs
from solver.warm.equals import is_smallest
from solver.warm.flow import Flow
from solver.warm.likeness import Likeness, Mentions
from solver.warm.mending import NoWayError, mend
from solver.warm.opening import open_flow
from solver.warm.outcome import claims_of, pairs_of
from solver.warm.sums import NoSumError, Sums, along, own_prices

MOST_ANEW = 50
"""Where more people than so many are not the same as before, a search is as quick."""


@dataclass(frozen=True)
class AtHand:
    """What a report needs and is known already: all candidate pairs, and what is said of some."""

    screen: EveryPair
    facts: PairFacts
    reasons: Reasons


class SolvedRound:
    """A round with its proved result, made ready for rounds like it.

    Raises `NoSumError` where the result's certificate does not prove it by prices of the network
    alone, or where a rule says of pairs what cannot be taken over.
    """

    def __init__(self, problem: Problem, result: MatchResult) -> None:
        self._problem, self._pairs = problem, result.pairs
        self._rules = choose_rules(problem.policy)
        about_pairs = (*self._rules.eligibility, *self._rules.objectives)
        if not result.levels or not all(rule.looks_no_further for rule in about_pairs):
            raise NoSumError
        own = own_prices(result.certificate.levels)
        self._own = [along(prices, problem.mentees, problem.mentors) for prices in own]
        self._mentions = Mentions(problem)
        self._every = EveryPair.of(problem, self._rules)
        self._facts = PairFacts(problem, self._rules)
        self._reasons = Reasons(problem, self._rules, self._facts)
        for made in result.assignments:
            pair = Pair(mentor=made.mentor, mentee=made.mentee)
            self._reasons.explain(pair, made.mentee_rank, made.mentor_rank)
            self._facts.of(problem.by_reference[pair.mentor], problem.by_reference[pair.mentee])

    def answer(self, problem: Problem) -> MatchResult | None:
        """The audited, certified and explained result of a round like this one.

        None where it is not like enough, or where nothing is proved in this way.
        """
        with collection_paused():
            like = self._likeness(problem)
            if like is None:
                return None
            try:
                result = self._answered(problem, like)
            except (NoSumError, NoWayError, PriceTooLargeError):
                return None
            except (AuditRejectedError, UnusablePricesError):  # A limit beside the network binds.
                return None
        return result if all(level.proof == "certified" for level in result.levels) else None

    def _answered(self, problem: Problem, like: Likeness) -> MatchResult:
        rules = self._rules
        every = carried_pairs(self._every, problem, rules, like)
        network = lay_network(problem, rules, [LEVELS[name] for name in problem.policy.levels])
        sums = Sums.of(problem, rules, network)
        flow = Flow(every, network, sums)
        doubted = self._problem.pinned.union(_again(problem, like))
        open_flow(flow, sums, like, self._pairs, self._own, doubted)
        mend(flow)
        if not is_smallest(flow):
            raise NoSumError
        pairs, claims = pairs_of(flow, self._pairs), claims_of(flow, rules, sums)
        at_hand = self._at_hand(every, pairs, like)
        facts = RunFacts(versions={"pairwell": version("pairwell")})
        return report(problem, rules, pairs, claims, facts, groundwork=at_hand)

    def _likeness(self, problem: Problem) -> Likeness | None:
        mine, other = self._problem.policy, problem.policy
        if (mine.rules, mine.levels) != (other.rules, other.levels):
            return None
        if mine.fairness or other.fairness or problem.droppable_pins or problem.dropped_pins:
            return None
        like = self._mentions.likeness(problem)
        if like is None:
            return None
        anew = len(problem.mentors) + len(problem.mentees) - like.same
        return like if anew <= MOST_ANEW else None

    def _at_hand(self, every: EveryPair, pairs: Sequence[Pair], like: Likeness) -> AtHand:
        """With what is known of pairs of the same two people."""
        problem = every.problem
        mentors = {self._problem.mentors[n].reference for n in like.mentors_kept.tolist()}
        mentees = {self._problem.mentees[n].reference for n in like.mentees_kept.tolist()}
        doubted = _again(problem, like)
        same = [
            (pair.mentor, pair.mentee)
            for pair in pairs
            if pair.mentor in mentors
            and pair.mentee in mentees
            and (pair.mentor, pair.mentee) not in doubted
        ]
        facts = PairFacts(problem, self._rules)
        facts.take_over(self._facts, same)
        reasons = Reasons(problem, self._rules, facts)
        reasons.take_over(self._reasons, same)
        return AtHand(every, facts, reasons)


def _again(problem: Problem, like: Likeness) -> set[tuple[str, str]]:
    """The pairs of the same people that are looked at anew, by reference."""
    return {
        (problem.mentors[mentor].reference, problem.mentees[mentee].reference)
        for mentor, mentee in like.again
    }
