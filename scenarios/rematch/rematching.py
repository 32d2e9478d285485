"""A solved round matched again: who withdraws and who joins, and what is kept of the pairs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from models.domain.comparison import Comparison
from models.domain.rematch import Rematch
from models.domain.result import Assignment, MatchResult
from scenarios.change import Change, change_of
from scenarios.compare import Outcomes, compare
from scenarios.rematch.account import account, paid
from scenarios.rematch.live_round import LiveRound
from scenarios.rematch.modes import RematchMode
from scenarios.scenario import BaseRound, Scenario, open_scenario
from scenarios.what_if import ScenarioAnswer, SolveFrom, WhatIf, solve_from
from solver.encoding import KEPT
from solver.fairness_mode import POINTS


@dataclass(frozen=True)
class RematchAnswer:
    """A round matched again, with its own audited and certified result.

    `comparison` is with the earlier result, person by person, without any price for pairs kept.
    Without a result there is no more than the scenario, whose issues say why; where the round has
    no answer its conflict says what collides, and there is no `rematch`.
    """

    scenario: Scenario
    result: MatchResult | None = None
    rematch: Rematch | None = None
    comparison: Comparison | None = None


class Rematching:
    """Matches a round again whose `result` stands, so that its pairs are the earlier ones.

    A question that was asked before is not solved again.
    """

    def __init__(self, base: BaseRound, result: MatchResult, solve: SolveFrom = solve_from) -> None:
        self._base, self._result = base, result
        self._what_if = WhatIf(base, result, solve)
        pairs = [pair.model_dump(include={"mentor", "mentee"}) for pair in result.pairs]
        self._earlier = change_of("earlier", pairs=pairs)

    def ask(self, mode: RematchMode, changes: Sequence[Change] = ()) -> RematchAnswer:
        """The round matched again by a mode, after these changes: who withdraws, who joins."""
        live = self.after(changes)
        if isinstance(live, Scenario):
            return RematchAnswer(live)
        answer = mode.answer(live)
        return self._told(mode, live, answer)

    def after(self, changes: Sequence[Change]) -> LiveRound | Scenario:
        """The round after changes; the scenario with its issues where they cannot be made."""
        first = (*changes, self._earlier)
        scenario = open_scenario(self._base, first)
        if scenario.problem is None:
            return scenario
        return LiveRound(scenario.problem, lambda more: self._what_if.ask([*first, *more]))

    def _told(self, mode: RematchMode, live: LiveRound, answer: ScenarioAnswer) -> RematchAnswer:
        result, problem = answer.result, answer.scenario.problem
        if result is None or problem is None or not result.levels:
            return RematchAnswer(answer.scenario, result)
        rematch = account(mode.name, live, result, mode.price)
        before = Outcomes(self._base.problem, self._result)
        after = Outcomes(problem, _without_price(result, rematch))
        return RematchAnswer(answer.scenario, result, rematch, _compared(before, after))


def _compared(before: Outcomes, after: Outcomes) -> Comparison:
    """The comparison, but for the level that only the mode adds."""
    found = compare(before, after)
    levels = tuple(level for level in found.levels if level.name != KEPT)
    return found.model_copy(update={"levels": levels})


def _without_price(result: MatchResult, rematch: Rematch) -> MatchResult:
    """The result as if pairs kept were paid nothing: what people gain and lose by themselves."""
    if not rematch.price:
        return result
    kept = {(pair.mentor, pair.mentee) for pair in rematch.kept}
    in_all = paid(rematch.price, len(kept))

    def unpaid(made: Assignment) -> Assignment:
        points = made.points - paid(rematch.price, 1)
        is_kept = (made.mentor, made.mentee) in kept
        return made.model_copy(update={"points": points}) if is_kept else made

    levels = tuple(
        level.model_copy(update={"value": level.value - in_all, "bound": level.bound - in_all})
        if level.name == POINTS
        else level
        for level in result.levels
    )
    assignments = tuple(unpaid(made) for made in result.assignments)
    return result.model_copy(update={"levels": levels, "assignments": assignments})
