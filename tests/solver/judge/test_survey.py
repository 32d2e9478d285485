"""Ranks, options and the choice of voice; `tests/properties/test_two_judges.py` does the rest."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from models.domain.certificate import Prices
from models.domain.participant import Pair
from models.domain.problem import Problem
from solver.judge import survey as surveys
from solver.judge.bound import Priced
from solver.judge.facts import candidate_pairs
from solver.judge.survey import Question, Survey, array_survey, plain_survey, survey
from solver.levels import LEVELS
from solver.rulebook import choose_rules
from solver.scoring.screen import Screen
from tests.builders import a_mentee, a_mentor, a_policy, a_problem


def a_round() -> Problem:
    """E1's options are worth 9,000, 6,000, 6,000 and nothing; E2 has one."""
    return a_problem(
        a_mentor("M1", capacity=2, offers=("a", "b")),
        a_mentor("M2", offers=("a",)),
        a_mentor("M3", offers=("a",)),
        a_mentor("M4"),
        a_mentor("M5", grade="AA"),
        a_mentee("E1", wants=3, seeks=("a", "b")),
        a_mentee("E2", grade="Grade 6", seeks=("a",)),
        policy=a_policy(grade_seniority={"min_gap": -1}, expertise_overlap={"weight": 9}),
    )


def asked(problem: Problem, *made: tuple[str, str, int]) -> Question:
    return Question(
        problem,
        choose_rules(problem.policy),
        pairs=[Pair(mentor=mentor, mentee=mentee) for mentor, mentee, _ in made],
        points=[points for *_, points in made],
    )


def both(question: Question) -> Sequence[Survey]:
    problem, rules = question.problem, question.rules
    return (
        plain_survey(question, candidate_pairs(problem, rules)),
        array_survey(question, Screen(problem, rules)),
    )


def test_a_rank_counts_the_better_options_and_equals_share_the_best() -> None:
    question = asked(
        a_round(),
        ("M1", "E1", 9_000),
        ("M1", "E2", 9_000),
        ("M2", "E1", 5_994),
        ("M3", "E1", 5_994),
    )
    for seen in both(question):
        assert seen.mentee_ranks == (1, 1, 2, 2)
        assert seen.mentor_ranks == (1, 1, 2, 2)


def test_the_same_persons_second_and_third_pair_have_ranks_of_their_own() -> None:
    question = asked(a_round(), ("M4", "E1", 0), ("M2", "E1", 5_994), ("M1", "E1", 9_000))
    for seen in both(question):
        assert seen.mentee_ranks == (4, 2, 1)


def test_options_are_counted_and_those_without_any_left_out() -> None:
    for seen in both(asked(a_round())):
        assert seen.mentee_options == {"E1": 4, "E2": 4}
        assert seen.mentor_options == {"M1": 2, "M2": 2, "M3": 2, "M4": 2}
        assert seen.mentee_ranks == seen.mentor_ranks == ()


def test_small_rounds_are_surveyed_in_plain_python_and_large_ones_over_arrays(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    question = asked(a_round())
    assert survey(question).method == "plain"
    monkeypatch.setattr(surveys, "PLAIN_UP_TO", 8)
    assert survey(question).method == "plain"
    monkeypatch.setattr(surveys, "PLAIN_UP_TO", 7)
    assert survey(question).method == "arrays"


def test_a_screen_at_hand_is_used_however_small_the_round() -> None:
    question = asked(a_round())
    assert survey(question, Screen(question.problem, question.rules)).method == "arrays"


def test_options_are_those_of_people_with_room_for_more() -> None:
    for seen in both(asked(a_round(), ("M1", "E2", 9_000), ("M4", "E1", 0))):
        assert seen.mentee_options == {"E1": 4}
        assert seen.mentor_options == {"M1": 2, "M2": 2, "M3": 2}


@pytest.mark.parametrize(
    ("rule", "settings", "prices"),
    [
        # A pair that does not cross counts -50: the price lifts it by 50,000.
        ("share_limit", {"cross_region_percent": 50}, {"cross_region": 1_000}),
        # A pair is in the groups of both its people.
        ("total_commitments", {"most": 2}, {"E1": -15_000, "M1": -15_000}),
        # And counts as often as the minimum in its own.
        ("group_minimum", {"minimum": 3}, {'["M1","E1"]': -11_000}),
    ],
)
def test_a_pair_that_only_a_limits_price_lifts_is_counted_by_the_arrays_too(
    rule: str, settings: dict[str, int], prices: dict[str, int]
) -> None:
    """Left out, it would make the bound too low, and a wrong optimum certified."""
    problem = a_problem(a_mentor("M1"), a_mentee("E1"), policy=a_policy(**{rule: settings}))
    rules = choose_rules(problem.policy)
    dear = Prices(mentees={"E1": 20_000}, limits={rule: prices})
    values = dict.fromkeys(problem.policy.levels, 0)
    priced = [Priced(problem, rules, LEVELS["points"], dear)]
    lifted, plain = both(Question(problem, rules, [], [], priced, values))
    assert lifted.bounds == plain.bounds
    (reduced,) = (priced[0].reduced(*pair) for pair in candidate_pairs(problem, rules))
    assert reduced > 0
