from __future__ import annotations

from solver.judge.facts import PairFacts, candidate_pairs, failures, points_of, refusals
from solver.rulebook import choose_rules
from tests.builders import a_mentee, a_mentor, a_policy, a_problem

MENTOR = a_mentor("M1", grade="SEO", offers=("law",), regions=("Wales",))
MENTEE = a_mentee("E1", grade="SEO", seeks=("law",), regions=("London",))
POLICY = a_policy(
    "travel_region",
    grade_seniority={"min_gap": 1},
    quality_floor={"points": 50_000},
    expertise_overlap={"weight": 40},
    profession_match={"weight": 7},
)


def test_points_are_the_sum_of_weight_times_value() -> None:
    problem = a_problem(MENTOR, MENTEE, policy=POLICY)
    assert points_of(problem, choose_rules(POLICY), MENTOR, MENTEE) == 40_000


def test_every_failing_rule_refuses_with_its_sentence() -> None:
    problem = a_problem(MENTOR, MENTEE, policy=POLICY)
    grades, travel, floor = refusals(problem, choose_rules(POLICY), MENTOR, MENTEE)
    assert grades == (
        "grade_seniority",
        "both are at SEO, and the mentor should be at least one grade above",
    )
    assert travel[0] == "travel_region"
    assert travel[1].startswith("the mentor would travel to Wales, the mentee to London")
    assert floor == ("quality_floor", "only 40 points, below the floor of 50 points")


def test_a_pair_that_no_rule_refuses_has_no_refusals() -> None:
    problem = a_problem()
    rules = choose_rules(problem.policy)
    assert refusals(problem, rules, problem.mentors[0], problem.mentees[0]) == []


def test_candidates_are_the_pairs_that_nothing_refuses_with_their_points() -> None:
    mentors = (a_mentor("M1", offers=("law",)), a_mentor("M2", grade="AA"), a_mentor("M3"))
    mentees = (a_mentee("E1", seeks=("law",)), a_mentee("E2"))
    policy = a_policy(
        "grade_seniority", quality_floor={"points": 1}, expertise_overlap={"weight": 2}
    )
    problem = a_problem(*mentors, *mentees, policy=policy)
    found = [
        (m.reference, e.reference, p) for m, e, p in candidate_pairs(problem, choose_rules(policy))
    ]
    assert found == [("M1", "E1", 2_000)]


def test_facts_of_a_pair_are_asked_once() -> None:
    """And are what the voices say."""
    problem = a_problem(MENTOR, MENTEE, policy=POLICY)
    rules = choose_rules(POLICY)
    facts = PairFacts(problem, rules)
    found = facts.of(MENTOR, MENTEE)
    assert found == (40_000, tuple(refusals(problem, rules, MENTOR, MENTEE)))
    assert facts.of(MENTOR, MENTEE) is found


def test_a_rule_is_waived_for_pins_alone() -> None:
    policy = POLICY.model_copy(update={"waivable": ("grade_seniority", "quality_floor")})
    unpinned = a_problem(MENTOR, MENTEE, policy=policy)
    pinned = a_problem(MENTOR, MENTEE, policy=policy, pins=[("M1", "E1")])
    rules = choose_rules(policy)
    assert len(refusals(unpinned, rules, MENTOR, MENTEE)) == 3
    (travel,) = refusals(pinned, rules, MENTOR, MENTEE)
    assert travel[0] == "travel_region"
    assert len(failures(pinned, rules, MENTOR, MENTEE)) == 3
    assert list(candidate_pairs(pinned, rules)) == []


def test_a_pin_for_which_all_that_it_fails_is_waived_is_a_candidate() -> None:
    waivable = ("grade_seniority", "quality_floor", "travel_region")
    policy = POLICY.model_copy(update={"waivable": waivable})
    problem = a_problem(MENTOR, MENTEE, policy=policy, pins=[("M1", "E1")])
    assert [points for _, _, points in candidate_pairs(problem, choose_rules(policy))] == [40_000]
