from __future__ import annotations

import time

import pytest

from models.domain.incumbent import Incumbent
from models.domain.issue import Issue
from models.domain.problem import Problem
from models.domain.progress import Progress
from models.domain.result import MatchResult
from solver.fairness.max_floor import MaxFloor
from solver.interruption import Interruption
from solver.judge.audit import AuditRejectedError
from solver.judge.verify import verify_result
from solver.limits import Limits
from solver.modes import under_mode
from solver.price_of_fairness import find_price
from solver.search.process import SolverProcess
from solver.solve import solve_matching
from tests.builders import a_mentee, a_mentor, a_problem
from tests.in_process import SearchesHere, solve_here
from tests.mutual_rounds import a_mutual_round
from tests.rounds_without_answer import a_round_without_an_answer
from tests.stub_child import HANGS, a_child


def a_round() -> Problem:
    """Three mentors of unlike offers, and five mentees of whom the best pairs are contended."""
    words = ("law", "data", "policy")
    mentors = (a_mentor(f"M{n}", offers=words[: n + 1]) for n in range(3))
    mentees = (a_mentee(f"E{n}", seeks=(words[n % 3], words[0])) for n in range(5))
    return a_problem(*mentors, *mentees)


def without_run(result: MatchResult) -> MatchResult:
    return result.model_copy(update={"run": None})


def test_a_round_is_solved_to_a_proven_optimum() -> None:
    result = solve_matching(a_round())
    assert result.run.status == "solved"
    assert result.run.solve_status == "optimal"
    assert result.run.stopped_by is None
    assert result.run.reproducible
    assert result.run.seconds > 0
    assert set(result.run.versions) == {"ortools", "pairwell"}
    assert all(level.proof == "certified" for level in result.levels)
    assert verify_result(a_round(), result).certified_optimal


def test_the_child_gives_what_a_search_in_this_process_gives() -> None:
    assert without_run(solve_matching(a_round())) == without_run(solve_here(a_round()))


def test_a_process_that_was_started_beforehand_is_used() -> None:
    with SolverProcess() as process:
        result = solve_matching(a_round(), process=process)
    assert without_run(result) == without_run(solve_here(a_round()))


def test_progress_begins_with_an_answer_and_ends_with_checking() -> None:
    told: list[Progress] = []
    solve_matching(a_round(), on_progress=told.append)
    *searching, checking = told
    assert checking.stage == "checking"
    assert {progress.stage for progress in searching} == {"searching"}
    assert searching[0].level == "mentees_matched"
    assert all(progress.gap is not None and progress.gap >= 0 for progress in searching)
    assert searching[-1].gap == 0
    elapsed = [progress.elapsed for progress in told]
    assert elapsed == sorted(elapsed)


def test_the_intakes_warnings_are_repeated_in_the_result() -> None:
    warning = Issue(code="UNKNOWN_WORD", message="No mentor offers this.", severity="warning")
    assert solve_matching(a_round(), issues=(warning,)).issues == (warning,)


@pytest.mark.parametrize(
    ("child", "reason"),
    [
        (HANGS, "hung"),
        ("os.kill(os.getpid(), 9)", "killed"),
        ("os.abort()", "aborted"),
        ("sys.exit(0)", "not_started"),
        ("raise MemoryError", "out_of_memory"),
        ("print('{', end='')", "truncated_output"),
    ],
)
def test_a_valid_answer_comes_back_however_the_child_ends(child: str, reason: str) -> None:
    """Its value, a true bound and the gap come with it, and what ended the search."""
    problem = a_round()
    result = solve_matching(problem, Limits(seconds=0.1), process=a_child(child))
    assert result.run.status == "stopped"
    assert result.run.stopped_by == reason
    assert not result.run.reproducible
    assert result.run.solve_status == "feasible"
    assert len(result.assignments) == 3
    assert verify_result(problem, result).accepted
    best = {level.name: level.value for level in solve_here(problem).levels}
    assert all(level.value <= level.bound for level in result.levels)
    assert result.levels[0].bound >= best["mentees_matched"]


def test_a_solve_that_is_asked_to_stop_gives_the_best_so_far() -> None:
    problem, interruption = a_round(), Interruption()
    interruption.ask()
    result = solve_matching(
        problem, Limits(seconds=600), process=a_child(HANGS), interruption=interruption
    )
    assert (result.run.status, result.run.stopped_by) == ("stopped", "requested")
    assert not result.run.reproducible
    assert verify_result(problem, result).accepted


def test_what_a_lost_solve_had_told_is_where_the_next_one_begins() -> None:
    """Its search dies at once, and the result is the optimum all the same, proof and all."""
    problem, told = a_round(), list[Incumbent]()
    whole = solve_matching(problem, on_incumbent=told.append)
    assert told[-1].values == tuple(level.value for level in whole.levels)
    again = solve_matching(
        problem, Limits(seconds=600), process=a_child("os.abort()"), known=told[-1]
    )
    assert again.assignments == whole.assignments
    assert again.levels == whole.levels
    assert verify_result(problem, again).accepted


def test_a_known_answer_that_is_wrong_is_never_published() -> None:
    problem, told = a_round(), list[Incumbent]()
    solve_matching(problem, on_incumbent=told.append)
    pairs = tuple((0, place) for place in range(3))
    wrong = told[-1].model_copy(update={"pairs": pairs})
    with pytest.raises(AuditRejectedError):
        solve_matching(problem, Limits(seconds=600), process=a_child("os.abort()"), known=wrong)


