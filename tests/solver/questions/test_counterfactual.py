"""What is said of weights where one helps, where none can, and where the time runs out."""

from __future__ import annotations

from models.domain.problem import Problem
from models.domain.why import Counterfactual, WeightChange
from solver.questions.asking import Questions
from solver.questions.counterfactual import Counterfactuals
from tests.builders import a_mentee, a_mentor, a_policy, a_problem
from tests.in_process import solve_here


def asked(problem: Problem, mentor: str, mentee: str, seconds: float = 60.0) -> Counterfactual:
    return Questions(problem, solve_here(problem), seconds).counterfactual(mentor, mentee)


def law_or_home() -> Problem:
    """M1 offers what E1 seeks; M2 lives where E1 does."""
    return a_problem(
        a_mentor("M1", offers=("law",)),
        a_mentor("M2", home_region="Wales"),
        a_mentee("E1", seeks=("law",), home_region="Wales"),
        policy=a_policy(expertise_overlap={"weight": 5}, shared_region={"weight": 3}),
    )


def test_every_smallest_change_is_named_and_was_solved() -> None:
    """Two less for what is sought, or two more for the region: either makes the two equal."""
    found = asked(law_or_home(), "M2", "E1")
    assert found.status == "found"
    assert found.change == WeightChange(rule="expertise_overlap", today=5, needed=3)
    assert found.others == (WeightChange(rule="shared_region", today=3, needed=5),)
    assert found.answer is not None
    assert found.answer.verdict == "tied"


def test_a_pair_that_stands_in_some_best_answer_needs_no_change() -> None:
    problem = a_problem(a_mentor("M1"), a_mentor("M2"), a_mentee("E1"))
    for mentor in ("M1", "M2"):
        found = asked(problem, mentor, "E1")
        assert (found.status, found.change, found.solves) == ("found", None, 0)


def test_a_pair_that_costs_somebody_their_only_mentor_cannot_be_helped() -> None:
    problem = a_problem(
        a_mentor("M1", regions=("Wales",)),
        a_mentor("M2", regions=("Wales", "London")),
        a_mentee("E1", regions=("Wales",)),
        a_mentee("E2", regions=("London",)),
        policy=a_policy("travel_region", expertise_overlap={"weight": 5}),
    )
    found = asked(problem, "M2", "E1")
    assert (found.status, found.level, found.solves) == ("not_found", "mentees_matched", 0)


def test_a_pair_that_is_not_eligible_cannot_be_helped() -> None:
    problem = a_problem(a_mentor("M1"), a_mentor("M2", grade="AA"), a_mentee("E1"))
    assert asked(problem, "M2", "E1").status == "not_found"


def test_a_pair_below_the_floor_may_be_lifted_above_it() -> None:
    """The pair is worth the region's weight alone, and the floor asks for four."""
    problem = a_problem(
        a_mentor("M1", home_region="Wales"),
        a_mentee("E1", home_region="Wales"),
        policy=a_policy(shared_region={"weight": 3}, quality_floor={"points": 4000}),
    )
    found = asked(problem, "M1", "E1")
    assert found.status == "found"
    assert WeightChange(rule="shared_region", today=3, needed=4) in (found.change, *found.others)


def test_a_weight_may_have_to_go_altogether() -> None:
    """M2 has nothing that E1 seeks and is like M1 in all else."""
    problem = a_problem(
        a_mentor("M1", offers=("law",)),
        a_mentor("M2"),
        a_mentee("E1", seeks=("law",)),
        policy=a_policy(expertise_overlap={"weight": 1}),
    )
    found = asked(problem, "M2", "E1")
    assert found.change == WeightChange(rule="expertise_overlap", today=1, needed=0)


def test_a_pair_that_is_worse_in_two_ways_is_helped_by_no_one_weight() -> None:
    problem = a_problem(
        a_mentor("M1", offers=("law",), home_region="Wales"),
        a_mentor("M2"),
        a_mentee("E1", seeks=("law",), home_region="Wales"),
        policy=a_policy(expertise_overlap={"weight": 1}, shared_region={"weight": 1}),
    )
    found = asked(problem, "M2", "E1")
    assert (found.status, found.change, found.level) == ("not_found", None, None)
    assert found.solves > 0


def test_without_points_among_the_levels_no_weight_counts() -> None:
    problem = a_problem(
        a_mentor("M1"), a_mentee("E1"), a_mentee("E2"), policy=a_policy(levels=("mentees_matched",))
    )
    made = solve_here(problem).pairs[0].mentee
    other = {"E1": "E2", "E2": "E1"}[made]
    assert asked(problem, "M1", other).status == "found", "the two are tied"


def test_a_solve_that_proves_nothing_leaves_it_unknown() -> None:
    problem = law_or_home()
    result = solve_here(problem)
    cut_short = result.model_copy(
        update={"run": result.run.model_copy(update={"solve_status": "feasible"})}
    )
    found = Counterfactuals(
        problem,
        result,
        lambda other: cut_short,
        lambda other, given: Questions(other, given).why_not("M2", "E1"),
        lambda: False,
    ).find("M2", "E1")
    assert (found.status, found.change, found.solves) == ("unknown", None, 0)


def test_without_time_nothing_is_claimed() -> None:
    found = asked(law_or_home(), "M2", "E1", seconds=-1.0)
    assert (found.status, found.change) == ("unknown", None)
