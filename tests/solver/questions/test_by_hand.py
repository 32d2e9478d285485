"""Choices among equals and overrides: what is recorded, and what still holds."""

from __future__ import annotations

import pytest

from models.domain.by_hand import ByHand
from models.domain.issue import Issue
from models.domain.participant import Pair
from models.domain.problem import Problem
from models.domain.result import MatchResult
from solver.judge.verify import verify_result
from solver.levels import PINS_KEPT
from solver.questions.asking import Questions
from solver.questions.by_hand import CannotBeChosenError, override, with_overrides
from tests.builders import a_mentee, a_mentor, a_policy, a_problem
from tests.in_process import solve_here


def two_for_one() -> tuple[Problem, MatchResult, str]:
    """A round with one tie, its result, and the mentor who was not drawn."""
    problem = a_problem(a_mentor("M1"), a_mentor("M2"), a_mentee("E1"))
    result = solve_here(problem)
    return problem, result, {"M1": "M2", "M2": "M1"}[result.assignments[0].mentor]


def one_better() -> Problem:
    """M1 offers what E1 seeks, for one point; M2 offers nothing."""
    return a_problem(
        a_mentor("M1", offers=("law",)),
        a_mentor("M2"),
        a_mentee("E1", seeks=("law",)),
        policy=a_policy(expertise_overlap={"weight": 1}),
    )


def test_a_choice_among_equals_is_proved_at_every_level_but_the_tie_rule() -> None:
    problem, result, other = two_for_one()
    chosen = Questions(problem, result).tie_choice(other, "E1")
    assert [(a.mentor, a.mentee) for a in chosen.assignments] == [(other, "E1")]
    *before, lottery = chosen.levels
    assert all(level.proof == "certified" for level in before)
    assert lottery.value < lottery.bound
    assert not lottery.proved
    assert (chosen.run.solve_status, chosen.run.tie_rule) == ("optimal", "chosen")
    assert chosen.run.by_hand == (
        ByHand(kind="tie_choice", mentor=other, mentee="E1", instead_of=result.certificate.digest),
    )
    assert verify_result(problem, chosen).accepted


def test_choosing_back_keeps_only_the_choice_that_stands() -> None:
    problem, result, other = two_for_one()
    chosen = Questions(problem, result).tie_choice(other, "E1")
    back = Questions(problem, chosen).tie_choice(result.assignments[0].mentor, "E1")
    assert back.pairs == result.pairs
    assert [choice.mentor for choice in back.run.by_hand] == [result.assignments[0].mentor]


def test_a_pair_at_a_cost_is_no_choice_among_equals() -> None:
    problem = one_better()
    with pytest.raises(CannotBeChosenError) as refused:
        Questions(problem, solve_here(problem)).tie_choice("M2", "E1")
    assert refused.value.answer.verdict == "dominated"


def test_an_override_is_the_round_with_a_pin_and_carries_its_cost() -> None:
    problem = one_better()
    warning = Issue(code="SOME_WARNING", severity="warning", message="Mind this.")
    result = solve_here(problem).model_copy(update={"issues": (warning,)})
    forced = Questions(problem, result, 60.0).override("M2", "E1")
    assert forced.losses == {"mentees_matched": 0, "points": 1000}
    assert with_overrides(problem, forced.result) == forced.problem
    assert forced.result.issues == (warning,)
    (recorded,) = forced.result.run.by_hand
    assert (recorded.kind, recorded.losses) == ("override", forced.losses)
    assert recorded.instead_of == result.certificate.digest
    assert forced.problem.pinned == {("M2", "E1")}
    assert forced.result.run.tie_rule == "lottery"
    assert verify_result(forced.problem, forced.result).accepted


def test_an_override_keeps_the_one_before_it() -> None:
    """Three mentors and three mentees, all alike: the lottery is drawn anew around the pins."""
    people = [*(a_mentor(f"M{n}") for n in (1, 2, 3)), *(a_mentee(f"E{n}") for n in (1, 2, 3))]
    problem = a_problem(*people)
    result = solve_here(problem)
    for number in (1, 2):
        made = {(pair.mentor, pair.mentee) for pair in result.pairs}
        taken = {name for one in result.run.by_hand for name in (one.mentor, one.mentee)}
        free = [pair for pair in _all_pairs() if taken.isdisjoint(pair)]
        wanted = next(pair for pair in free if pair not in made)
        forced = Questions(problem, result, 60.0).override(*wanted)
        problem, result = forced.problem, forced.result
        assert [c.kind for c in result.run.by_hand] == ["override"] * number
        assert verify_result(problem, result).accepted


def _all_pairs() -> list[tuple[str, str]]:
    return [(f"M{m}", f"E{e}") for m in (1, 2, 3) for e in (1, 2, 3)]


def test_an_override_that_is_not_proved_in_time_is_refused() -> None:
    """The fake solve gives the old result, as if the pin had cost nothing."""
    problem = one_better()
    result = solve_here(problem)
    answer = Questions(problem, result).why_not("M2", "E1")
    with pytest.raises(CannotBeChosenError, match="not proved in the time given"):
        override(problem, result, answer, lambda pinned: result)


def test_a_pair_that_may_not_stand_cannot_be_chosen_in_any_way() -> None:
    problem = a_problem(a_mentor("M1"), a_mentor("M2", grade="AA"), a_mentee("E1"))
    questions = Questions(problem, solve_here(problem))
    for choose in (questions.tie_choice, questions.override):
        with pytest.raises(CannotBeChosenError, match="below"):
            choose("M2", "E1")


def test_a_pin_that_may_be_dropped_gives_way_to_an_override() -> None:
    """What it takes from the pins kept stands in the record."""
    plain = a_problem(a_mentor("M1"), a_mentor("M2"), a_mentee("E1"))
    levels = (PINS_KEPT, *plain.policy.levels)
    policy = plain.policy.model_copy(update={"levels": levels, "on_conflict": "drop"})
    problem = plain.changed(policy=policy, droppable_pins=(Pair(mentor="M1", mentee="E1"),))
    forced = Questions(problem, solve_here(problem), 60.0).override("M2", "E1")
    assert forced.losses == {PINS_KEPT: 1, "mentees_matched": 0, "points": 0}
    assert verify_result(forced.problem, forced.result).accepted
