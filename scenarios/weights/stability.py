"""In which interval of each weight the present answer stays optimal.

The best points of a round are the largest of sums that are linear in a weight, one for each
answer, so they are convex in it; the present answer's own are one of those lines. So the
weights at which it is optimal lie side by side. From a weight at which another answer is
better, the next one looked at is where that answer's line crosses: with every solve a better
answer, and at the end none. Both sides of an edge are solves in whole numbers.

Where eligibility or an earlier level depends on points nothing is convex, and the weights are
looked at one after another from today's. Where no pair may block the answer, which pairs block
depends on every weight, and no interval is claimed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from models.domain.problem import Problem
from models.domain.result import MatchResult
from models.domain.stability import Stability, WeightStability
from solver.judge.audit import audit
from solver.levels import TIE_RULE
from solver.limits import Limits
from solver.modes import mode_of, searched_mode
from solver.questions.changed_rounds import weighable, with_weight
from solver.questions.solving import LEAST_SECONDS, solve_untied
from solver.questions.weighing import (
    POINTS,
    is_convex,
    pins_stand,
    slope_of,
    weights_that_matter,
)
from solver.rule import MOST_WEIGHT, Objective
from solver.rulebook import choose_rules
from solver.search.clock import Clock
from solver.solve import solve_matching

Solve = Callable[[Problem], MatchResult]


def solver_within(seconds: float) -> Solve:
    """Solves rounds one after the other, all of them together in so many seconds."""
    clock = Clock(seconds)

    def solve(problem: Problem) -> MatchResult:
        if searched_mode(problem.policy):
            left = max(LEAST_SECONDS, clock.seconds_left())
            return solve_matching(problem, Limits(seconds=left))
        return solve_untied(problem, clock)

    return solve


class NotOptimalError(Exception):
    """The present answer is not proved optimal, so it cannot stay so."""


class _NotProvedError(Exception):
    """A round with another weight was not solved in the time given."""


class Stabilities:
    """Looks for the edges of one weight's interval at a time.

    `solve` solves a round; what it does not prove is left open. Weights go up to `largest`.
    Raises `NotOptimalError` where the result is not proved at every level but the tie rule.
    """

    def __init__(
        self, problem: Problem, result: MatchResult, solve: Solve, largest: int = MOST_WEIGHT
    ) -> None:
        if not _is_optimal(result):
            raise NotOptimalError
        self._problem, self._result, self._solve = problem, result, solve
        self._largest = largest
        rules, mode = choose_rules(problem.policy), mode_of(problem.policy)
        self._is_convex = is_convex(problem, rules)
        self._must_not_be_blocked = mode is not None and mode.is_stable
        self._matter = weights_that_matter(problem, rules)
        self._values = {level.name: level.value for level in result.levels}
        self._solves = 0

    def all_weights(self) -> Stability:
        """Every soft objective that has a weight, and every one that could matter with one."""
        rules = weighable(self._problem).items()
        return self.some([rule for name, rule in rules if rule.weight or name in self._matter])

    def some(self, rules: Sequence[Objective]) -> Stability:
        """Some soft objectives; the points told are those of all."""
        every = weighable(self._problem).values()
        points = sum(rule.weight * slope_of(self._problem, rule, self._result) for rule in every)
        found = tuple(self.of(rule) for rule in rules)
        return Stability(points=points, weights=found, solves=self._solves)

    def of(self, rule: Objective) -> WeightStability:
        """One weight's interval and share."""
        slope = slope_of(self._problem, rule, self._result)
        least, most = 0, self._largest
        proved = True
        if rule.name in self._matter and POINTS in self._problem.policy.levels:
            least, is_edge = self._edge(rule, slope, end=0)
            most, is_other_edge = self._edge(rule, slope, end=self._largest)
            proved = is_edge and is_other_edge
        return WeightStability(
            rule=rule.name,
            weight=rule.weight,
            least=least,
            most=most,
            proved=proved,
            points=rule.weight * slope,
        )

    def _edge(self, rule: Objective, slope: int, end: int) -> tuple[int, bool]:
        """The last weight on the way to an end at which the answer is optimal; whether proved."""
        known = rule.weight
        if self._must_not_be_blocked:
            return known, False
        try:
            if self._is_convex:
                return self._crossing(rule, slope, end), True
            for weight in _on_the_way(rule.weight, end):
                if not self._stays(rule, weight):
                    break
                known = weight
        except _NotProvedError:
            return known, False
        return known, True

    def _crossing(self, rule: Objective, slope: int, end: int) -> int:
        """By the lines of better answers, each steeper by less than the one before it."""
        weight, step = end, 1 if end > rule.weight else -1
        while weight != rule.weight:
            result = self._solved(with_weight(self._problem, rule, weight))
            own = self._values[POINTS] + slope * (weight - rule.weight)
            ahead = _points(result) - own
            if not ahead:
                break
            steeper = step * (slope_of(self._problem, rule, result) - slope)
            weight -= step * -(-ahead // steeper)
        return weight

    def _stays(self, rule: Objective, weight: int) -> bool:
        """Whether the answer keeps every rule with another weight, and no other is better."""
        problem = with_weight(self._problem, rule, weight)
        if not pins_stand(problem):
            return False
        own = audit(problem, choose_rules(problem.policy), self._result.pairs)
        if not own.accepted:
            return False
        best = self._solved(problem).levels
        return all(own.values[level.name] == level.value for level in best if _counts(level.name))

    def _solved(self, problem: Problem) -> MatchResult:
        self._solves += 1
        result = self._solve(problem)
        if not _is_optimal(result):
            raise _NotProvedError
        return result


def _is_optimal(result: MatchResult) -> bool:
    proved = all(level.proved for level in result.levels if _counts(level.name))
    return bool(result.levels) and proved


def _counts(level: str) -> bool:
    return level != TIE_RULE


def _points(result: MatchResult) -> int:
    return next(level.value for level in result.levels if level.name == POINTS)


def _on_the_way(weight: int, end: int) -> range:
    """The weights from the next one to an end, both of them included."""
    step = 1 if end > weight else -1
    return range(weight + step, end + step, step)