def test_what_a_listener_raises_ends_the_solve_and_its_child() -> None:
    class Enough(Exception):  # noqa: N818
        pass

    def refuse(progress: Progress) -> None:
        raise Enough

    child = a_child(HANGS)
    with pytest.raises(Enough):
        solve_matching(a_round(), Limits(seconds=0.1), refuse, child)
    assert child._child.returncode is not None


def test_what_a_dead_child_had_told_is_kept() -> None:
    """The optimum of the first level was told, proof and all, before the child was killed."""
    problem = a_round()
    killed_on_the_way = """
from solver.search import child
class Teller(child.Teller):
    def tell(self, level, answer):
        super().tell(level, answer)
        if answer.levels[0].solved:
            os.kill(os.getpid(), 9)
child.Teller = Teller
child.main()
"""
    result = solve_matching(problem, process=a_child(killed_on_the_way))
    assert result.run.stopped_by == "killed"
    assert [level.proof for level in result.levels] == ["certified", "", ""]
    assert verify_result(problem, result).accepted


def test_an_answer_that_the_audit_rejects_is_never_returned() -> None:
    problem = a_problem(a_mentor("M1"), a_mentee("E1"), a_mentee("E2"))
    lying = """
from solver.search import child
class Teller(child.Teller):
    def write(self, message):
        twice = {"pairs": [(0, 0), (0, 1)]} if message.kind == "found" else {}
        super().write(message.model_copy(update=twice))
child.Teller = Teller
child.main()
"""
    with pytest.raises(AuditRejectedError, match="M1 has 2 mentees and places for 1"):
        solve_matching(problem, process=a_child(lying))


def test_a_time_limit_is_kept_on_a_round_that_needs_longer() -> None:
    """Whatever the machine manages by then, the answer comes in time, valid, with its gap."""
    problem = a_mutual_round(1, people=60)
    started = time.monotonic()
    result = solve_matching(problem, Limits(seconds=0.05))
    assert time.monotonic() - started < 30
    assert verify_result(problem, result).accepted
    assert all(level.value <= level.bound for level in result.levels)
    proved = all(level.proved for level in result.levels)
    assert (result.run.solve_status == "optimal") is proved
    assert proved or result.run.stopped_by in ("time_limit", "hung")


@pytest.mark.parametrize("people", [(), (a_mentor(),), (a_mentee(),), (a_mentor(capacity=0),)])
def test_a_round_in_which_nobody_can_be_paired_is_solved(people: tuple) -> None:
    problem = a_problem(a_mentor("M9", grade="AA"), *people)
    result = solve_matching(problem)
    assert result.run.solve_status == "optimal"
    assert not result.assignments
    assert verify_result(problem, result).certified_optimal


def test_a_round_without_an_answer_is_a_result_with_a_conflict() -> None:
    told: list[Progress] = []
    result = solve_matching(a_round_without_an_answer(), on_progress=told.append)
    assert (result.run.status, result.run.solve_status) == ("solved", "infeasible")
    assert result.conflict is not None
    assert result.conflict.rules == ("coverage_floor", "group_minimum")
    assert (result.levels, result.assignments) == ((), ())
    assert result.run.seconds > 0
    assert told[-1].stage == "checking"


def test_a_search_that_dies_on_a_round_that_greedy_cannot_answer_leaves_it_unknown() -> None:
    problem = a_round_without_an_answer()
    result = solve_matching(problem, process=a_child("sys.exit(1)"))
    assert (result.run.status, result.run.solve_status) == ("stopped", "unknown")
    assert result.conflict is None


def a_fair_round() -> Problem:
    """M1 and E1 are worth most to each other, but then E2 would be worth nothing to M2."""
    problem = a_problem(
        a_mentor("M1", offers=("law", "data", "policy")),
        a_mentor("M2", offers=("policy",)),
        a_mentee("E1", seeks=("law", "data", "policy")),
        a_mentee("E2", seeks=("law", "drafting")),
    )
    return problem.changed(policy=under_mode(problem.policy, MaxFloor()))


@pytest.mark.slow
def test_a_level_that_is_searched_for_takes_several_processes_and_gives_the_same_answer() -> None:
    """With its price, which a search in this process would add as well; and it can be verified."""
    problem, told = a_fair_round(), list[Progress]()
    with SolverProcess() as process:
        result = solve_matching(problem, on_progress=told.append, process=process)
    here = solve_here(problem)
    price = find_price(problem, here, SearchesHere())
    assert without_run(result) == without_run(here.model_copy(update={"price_of_fairness": price}))
    assert verify_result(problem, result).certified_optimal
    assert "worst_points" in {progress.level for progress in told}
    assert [progress.stage for progress in told[-2:]] == ["checking", "comparing"]


def test_a_time_limit_that_is_over_at_once_leaves_a_valid_answer_and_no_price() -> None:
    problem = a_fair_round()
    started = time.monotonic()
    result = solve_matching(problem, Limits(seconds=0.05))
    assert time.monotonic() - started < 30
    assert verify_result(problem, result).accepted
    assert result.run.solve_status == "feasible"
    assert result.run.stopped_by in ("time_limit", "hung")
    assert result.price_of_fairness == ()


def test_a_fair_round_without_an_answer_is_a_result_with_a_conflict() -> None:
    problem = a_round_without_an_answer()
    fair = problem.changed(policy=under_mode(problem.policy, MaxFloor()))
    result = solve_matching(fair)
    assert result.run.solve_status == "infeasible"
    assert result.conflict is not None
    assert result.price_of_fairness == ()
