"""The smallest change of one weight that puts a pair into some best answer of the round."""

from __future__ import annotations

import heapq
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import takewhile

from models.domain.explanation import WhyNot
from models.domain.participant import Pair
from models.domain.problem import Problem
from models.domain.result import MatchResult
from models.domain.why import Counterfactual, WeightChange
from solver.questions.changed_rounds import with_weight
from solver.questions.weighing import (
    POINTS,
    is_convex,
    pins_stand,
    slope_of,
    weights_that_matter,
)
from solver.questions.weight_gaps import Gap, Looked
from solver.rule import MOST_WEIGHT, Objective
from solver.rulebook import choose_rules

WILL_DO = ("already_matched", "tied")

Solve = Callable[[Problem], MatchResult]
Ask = Callable[[Problem, MatchResult], WhyNot]
"""Why-not's answer for the pair in question, in some round and its result."""


class NotProvedError(Exception):
    """A round with another weight was not solved in the time given."""


@dataclass(order=True)
class _Open:
    """A gap in which weights from a certain distance on are not ruled out; nearest first."""

    distance: int
    name: str
    weight: int
    gap: Gap | None = field(compare=False)


class Counterfactuals:
    """Looks for the smallest change of one weight, one pair at a time.

    `solve` solves a round, `ask` says what forcing the pair costs in it, and `out_of_time` is
    asked before each solve. Weights go up to `largest`.
    """

    def __init__(
        self,
        problem: Problem,
        result: MatchResult,
        solve: Solve,
        ask: Ask,
        out_of_time: Callable[[], bool],
        largest: int = MOST_WEIGHT,
    ) -> None:
        self._problem, self._result = problem, result
        self._solve, self._ask, self._out_of_time = solve, ask, out_of_time
        self._largest = largest
        self._rules = choose_rules(problem.policy)
        self._is_convex = is_convex(problem, self._rules)
        self._weights = weights_that_matter(problem, self._rules)

    def find(self, mentor: str, mentee: str) -> Counterfactual:
        """The smallest change of one weight, verified by a solve with it."""
        pair = Pair(mentor=mentor, mentee=mentee)
        today = self._ask(self._problem, self._result)
        if today.verdict in WILL_DO:
            return Counterfactual(pair=pair, status="found", answer=today)
        if today.verdict == "unknown":
            return Counterfactual(pair=pair, status="unknown", answer=today)
        level = self._lost_before_points(today)
        if level is not None or not self._could_help(today):
            return Counterfactual(pair=pair, status="not_found", answer=today, level=level)
        return self._search(pair, today)

    def _could_help(self, today: WhyNot) -> bool:
        """Whether a weight can change anything about the verdict."""
        if POINTS not in self._problem.policy.levels:
            return False
        if today.verdict == "ineligible":
            floors = {floor.name for floor in self._rules.floors}
            return all(check.rule in floors for check in today.checks)
        return today.change is not None

    def _lost_before_points(self, today: WhyNot) -> str | None:
        """The first level before points at which the pair costs something, whatever the weights."""
        if not self._is_convex or today.change is None:
            return None
        before = takewhile(lambda name: name != POINTS, today.change.losses)
        return next((name for name in before if today.change.losses[name]), None)

    def _search(self, pair: Pair, today: WhyNot) -> Counterfactual:
        """Best first: the weight nearest to today's that is not ruled out is looked at next."""
        nears = {
            name: self._looked(rule, rule.weight, self._result, today)
            for name, rule in self._weights.items()
        }
        waiting, found, solves = self._outset(), list[tuple[WeightChange, WhyNot]](), 0
        status, least = "found", 0
        while waiting and not (found and waiting[0].distance > found[0][0].size):
            now = waiting[0]
            if self._out_of_time():
                status, least = "unknown", now.distance
                break
            heapq.heappop(waiting)
            try:
                looked, answer = self._look(self._weights[now.name], now.weight)
            except NotProvedError:
                status, least = "unknown", now.distance
                break
            solves += 1
            if answer is not None and looked.will_do:
                found.append((self._change(now.name, looked.weight), answer))
                found.sort(key=lambda one: (one[0].size, one[0].rule, one[0].needed))
            self._split(waiting, now, looked, nears[now.name])
        smallest = [change for change, _ in found if change.size == found[0][0].size]
        return Counterfactual(
            pair=pair,
            status=status if found or status == "unknown" else "not_found",
            change=smallest[0] if smallest else None,
            others=tuple(smallest[1:]),
            answer=found[0][1] if found else today,
            ruled_out_below=least,
            solves=solves,
        )

    def _outset(self) -> list[_Open]:
        """For every weight both ends of its range, as near as the nearest weight between."""
        waiting = [
            _Open(1, name, end, None)
            for name, rule in self._weights.items()
            for end in (0, self._largest)
            if end != rule.weight
        ]
        heapq.heapify(waiting)
        return waiting

    def _split(self, waiting: list[_Open], now: _Open, looked: Looked, today: Looked) -> None:
        """What is still open on either side of a weight that was looked at."""
        rule = self._weights[now.name]
        if now.gap is None:
            gaps = [Gap(today, looked)]
        else:
            gaps = [Gap(now.gap.near, looked), Gap(looked, now.gap.far)]
        for gap in gaps:
            weight = gap.nearest(self._is_convex)
            if weight is not None:
                entry = _Open(abs(weight - rule.weight), now.name, weight, gap)
                heapq.heappush(waiting, entry)

    def _look(self, rule: Objective, weight: int) -> tuple[Looked, WhyNot | None]:
        """Solves the round with another weight, and asks what forcing the pair costs there.

        Raises `NotProvedError` where the time is too short.
        """
        problem = with_weight(self._problem, rule, weight)
        if not pins_stand(problem):
            # Below the floor a pin cannot stand: with this weight there is no such round.
            return Looked(weight, 0, 0, 0, will_do=False), None
        result = self._solve(problem)
        if result.run.solve_status != "optimal" or self._out_of_time():
            raise NotProvedError
        answer = self._ask(problem, result)
        if answer.verdict == "unknown":
            raise NotProvedError
        return self._looked(rule, weight, result, answer), answer

    def _looked(self, rule: Objective, weight: int, result: MatchResult, answer: WhyNot) -> Looked:
        best = next(level.value for level in result.levels if level.name == POINTS)
        lost = answer.change.losses[POINTS] if answer.change else 0
        return Looked(
            weight=weight,
            best=best,
            slope=slope_of(self._problem, rule, result),
            forced=best - lost,
            will_do=answer.verdict in WILL_DO,
        )

    def _change(self, name: str, needed: int) -> WeightChange:
        return WeightChange(rule=name, today=self._weights[name].weight, needed=needed)
