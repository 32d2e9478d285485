"""Why not these two, over rounds of both classes: the verdict is the first that applies, the loss
is what exhaustive search finds, and the witness adds up to it."""

from __future__ import annotations

from collections import Counter
from functools import partial
from itertools import product
from random import Random

import pytest

from models.domain.explanation import WhyNot
from models.domain.participant import Pair
from models.domain.problem import Problem
from models.domain.result import MatchResult
from solver.judge.audit import audit
from solver.judge.facts import refusals
from solver.levels import LEVELS
from solver.limits import Limits
from solver.questions import anew
from solver.questions.anew import forced_anew, with_pin
from solver.questions.why_not import WhyNots
from solver.rulebook import Rules, choose_rules
from solver.search.first_answer import NoAnswerError
from tests.exhaustive import best_answer
from tests.forcings import forcing_of
from tests.in_process import solve_here, solved_or_not
from tests.limited_rounds import a_limited_round
from tests.plain_mip import PlainProgramme
from tests.strategies import a_small_round

NOBODY = "X9"
DRAWS_OF_A_ROUND = 5
CUT_SHORT = 6
"""One in so many of the rounds is asked without any time for another solve."""

EVERY_VERDICT = {
    *("not_in_round", "same_person", "already_matched", "ineligible", "barred"),
    *("blocked_by_pin", "infeasible_if_forced", "tied", "dominated", "unknown"),
}


