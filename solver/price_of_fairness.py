"""What a result's fairness costs, found by solving the same round under two other modes."""

from __future__ import annotations

from collections.abc import Sequence

from models.domain.participant import Pair
from models.domain.problem import Problem
from models.domain.result import FairnessPrice, MatchResult
from solver.best_known import BestKnown
from solver.judge.price import COMPARED, SHOWN, compared, price_against, price_against_itself
from solver.limits import Limits
from solver.report import judged
from solver.rulebook import choose_rules
from solver.searches import Searches
from solver.stages import Search


def price_of_fairness(
    problem: Problem,
    result: MatchResult,
    limits: Limits | None = None,
    modes: Sequence[str] = COMPARED,
) -> tuple[FairnessPrice, ...]:
    """The price of any result, whether its policy names a fairness mode or not.

    A mode that there is no time for is left out. A result without pairs has a price as well.
    """
    with Searches(limits or Limits(), ahead=True) as searches:
        return find_price(problem, result, searches, modes)


def find_price(
    problem: Problem, result: MatchResult, search: Search, modes: Sequence[str] = COMPARED
) -> tuple[FairnessPrice, ...]:
    """The price against each of the modes, by these searches."""
    pairs = [Pair(mentor=made.mentor, mentee=made.mentee) for made in result.assignments]
    own = problem.policy.fairness.mode if problem.policy.fairness else None
    found = []
    for mode in modes:
        if mode == own:
            found.append(price_against_itself(problem, pairs, result.levels, mode))
        else:
            found += _price(problem, pairs, mode, search)
    return tuple(found)


def _price(
    problem: Problem, pairs: Sequence[Pair], mode: str, search: Search
) -> list[FairnessPrice]:
    other = compared(problem, mode)

    def is_enough(best: BestKnown) -> bool:
        stands = [best.stand(name) for name in other.policy.levels[:-1]]
        return all(stand is not None and stand.solved for stand in stands)

    best = search(other, enough=is_enough).best
    if not best.is_told:
        return []
    judgement = judged(other, choose_rules(other.policy), best.pairs, best.claims)
    levels = [level for level in judgement.levels if level.name in SHOWN]
    return [price_against(problem, pairs, mode, levels)]
