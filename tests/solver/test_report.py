from __future__ import annotations

import pytest

from models.domain.base import digest_of
from models.domain.certificate import Prices
from models.domain.issue import Issue
from models.domain.participant import Pair
from models.domain.problem import Problem
from models.domain.result import Collision, Conflict, LoadCost, MatchResult
from solver.groundwork import Groundwork
from solver.judge.audit import AuditRejectedError
from solver.judge.bound import UnusablePricesError
from solver.judge.claims import Claim
from solver.report import RunFacts, report, report_no_answer
from solver.rulebook import choose_rules
from tests.builders import a_mentee, a_mentor, a_policy, a_problem


def a_round() -> Problem:
    """One mentor of one place for two mentees, and no points."""
    return a_problem(
        a_mentor("M1"), a_mentee("E1"), a_mentee("E2", wants=2), a_mentor("M2", grade="AA")
    )


def claims(
    problem: Problem, engine: str | None = None, **prices: dict[str, dict[str, int]]
) -> list[Claim]:
    """A claim for each level, with the prices given for some."""
    return [
        Claim(name=name, prices=Prices(**prices.get(name, {})), engine=engine)
        for name in problem.policy.levels
    ]


def reported(
    problem: Problem, *made: tuple[str, str], of: list[Claim] | None = None, **facts: str
) -> MatchResult:
    pairs = [Pair(mentor=mentor, mentee=mentee) for mentor, mentee in made]
    rules = choose_rules(problem.policy)
    return report(problem, rules, pairs, of or claims(problem), RunFacts(**facts))


def test_a_level_whose_bound_meets_its_value_is_certified() -> None:
    """E1 and E2 each bring 1 - 1, and M1's one place the 1 that they are both priced at."""
    problem = a_round()
    tight = {"mentors": {"M1": 1}, "mentees": {"E1": -1, "E2": -1}}
    result = reported(problem, ("M1", "E1"), of=claims(problem, mentees_matched=tight))
    level = result.levels[0]
    assert (level.value, level.bound, level.proved, level.proof) == (1, 1, True, "certified")


def test_a_level_that_its_prices_leave_open_is_not_proved() -> None:
    level = reported(a_round(), ("M1", "E1")).levels[0]
    assert (level.value, level.bound, level.proved, level.proof) == (1, 2, False, "")
    assert level.certified_bound is None


def test_an_engine_that_closed_the_gap_is_named_beside_what_the_prices_prove() -> None:
    problem = a_round()
    level = reported(problem, ("M1", "E1"), of=claims(problem, engine="cp-sat")).levels[0]
    assert (level.value, level.bound, level.proved) == (1, 1, True)
    assert (level.proof, level.certified_bound) == ("engine:cp-sat", 2)


def test_an_engine_is_not_named_where_the_prices_prove_all() -> None:
    problem = a_problem()
    level = reported(problem, ("M1", "E1"), of=claims(problem, engine="cp-sat")).levels[0]
    assert (level.proof, level.certified_bound) == ("certified", None)


def test_a_result_is_optimal_when_every_level_is_proved_either_way() -> None:
    problem = a_round()
    by_engine = reported(problem, ("M1", "E1"), of=claims(problem, engine="cp-sat"))
    assert (by_engine.run.solve_status, by_engine.run.tie_rule) == ("optimal", "lottery")
    open_still = reported(problem, ("M1", "E1"))
    assert (open_still.run.solve_status, open_still.run.tie_rule) == ("feasible", "deterministic")


@pytest.mark.parametrize(
    ("stopped_by", "status", "reproducible"),
    [
        (None, "solved", True),
        ("work_limit", "stopped", True),
        ("time_limit", "stopped", False),
        ("killed", "stopped", False),
    ],
)
def test_what_ended_the_run_says_its_status_and_whether_it_would_end_so_again(
    stopped_by: str | None, status: str, reproducible: bool
) -> None:
    run = reported(a_problem(), stopped_by=stopped_by).run
    assert (run.status, run.reproducible) == (status, reproducible)


def test_pairs_are_listed_by_mentor_and_mentee_in_whatever_order_they_come() -> None:
    people = (a_mentor("M2"), a_mentor("M1", capacity=2), *(a_mentee(f"E{n}") for n in (1, 2, 3)))
    made = [("M2", "E1"), ("M1", "E3"), ("M1", "E2")]
    problem = a_problem(*people)
    first, *others = (
        reported(problem, *order) for order in (made, made[::-1], [made[1], made[2], made[0]])
    )
    listed = [(one.mentor, one.mentee) for one in first.assignments]
    assert listed == [("M1", "E2"), ("M1", "E3"), ("M2", "E1")]
    assert all(other == first for other in others)


