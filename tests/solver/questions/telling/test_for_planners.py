"""The sentences of every verdict and every finding, read as a planner would."""

from __future__ import annotations

import pytest

from models.domain.explanation import Change, Interval, Move, Verdict, WhyNot
from models.domain.participant import Pair
from models.domain.problem import Problem
from models.domain.result import Unmatched
from models.domain.why import Counterfactual, Ties, WeightChange
from solver.questions.asking import Questions
from solver.questions.telling.tell import Explanation, tell
from tests.builders import a_mentee, a_mentor, a_policy, a_problem
from tests.in_process import solve_here

CHANGE = Change(
    losses={"mentees_matched": 1, "points": -2000},
    moves=(
        Move(
            reference="E1",
            role="mentee",
            before=("M1",),
            after=("M2",),
            points_before=3000,
            points_after=5000,
            losses={"mentees_matched": 0, "points": -2000},
        ),
        Move(
            reference="E2",
            role="mentee",
            before=("M2",),
            after=(),
            losses={"mentees_matched": 1, "points": 0},
        ),
    ),
)


def told(explanation: Explanation) -> list[str]:
    return list(tell(explanation, "planner"))


def why_not(verdict: Verdict, because: str = "so it is", **fields: object) -> WhyNot:
    given = {"mentor": "M2", "mentee": "E1", "verdict": verdict, "because": because}
    return WhyNot.model_validate({**given, **fields})


def why(problem: Problem, mentor: str, mentee: str) -> list[str]:
    found = Questions(problem, solve_here(problem)).why(mentor, mentee)
    assert found is not None
    return told(found)


def test_a_pair_is_told_with_points_ranks_and_what_hangs_on_it() -> None:
    problem = a_problem(
        a_mentor("M1", offers=("leadership", "finance")),
        a_mentor("M2", offers=("finance",)),
        a_mentee("E1", seeks=("leadership",)),
        a_mentee("E2", seeks=("leadership", "finance")),
        policy=a_policy("grade_seniority", expertise_overlap={"weight": 40}),
    )
    assert why(problem, "M2", "E2") == [
        "M2 mentors E2: 13.32 points.",
        "13.32 of 40 points: offers 1 of 2 things sought: finance, but not leadership.",
        "It keeps the rules: Grade 7 is one grade above SEO.",
        "For E2 it is the 2nd best of 2 possible mentors; for M2 the best of 2 possible mentees.",
        (
            "Another mentor for E2 would mean at least 13.32 fewer points in the round; "
            "M1 comes closest."
        ),
        (
            "E2 did not get their best option, M1 (40 points in place of 13.32 points). M1's place "
            "is held by E1 (40 points). It would mean 13.32 fewer points in the round, and 1 other "
            "mentee would move."
        ),
    ]


def test_a_pin_and_an_only_option_are_told() -> None:
    lines = why(a_problem(a_mentor("M1"), a_mentee("E1"), pins=[("M1", "E1")]), "M1", "E1")
    assert "A planner has pinned this pair." in lines
    assert "Nobody else in this round could be E1's mentor." in lines
    assert any("only mentor possible" in line for line in lines)


@pytest.mark.parametrize(
    ("forced_by", "line"),
    [
        (
            "quota",
            "No answer at all keeps the limits without this pair: without it Tax has no pairs.",
        ),
        (
            None,
            (
                "It is one of the pairs that keep a limit: without it Tax has no pairs. "
                "Other pairs might do it too."
            ),
        ),
    ],
)
def test_a_limit_that_the_pair_keeps_is_told(forced_by: str | None, line: str) -> None:
    problem = a_problem()
    found = Questions(problem, solve_here(problem)).why("M1", "E1")
    assert found is not None
    update = {"forced_by": forced_by, "needed_for": ("Tax has no pairs",)}
    assert line in told(found.model_copy(update=update))


def test_a_margin_that_is_not_known_is_said_not_to_be() -> None:
    problem = a_problem()
    found = Questions(problem, solve_here(problem)).why("M1", "E1")
    assert found is not None
    lines = told(found.model_copy(update={"margin_known": False}))
    assert "How close E1's other options come was not worked out in the time given." in lines


def test_many_who_would_do_as_well_are_counted() -> None:
    problem = a_problem(*(a_mentor(f"M{n}") for n in range(9)), a_mentee("E1"))
    made = solve_here(problem).assignments[0]
    (line,) = (line for line in why(problem, made.mentor, "E1") if "just as well" in line)
    assert line.endswith(" or any of 3 others; the lottery decided.")


