from __future__ import annotations

from scenarios.changes.capacity import Capacity
from scenarios.changes.edit_person import EditPerson
from scenarios.changes.pin import Pin
from scenarios.changes.remove_person import RemovePerson
from scenarios.changes.rule_on import RuleOn
from tests.scenarios.what_ifs import CountedSolves, a_what_if


def test_the_same_question_is_answered_once() -> None:
    solves = CountedSolves()
    what_if = a_what_if(solves=solves)
    first = what_if.ask([Capacity(mentor="M1", capacity=2)])
    again = what_if.ask([Capacity(mentor="M1", capacity=3), Capacity(mentor="M1", capacity=2)])
    assert first.result is again.result
    assert len(solves.digests) == 1
    assert first.scenario.digest != again.scenario.digest


def test_the_round_itself_is_not_solved_again() -> None:
    solves = CountedSolves()
    answer = a_what_if(solves=solves).ask([Capacity(mentor="M1", capacity=1)])
    assert solves.digests == []
    assert answer.comparison is not None
    assert answer.comparison.people == ()


def test_a_scenario_has_its_own_certificate() -> None:
    answer = a_what_if().ask([Capacity(mentor="M1", capacity=2)])
    assert answer.result is not None
    assert answer.scenario.problem is not None
    assert answer.result.run.problem_digest == answer.scenario.problem.digest
    assert [level.proof for level in answer.result.levels] == ["certified"] * 3


def test_changes_that_cannot_be_made_have_no_result() -> None:
    answer = a_what_if().ask([RemovePerson(reference="X1")])
    assert (answer.result, answer.comparison) == (None, None)
    assert answer.scenario.issues


def test_a_changed_round_without_an_answer_says_what_collides() -> None:
    """The only place that is left is pinned, and a department insists on it."""
    answer = a_what_if().ask(
        [
            EditPerson(reference="E2", fields={"department": "DfE"}),
            Capacity(mentor="M2", capacity=0),
            Pin(mentor="M1", mentee="E1"),
            RuleOn(rule="department_quota", settings={"mentees": {"DfE": {"least": 1}}}),
        ]
    )
    assert answer.result is not None
    assert answer.result.run.solve_status == "infeasible"
    assert answer.result.conflict is not None
    assert "department_quota" in answer.result.conflict.rules
    assert answer.comparison is not None
    assert {one.outcome for one in answer.comparison.people if one.role == "mentee"} == {
        "unmatched"
    }