class Draws:
    """The answers for some random pairs of a round, candidates or not, beside plain Python's."""

    def __init__(self, seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
        self._chance = Random(f"draws {seed}")
        is_network = self._chance.random() < 0.5
        self.problem = a_small_round(seed) if is_network else a_limited_round(seed, most_people=5)
        self._is_cut_short = self._chance.randrange(CUT_SHORT) == 0
        seconds = 0.0 if self._is_cut_short else 60.0
        # A child for every question would take hours.
        monkeypatch.setattr(anew, "solve_matching", partial(solved_or_not, seconds=seconds))

    def check(self) -> Counter[str]:
        """Asks and compares; how often each verdict was given."""
        try:
            result = solve_here(self.problem)
        except NoAnswerError:
            return Counter()
        rules = choose_rules(self.problem.policy)
        forcing = forcing_of(self.problem, result)
        ask = WhyNots(self.problem, rules, result, forcing, partial(self._anew, result)).ask
        seen = Counter[str]()
        for mentor, mentee in self._pairs():
            answer = ask(mentor, mentee)
            seen[answer.verdict] += 1
            expected = expected_before_any_cost(self.problem, rules, result, mentor, mentee)
            if expected is not None:
                assert answer.verdict == expected, answer
            else:
                assert_cost_is_exact(self.problem, rules, result, answer)
        return seen

    def _anew(self, result: MatchResult, mentor: str, mentee: str) -> WhyNot:
        return forced_anew(self.problem, result, mentor, mentee, Limits())

    def _pairs(self) -> list[tuple[str, str]]:
        """A pair of anybody with anybody, and some of a mentor with a mentee."""
        everybody = [*(p.reference for p in self.problem.participants), NOBODY]
        mentors = [p.reference for p in self.problem.mentors] or everybody
        mentees = [p.reference for p in self.problem.mentees] or everybody
        sides = [(everybody, everybody), *[(mentors, mentees)] * (DRAWS_OF_A_ROUND - 1)]
        return [(self._chance.choice(one), self._chance.choice(other)) for one, other in sides]


def expected_before_any_cost(
    problem: Problem, rules: Rules, result: MatchResult, mentor: str, mentee: str
) -> str | None:
    """The first verdict that applies without a solve, by the definitions; None where none does."""
    giver = next((p for p in problem.mentors if p.reference == mentor), None)
    taker = next((p for p in problem.mentees if p.reference == mentee), None)
    if giver is None or taker is None:
        return "not_in_round"
    if giver.person == taker.person:
        return "same_person"
    if (mentor, mentee) in {(made.mentor, made.mentee) for made in result.assignments}:
        return "already_matched"
    failed = {rule for rule, _ in refusals(problem, rules, giver, taker)}
    if failed:
        return "barred" if failed == {"barred_pairs"} else "ineligible"
    pinned_away = sum(pin.mentor == mentor for pin in problem.pins) >= giver.mentoring.capacity
    if pinned_away or sum(pin.mentee == mentee for pin in problem.pins) >= taker.learning.wants:
        return "blocked_by_pin"
    return None


def assert_cost_is_exact(
    problem: Problem, rules: Rules, result: MatchResult, answer: WhyNot
) -> None:
    """Against exhaustive search with the pair pinned."""
    best = best_answer(with_pin(problem, answer.mentor, answer.mentee))
    if best is None:
        assert answer.verdict in ("infeasible_if_forced", "unknown"), answer
        if answer.verdict == "infeasible_if_forced":
            pinned = with_pin(problem, answer.mentor, answer.mentee)
            assert answer.conflict
            alone = pinned.changed(pins=answer.conflict.pins)
            rules_in_the_way = frozenset({*answer.conflict.rules, "pinned_pairs"})
            assert PlainProgramme(alone, rules_in_the_way).best_values(levels=1) is None
        return
    levels = result.levels[:-1]
    losses = {
        level.name: level.value - other for level, other in zip(levels, best.values, strict=False)
    }
    if answer.verdict == "unknown":
        assert_interval_holds(answer, losses)
        return
    assert answer.verdict == ("dominated" if any(losses.values()) else "tied"), answer
    assert answer.change is not None
    assert answer.change.losses == losses, answer
    for level, loss in losses.items():
        assert sum(move.losses[level] for move in answer.change.moves) == loss
    if not answer.verified:
        expected = plain_local_losses(problem, rules, result, answer)
        assert answer.local_losses == expected, answer
        assert expected is None or tuple(expected.values()) >= tuple(losses.values())


def plain_local_losses(
    problem: Problem, rules: Rules, result: MatchResult, answer: WhyNot
) -> dict[str, int] | None:
    """The least loss where the two are paired, and give up one each where no place is left."""
    made = list(result.pairs)
    forced = Pair(mentor=answer.mentor, mentee=answer.mentee)
    levels = [LEVELS[level.name] for level in result.levels[:-1]]
    held = [pair for pair in made if pair.mentor == forced.mentor]
    holding = [pair for pair in made if pair.mentee == forced.mentee]
    people = problem.by_reference
    full = len(held) == people[forced.mentor].mentoring.capacity
    sated = len(holding) == people[forced.mentee].learning.wants
    swaps = product(held if full else [None], holding if sated else [None])
    least: list[tuple[int, ...]] = []
    for given_up in swaps:
        pairs = [*(pair for pair in made if pair not in given_up), forced]
        audited = audit(problem, rules, sorted(pairs, key=lambda p: (p.mentor, p.mentee)))
        if audited.accepted:
            least.append(
                tuple(
                    known.value - audited.values[level.name]
                    for level, known in zip(levels, result.levels, strict=False)
                )
            )
    if not least:
        return None
    return dict(zip([level.name for level in levels], min(least), strict=True))


def assert_interval_holds(answer: WhyNot, losses: dict[str, int]) -> None:
    """As far as the interval says anything: it ends with the first level that is open."""
    if answer.interval is None:
        return
    for level, least in answer.interval.least.items():
        most = None if answer.interval.most is None else answer.interval.most[level]
        assert least <= losses[level], answer
        assert most is None or losses[level] <= most, answer
        if least != most:
            return


def check(seeds: range, monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    seen = Counter[str]()
    for seed in seeds:
        seen += Draws(seed, monkeypatch).check()
    return seen


def test_every_verdict_is_the_first_that_applies(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = check(range(90), monkeypatch)
    assert set(seen) == EVERY_VERDICT, seen
    assert seen.total() > 300


@pytest.mark.slow
@pytest.mark.parametrize("first", range(1_000, 1_600, 30))
def test_two_thousand_draws_have_the_right_verdict(
    first: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Twenty chunks of some hundred draws each."""
    seen = check(range(first, first + 30), monkeypatch)
    assert seen.total() > 100
    assert seen["dominated"] + seen["tied"] > 5