@pytest.mark.parametrize(
    ("verdict", "line"),
    [
        ("ineligible", "M2 may not mentor E1: so it is."),
        ("barred", "M2 may not mentor E1: so it is."),
        ("blocked_by_pin", "M2 cannot mentor E1: so it is."),
        ("infeasible_if_forced", "M2 cannot mentor E1: so it is."),
        ("already_matched", "so it is."),
        ("not_in_round", "so it is."),
        ("same_person", "so it is."),
        ("unknown", "So it is."),
    ],
)
def test_every_verdict_without_a_price_is_one_sentence(verdict: Verdict, line: str) -> None:
    assert told(why_not(verdict)) == [line]


def test_a_price_is_told_with_everybody_who_would_move() -> None:
    local = {"mentees_matched": 1, "points": 0}
    assert told(why_not("dominated", change=CHANGE, local_losses=local)) == [
        "M2 with E1 would mean 1 fewer mentee with a mentor and 2 more points in the round.",
        "E1 would leave M1 for M2 (3 points, then 5 points).",
        "E2 would lose M2 (0 points) and have nobody.",
        "If nobody else moved in turn it would mean 1 fewer mentee with a mentor.",
    ]


def test_a_tie_is_told_with_its_chain() -> None:
    lines = told(why_not("tied", change=CHANGE))
    assert lines[0] == "M2 and E1 would be just as good a pair; the lottery decided."
    assert len(lines) == 3


def test_what_is_not_known_is_told_with_what_is() -> None:
    interval = Interval(least={"points": 1000}, most={"points": 3000})
    assert told(why_not("unknown", interval=interval))[1:] == [
        "It would mean at least 1 fewer point.",
        "It would mean no more than 3 fewer points.",
    ]


def test_ties_of_somebody_and_that_there_are_none() -> None:
    assert told(Ties(reference="E1", role="mentee", tied=())) == [
        "Nobody else would be just as good for E1 as a mentor."
    ]
    (line,) = told(Ties(reference="E1", role="mentee", tied=(), complete=False))
    assert line.startswith("Not everybody who might be as good for E1")


PAIR = Pair(mentor="M2", mentee="E1")
UP = WeightChange(rule="shared_region", today=10, needed=12)
DOWN = WeightChange(rule="expertise_overlap", today=40, needed=38)


@pytest.mark.parametrize(
    ("found", "lines"),
    [
        (
            Counterfactual(pair=PAIR, status="found", change=UP, others=(DOWN,)),
            [
                (
                    "M2 and E1 would be paired in some best answer with a weight of 12 for shared "
                    "region in place of 10 or with a weight of 38 for expertise overlap in place "
                    "of 40."
                ),
                "No smaller change of one weight would do.",
            ],
        ),
        (
            Counterfactual(pair=PAIR, status="found"),
            ["No weight has to change: M2 and E1 are paired in some best answer already."],
        ),
        (
            Counterfactual(
                pair=PAIR,
                status="not_found",
                level="mentees_matched",
                answer=why_not("dominated", change=CHANGE),
            ),
            [
                (
                    "No weight can help M2 and E1: they would mean 1 fewer mentee with a mentor, "
                    "which counts before points."
                )
            ],
        ),
        (
            Counterfactual(pair=PAIR, status="not_found"),
            ["No change of one weight puts M2 and E1 into a best answer."],
        ),
        (
            Counterfactual(pair=PAIR, status="unknown", change=UP, ruled_out_below=2),
            [
                (
                    "Whether a change of one weight would pair M2 and E1 was not settled in the "
                    "time given."
                ),
                (
                    "This one would: a weight of 12 for shared region in place of 10. A smaller "
                    "one might do as well."
                ),
                "Changes of less than 2 are ruled out.",
            ],
        ),
    ],
)
def test_a_counterfactual_weight_is_told(found: Counterfactual, lines: list[str]) -> None:
    assert told(found) == lines


def test_who_is_left_over_and_who_got_fewer() -> None:
    left = Unmatched(reference="E1", role="mentee", reason="contention", because="so it is")
    assert told(left) == ["E1 has no mentor: so it is."]
    assert told(left.model_copy(update={"got": 1, "wanted": 3})) == [
        "E1 has 1 of 3 mentors: so it is."
    ]
