"""What the judge says of a result; that it misses no mutation is in `tests/properties`."""

from __future__ import annotations

from models.domain.issue import Issue
from models.domain.problem import Problem
from models.domain.result import Assignment, Collision, MatchResult
from solver.judge.verify import MOST_FINDINGS, NOTHING_TO_VERIFY, verify_result
from solver.report import RunFacts, report_no_answer
from tests.builders import a_mentee, a_mentor, a_policy, a_problem
from tests.in_process import solve_here
from tests.mutual_rounds import a_fractional_round


def a_round(people: int = 2) -> Problem:
    mentors = (a_mentor(f"M{n}", offers=("law",)) for n in range(people))
    return a_problem(*mentors, *(a_mentee(f"E{n}", seeks=("law",)) for n in range(people)))


def with_run(result: MatchResult, **facts: object) -> MatchResult:
    return result.model_copy(update={"run": result.run.model_copy(update=facts)})


def test_a_certified_result_comes_with_the_levels_worked_out_anew() -> None:
    problem = a_round()
    result = solve_here(problem)
    verification = verify_result(problem, result)
    assert verification.accepted
    assert verification.certified_optimal
    assert verification.levels == result.levels


def test_an_engines_word_is_accepted_and_not_called_certified() -> None:
    """The judge cannot repeat the engine's search; it says what the prices alone prove."""
    problem = a_fractional_round()
    verification = verify_result(problem, solve_here(problem))
    assert verification.accepted
    assert not verification.certified_optimal
    by_engine = [level for level in verification.levels if level.proof.startswith("engine:")]
    assert by_engine
    for level in by_engine:
        assert level.certified_bound is not None
        assert level.certified_bound > level.value == level.bound


def test_a_finding_names_the_place_and_both_values() -> None:
    problem = a_round()
    result = solve_here(problem)
    claimed = with_run(result, solve_status="feasible")
    assert verify_result(problem, claimed).findings == (
        "/run/solve_status says feasible and should say optimal",
    )


def test_every_difference_is_found_at_once() -> None:
    problem = a_round()
    result = solve_here(problem)
    one, other = result.assignments
    wrong = [one.model_copy(update={"points": 1}), other.model_copy(update={"mentor_rank": 7})]
    found = verify_result(problem, result.model_copy(update={"assignments": tuple(wrong)})).findings
    assert found == (
        "/assignments/0/points says 1 and should say 40000",
        "/assignments/1/mentor_rank says 7 and should say 1",
    )


def test_a_long_value_is_cut_short() -> None:
    problem = a_round()
    claimed = with_run(solve_here(problem), tie_salt="x" * 500)
    (finding,) = verify_result(problem, claimed).findings
    assert finding.startswith(f"/run/tie_salt says {'x' * 77}... and should say ")


def test_a_thousand_findings_are_counted_and_not_all_listed() -> None:
    problem = a_round(people=MOST_FINDINGS + 5)
    result = solve_here(problem)
    wrong = tuple(made.model_copy(update={"points": 1}) for made in result.assignments)
    findings = verify_result(problem, result.model_copy(update={"assignments": wrong})).findings
    assert len(findings) == MOST_FINDINGS + 1
    assert findings[-1] == "and 5 more"


def test_pairs_that_break_hard_rules_are_named_one_by_one() -> None:
    problem = a_problem(a_mentor("M1"), a_mentee("E1"), a_mentee("E2", grade="SCS1"))
    made = tuple(Assignment(mentor="M1", mentee=mentee, points=0) for mentee in ("E1", "E2"))
    wrong = solve_here(problem).model_copy(update={"assignments": made})
    assert verify_result(problem, wrong).findings == (
        (
            "M1 may not mentor E2 (grade_seniority): Grade 7 is two grades below SCS1, "
            "and the mentor should be at least one grade above"
        ),
        "M1 has 2 mentees and places for 1",
    )


def test_a_broken_rule_is_one_finding_however_its_sentence_runs() -> None:
    problem = a_problem(
        a_mentor("M1", regions=("Wales",)), a_mentee("E1"), policy=a_policy("travel_region")
    )
    made = (Assignment(mentor="M1", mentee="E1", points=0),)
    wrong = solve_here(problem).model_copy(update={"assignments": made})
    (finding,) = verify_result(problem, wrong).findings
    assert finding.endswith("the mentee to no region; neither accepts remote mentoring")


def test_broken_rules_beyond_the_first_hundred_are_counted() -> None:
    problem = a_problem(a_mentor("M1", grade="AA"), *(a_mentee(f"E{n:03}") for n in range(150)))
    made = tuple(Assignment(mentor="M1", mentee=f"E{n:03}", points=0) for n in range(150))
    wrong = solve_here(problem).model_copy(update={"assignments": made})
    findings = verify_result(problem, wrong).findings
    assert len(findings) == MOST_FINDINGS + 1
    assert findings[-1] == "and 51 more"


def test_levels_that_are_not_the_policys_are_named_with_those_that_are() -> None:
    problem = a_round()
    result = solve_here(problem)
    assert verify_result(problem, result.model_copy(update={"levels": ()})).findings == (
        "the result has the levels none; the policy has mentees_matched, points, lottery",
    )


def test_what_nobody_can_work_out_again_is_repeated_and_not_judged() -> None:
    """When it ran, under which name, on what, and what the intake warned of."""
    problem = a_round()
    told = with_run(
        solve_here(problem), id="a-run", seconds=12.5, versions={"pairwell": "0", "ortools": "9"}
    )
    warned = told.model_copy(
        update={"issues": (Issue(code="UNKNOWN_WORD", message="…", severity="warning"),)}
    )
    assert verify_result(problem, warned).accepted


def test_a_run_that_says_it_was_cut_short_is_no_longer_called_reproducible() -> None:
    problem = a_round()
    result = solve_here(problem)
    cut_short = {"stopped_by": "time_limit", "status": "stopped", "reproducible": False}
    assert verify_result(problem, with_run(result, **cut_short)).accepted
    by_work = {"stopped_by": "work_limit", "status": "stopped", "reproducible": False}
    assert verify_result(problem, with_run(result, **by_work)).findings == (
        "/run/reproducible says False and should say True",
    )


def test_a_result_of_another_round_is_rejected() -> None:
    problem, other = a_round(), a_round(people=3)
    assert not verify_result(other, solve_here(problem)).accepted


def test_of_a_round_without_an_answer_there_is_nothing_to_verify() -> None:
    """That no answer exists is what engines say; the judge has no proof of it to check."""
    problem = a_round()
    for conflict in (None, Collision(rules=("group_minimum",))):
        result = report_no_answer(problem, RunFacts(), conflict)
        verification = verify_result(problem, result)
        assert verification.findings == (NOTHING_TO_VERIFY,)
        assert not verification.accepted
