"""What participants are told, and what is kept from them."""

from __future__ import annotations

import pytest

from models.domain.explanation import Verdict, WhyNot
from models.domain.participant import Pair
from models.domain.problem import Problem
from models.domain.result import Role, Unmatched
from models.domain.why import Counterfactual, Ties
from solver.questions.asking import Questions
from solver.questions.telling.for_participants import NOT_POSSIBLE
from solver.questions.telling.tell import tell
from tests.builders import a_mentee, a_mentor, a_policy, a_problem
from tests.in_process import solve_here


def paired(problem: Problem, mentor: str, mentee: str, reader: Role = "mentee") -> list[str]:
    why = Questions(problem, solve_here(problem)).why(mentor, mentee)
    assert why is not None
    return list(tell(why, "participant", "digest", reader))


def some_mentors(count: int) -> Problem:
    return a_problem(
        *(a_mentor(f"M{n}", offers=("law",) if n == 0 else ()) for n in range(count)),
        a_mentee("E1", seeks=("law", "tax")),
        policy=a_policy(
            expertise_overlap={"weight": 3}, shared_region={"weight": 1}, stated_preferences={}
        ),
    )


def test_a_pair_is_told_in_steps_and_by_what_may_be_named() -> None:
    assert paired(some_mentors(12), "M0", "E1") == [
        "Your match counts as fair.",
        "What counted for it: the expertise sought and offered.",
        "Under this round's rules there were 12 mentors for you.",
    ]


def test_small_counts_are_kept_back_on_either_side() -> None:
    for reader, others in (("mentee", "mentors"), ("mentor", "mentees")):
        lines = paired(some_mentors(9), "M0", "E1", reader)
        assert lines[-1] == f"Under this round's rules there were fewer than 10 {others} for you."


def test_a_shared_characteristic_and_a_wish_are_never_named() -> None:
    problem = a_problem(
        a_mentor("M1", characteristics=("carer",), home_region="Wales", prefers=("E1",)),
        a_mentee("E1", seeks_characteristic="carer", home_region="Wales", prefers=("M1",)),
        policy=a_policy(
            shared_characteristic={"weight": 6},
            shared_region={"weight": 6},
            stated_preferences={"weight": 6},
        ),
    )
    assert paired(problem, "M1", "E1")[0] == "Your match counts as very strong."
    assert not any("What counted" in line for line in paired(problem, "M1", "E1"))


def test_without_any_points_to_have_a_match_is_a_possible_one() -> None:
    lines = paired(a_problem(policy=a_policy()), "M1", "E1")
    assert lines[0] == "Your match counts as possible."


REFUSALS: tuple[Verdict, ...] = (
    "not_in_round",
    "same_person",
    "ineligible",
    "barred",
    "blocked_by_pin",
    "infeasible_if_forced",
    "unknown",
)


@pytest.mark.parametrize("verdict", REFUSALS)
def test_a_bar_reads_like_every_other_refusal(verdict: Verdict) -> None:
    answer = WhyNot(mentor="M1", mentee="E1", verdict=verdict, because="E1 avoids M1")
    assert tell(answer, "participant") == (NOT_POSSIBLE,)


def test_who_is_left_over_is_told_so_and_no_more_than_is_listed() -> None:
    left = Unmatched(reference="E1", role="mentee", reason="contention", because="M1 and M2")
    assert tell(left, "participant") == (
        "You have no mentor in this round.",
        "Under this round's rules there were people for you, and too few places.",
    )
    odd = left.model_copy(update={"reason": "something_new", "got": 1})
    assert tell(odd, "participant") == (
        "You have fewer partners in this round than you asked for.",
    )


def test_ties_and_weights_are_not_for_participants() -> None:
    pair = Pair(mentor="M1", mentee="E1")
    assert tell(Ties(reference="E1", role="mentee", tied=()), "participant") == ()
    assert tell(Counterfactual(pair=pair, status="found"), "participant") == ()
