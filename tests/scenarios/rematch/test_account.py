"""Every earlier pair is told, with the reason where it cannot stand."""

from __future__ import annotations

from scenarios.rematch.modes import MinDisruption
from scenarios.rematch.words import gone_line, rematch_lines
from tests.scenarios.rematch.rounds import a_rematching, changes


def test_each_pair_that_cannot_stand_has_its_reason() -> None:
    given = changes(
        {"change": "remove_person", "reference": "M1"},
        {"change": "edit_person", "reference": "E2", "fields": {"mentee": {"wants": 0}}},
        {"change": "bar", "mentor": "M3", "mentee": "E3"},
    )
    rematch = a_rematching().ask(MinDisruption(), given).rematch
    assert rematch is not None
    assert [gone.reason for gone in rematch.unavoidable] == ["left", "takes_no_part", "ineligible"]
    assert [gone_line(gone) for gone in rematch.unavoidable[:2]] == [
        "M1 with E1 cannot stand: M1 is no longer in the round",
        "M2 with E2 cannot stand: E2 wants no mentor this time",
    ]
    assert [check.rule for check in rematch.unavoidable[2].checks] == ["barred_pairs"]
    assert (rematch.kept, rematch.broken) == ((), ())


def test_who_had_somebody_and_has_nobody_is_told() -> None:
    """M2 goes, M1 has no second place any more, and M3 has the only other one."""
    given = changes(
        {"change": "remove_person", "reference": "M2"},
        {"change": "capacity", "mentor": "M1", "capacity": 1},
    )
    rematch = a_rematching().ask(MinDisruption(), given).rematch
    assert rematch is not None
    assert [(alone.reference, alone.role) for alone in rematch.unmatched_now] == [("E2", "mentee")]
    assert list(rematch_lines(rematch)) == [
        "Of 3 earlier pairs: 2 kept, 0 broken, 1 that cannot stand.",
        "New pairs: 0.",
        "Had somebody and has nobody now: mentee E2.",
    ]


def test_a_human_who_comes_back_under_another_reference_still_has_the_pair() -> None:
    back = {"reference": "M9", "person": "M1", "grade": "Grade 7", "remote": True, "mentor": {}}
    given = changes(
        {"change": "remove_person", "reference": "M1"},
        {"change": "add_person", "participant": back},
    )
    rematch = a_rematching().ask(MinDisruption(), given).rematch
    assert rematch is not None
    assert rematch.unavoidable == ()
    assert ("M9", "E1") in {(pair.mentor, pair.mentee) for pair in rematch.kept}
