"""A round matched again: what is asked once is solved once, and the comparison is a fair one."""

from __future__ import annotations

from scenarios.rematch.modes import Freeze, MinDisruption, Priced
from scenarios.rematch.rematching import Rematching
from tests.in_process import solved_or_not
from tests.scenarios.rematch.rounds import STOOD, a_base, a_live_document, a_rematching, changes
from tests.scenarios.what_ifs import CountedSolves


def test_the_comparison_leaves_out_what_the_mode_pays() -> None:
    """At 41 points a pair nothing moves, and so nobody gains or loses anything."""
    answer = a_rematching().ask(Priced(price=41))
    assert answer.rematch is not None
    assert answer.comparison is not None
    assert (answer.comparison.people, answer.comparison.new) == ((), ())
    assert {level.difference for level in answer.comparison.levels} == {0}
    before = next(level.before for level in answer.comparison.levels if level.name == "points")
    assert answer.rematch.points == before


def test_the_result_has_a_certificate_of_the_round_that_was_solved() -> None:
    answer = a_rematching().ask(MinDisruption())
    assert answer.result is not None
    assert answer.scenario.problem is not None
    assert answer.result.run.problem_digest == answer.scenario.problem.digest
    assert [level.name for level in answer.result.levels] == [
        *("mentees_matched", "kept", "points", "lottery")
    ]
    assert {level.proof for level in answer.result.levels} == {"certified"}


def test_the_same_question_is_solved_once() -> None:
    base, solves = a_base(a_live_document()), CountedSolves()
    rematching = Rematching(base, solved_or_not(base.problem), solves)
    first, again = (rematching.ask(Freeze()) for _ in range(2))
    assert first.result is again.result
    assert len(solves.digests) == 1


def test_changes_that_cannot_be_made_are_told_and_nothing_is_solved() -> None:
    answer = a_rematching().ask(Freeze(), changes({"change": "remove_person", "reference": "X"}))
    assert (answer.result, answer.rematch, answer.comparison) == (None, None, None)
    assert [issue.code for issue in answer.scenario.issues] == ["CHANGE_UNKNOWN_PERSON"]


def test_a_round_without_an_answer_says_what_collides() -> None:
    quota = {"change": "rule_on", "rule": "department_quota"}
    given = changes(
        {"change": "edit_person", "reference": "E1", "fields": {"department": "DfE"}},
        {"change": "pin", "mentor": "M1", "mentee": "E2"},
        {"change": "capacity", "mentor": "M1", "capacity": 1},
        {"change": "pin", "mentor": "M2", "mentee": "E3"},
        {"change": "capacity", "mentor": "M3", "capacity": 0},
        {**quota, "settings": {"mentees": {"DfE": {"least": 1}}}},
    )
    answer = a_rematching().ask(MinDisruption(), given)
    assert answer.rematch is None
    assert answer.result is not None
    assert answer.result.conflict is not None
    assert "department_quota" in answer.result.conflict.rules


def test_the_small_round_stands_as_it_was_pinned() -> None:
    """Without what stands the round would be matched otherwise: else the modes decided nothing."""
    best = solved_or_not(a_base(a_live_document()).problem)
    assert {(pair.mentor, pair.mentee) for pair in best.pairs} != set(STOOD)