def test_those_with_nobody_are_unmatched_and_those_with_too_few_are_short() -> None:
    result = reported(a_round(), ("M1", "E2"))
    assert [(one.role, one.reference) for one in result.unmatched] == [
        ("mentee", "E1"),
        ("mentor", "M2"),
    ]
    assert [(one.reference, one.got, one.wanted) for one in result.short] == [("E2", 1, 2)]


def test_loads_that_cost_something_are_listed() -> None:
    problem = a_problem(
        a_mentor("M1", capacity=3),
        a_mentor("M2"),
        *(a_mentee(f"E{n}") for n in range(4)),
        policy=a_policy(balanced_load={"weight": 2}),
    )
    result = reported(problem, ("M1", "E0"), ("M1", "E1"), ("M1", "E2"), ("M2", "E3"))
    assert result.load_costs == (LoadCost(mentor="M1", load=3, cost=200 + 400),)
    assert result.levels[1].value == -600


def test_the_certificate_is_bound_to_problem_pairs_and_levels() -> None:
    problem = a_problem()
    certificate = reported(problem, ("M1", "E1")).certificate
    assert certificate.verified
    assert [level.name for level in certificate.levels] == list(problem.policy.levels)
    assert certificate.digest == digest_of(
        {
            "problem": problem.digest,
            "pairs": [["M1", "E1"]],
            "levels": [level.model_dump(mode="json") for level in certificate.levels],
        }
    )


def test_facts_and_issues_are_repeated() -> None:
    problem = a_problem()
    issue = Issue(code="UNKNOWN_WORD", message="…", severity="warning")
    facts = RunFacts(id="7", seconds=1.5, versions={"pairwell": "0"})
    result = report(problem, choose_rules(problem.policy), [], claims(problem), facts, [issue])
    assert (result.run.id, result.run.seconds, result.run.versions) == ("7", 1.5, {"pairwell": "0"})
    assert result.issues == (issue,)
    assert (result.run.tie_salt, result.run.problem_digest) == (problem.tie_salt, problem.digest)


def test_groundwork_at_hand_gives_the_same_report() -> None:
    problem = a_round()
    rules = choose_rules(problem.policy)
    pairs = [Pair(mentor="M1", mentee="E1")]
    found = report(problem, rules, pairs, claims(problem), RunFacts())
    groundwork = Groundwork(problem, rules)
    groundwork.expect(pairs)
    assert groundwork.advance()
    assert not groundwork.advance()
    assert report(problem, rules, pairs, claims(problem), RunFacts(), (), groundwork) == found


def test_pairs_that_break_a_rule_are_never_reported() -> None:
    with pytest.raises(AuditRejectedError):
        reported(a_round(), ("M1", "E1"), ("M1", "E2"))


def test_prices_that_prove_nothing_are_never_reported() -> None:
    problem = a_problem()
    wrong = claims(problem, points={"mentors": {"X9": 1}})
    with pytest.raises(UnusablePricesError):
        reported(problem, of=wrong)


def test_a_round_without_any_answer_is_infeasible_and_says_which_rules() -> None:
    problem = a_round()
    issue = Issue(code="ROUND_EMPTY", severity="warning", message="a warning")
    result = report_no_answer(
        problem, RunFacts(id="7"), Collision(rules=("coverage_floor", "group_minimum")), [issue]
    )
    assert (result.run.solve_status, result.run.status) == ("infeasible", "solved")
    assert (result.levels, result.assignments, result.unmatched) == ((), (), ())
    assert result.conflict == Conflict(
        rules=("coverage_floor", "group_minimum"),
        because="no pairs can keep all of these together: "
        "the rules coverage floor and group minimum",
    )
    assert result.issues == (issue,)
    assert (result.run.problem_digest, result.run.reproducible) == (problem.digest, True)


def test_a_rule_that_cannot_be_kept_at_all_is_a_conflict_by_itself() -> None:
    result = report_no_answer(a_round(), RunFacts(), Collision(rules=("department_quota",)))
    assert result.conflict is not None
    assert result.conflict.because == "no pairs at all can keep the rule department quota"


def test_where_no_answer_was_found_in_time_nothing_is_said_of_the_round() -> None:
    result = report_no_answer(a_round(), RunFacts(stopped_by="time_limit"))
    assert (result.run.solve_status, result.run.status) == ("unknown", "stopped")
    assert result.conflict is None
    assert not result.run.reproducible
