from __future__ import annotations

from typing import Any

import pytest

from models.domain.issue import Issue
from models.domain.submission import ParticipantSubmission, RoundSubmission
from solver.intake.issue_log import IssueLog
from solver.intake.schema import validated

STAND_INS = {"reference": "?", "grade": "?", "mentor": {}, "mentee": {}}


def read(**fields: Any) -> tuple[ParticipantSubmission | None, tuple[Issue, ...]]:
    log = IssueLog()
    raw = {"reference": "HR-1", "grade": "SEO"} | fields
    found = validated(ParticipantSubmission, raw, ("participants", 3), log, STAND_INS)
    return found, log.issues()


def test_a_sound_value_has_no_issues() -> None:
    found, issues = read(regions=["Wales"], mentor={"capacity": 0})
    assert issues == ()
    assert found is not None
    assert found.mentor is not None
    assert found.mentor.capacity == 0


@pytest.mark.parametrize(
    ("fields", "code", "place"),
    [
        ({"grade": 7}, "WRONG_TYPE", "/grade"),
        ({"grade": None}, "WRONG_TYPE", "/grade"),
        ({"remote": "yes"}, "WRONG_TYPE", "/remote"),
        ({"remote": 1}, "WRONG_TYPE", "/remote"),
        ({"regions": "Wales"}, "WRONG_TYPE", "/regions"),
        ({"regions": ["Wales", 5]}, "WRONG_TYPE", "/regions/1"),
        ({"mentor": []}, "WRONG_TYPE", "/mentor"),
        ({"mentor": {"capacity": "2"}}, "WRONG_TYPE", "/mentor/capacity"),
        ({"mentor": {"capacity": 2.5}}, "WRONG_TYPE", "/mentor/capacity"),
        ({"mentor": {"capacity": True}}, "WRONG_TYPE", "/mentor/capacity"),
        ({"mentor": {"capacity": float("nan")}}, "WRONG_TYPE", "/mentor/capacity"),
        ({"mentor": {"capacity": -1}}, "OUT_OF_RANGE", "/mentor/capacity"),
        ({"mentor": {"capacity": 10**12}}, "OUT_OF_RANGE", "/mentor/capacity"),
        ({"mentor": {"capacity": 10**400}}, "OUT_OF_RANGE", "/mentor/capacity"),
        ({"mentee": {"wants": 1001}}, "OUT_OF_RANGE", "/mentee/wants"),
        ({"mentee": {"tier": 4}}, "OUT_OF_RANGE", "/mentee/tier"),
        ({"mentee": {"tier": True}}, "WRONG_TYPE", "/mentee/tier"),
        ({"mentee": {"experience": "much"}}, "UNKNOWN_VALUE", "/mentee/experience"),
        ({"mentee": {"seeks": ["x"] * 1001}}, "WRONG_LENGTH", "/mentee/seeks"),
        ({"reference": "  "}, "WRONG_LENGTH", "/reference"),
        ({"reference": "x" * 201}, "WRONG_LENGTH", "/reference"),
        ({"department": "x" * 501}, "WRONG_LENGTH", "/department"),
        ({"reference": "HR\x001"}, "INVISIBLE_CHARACTER", "/reference"),
        ({"reference": "HR\u200b1"}, "INVISIBLE_CHARACTER", "/reference"),
        ({"team": "\u202eT1"}, "INVISIBLE_CHARACTER", "/team"),
        ({"team": "\ud800"}, "INVISIBLE_CHARACTER", "/team"),
        ({"gradee": "SEO"}, "UNKNOWN_FIELD", "/gradee"),
        ({"mentor": {"capactiy": 1}}, "UNKNOWN_FIELD", "/mentor/capactiy"),
    ],
)
def test_each_fault_has_its_code_and_its_place(
    fields: dict[str, Any], code: str, place: str
) -> None:
    _, (issue,) = read(**fields)
    assert issue.code == code
    assert issue.pointer == f"/participants/3{place}"
    assert issue.severity == "error"


def test_a_missing_field_is_named() -> None:
    log = IssueLog()
    validated(ParticipantSubmission, {}, (), log, STAND_INS)
    assert [(i.code, i.pointer, i.message) for i in log.issues()] == [
        ("MISSING_FIELD", "/grade", "`grade` is missing"),
        ("MISSING_FIELD", "/reference", "`reference` is missing"),
    ]


def test_the_message_names_the_field_what_it_should_be_and_the_value() -> None:
    _, (issue,) = read(mentor={"capacity": -1})
    assert issue.message == "`capacity` should be greater than or equal to 0, not -1"
    assert issue.detail == {"value": -1}
    _, (issue,) = read(regions=[5])
    assert issue.message == "an entry of `regions` should be a valid string, not 5"


def test_what_is_sound_is_read_around_every_fault() -> None:
    found, issues = read(
        reference=None,
        mentor={"capacity": -1, "offers": ["policy"], "colour": "red"},
        mentee="yes",
        regions=["Wales", 5, "London"],
        team=9,
    )
    assert len(issues) == 6
    assert found is not None
    assert found.reference == "?"
    assert found.grade == "SEO"
    assert found.mentor is not None
    assert found.mentor.capacity is None
    assert found.mentor.offers == ["policy"]
    assert found.mentee is not None
    assert found.regions == ["Wales", "", "London"]
    assert found.team is None


@pytest.mark.parametrize("raw", [None, 5, "HR-1", ["HR-1"], True])
def test_what_is_no_object_is_one_fault(raw: object) -> None:
    log = IssueLog()
    assert validated(RoundSubmission, raw, (), log) is None
    (issue,) = log.issues()
    assert (issue.code, issue.pointer) == ("WRONG_TYPE", "")
    assert issue.message.startswith("the round should be an object")


def test_a_field_may_be_called_what_the_library_calls_a_key_at_fault() -> None:
    found, (issue,) = read(**{"[key]": None})
    assert found is not None
    assert (issue.code, issue.pointer) == ("UNKNOWN_FIELD", "/participants/3/[key]")


def test_a_field_name_that_has_no_utf8_form_is_an_issue_and_no_traceback() -> None:
    found, issues = read(**{"\ud800": 1})
    assert found is None
    assert [issue.code for issue in issues] == ["INVISIBLE_CHARACTER"]


@pytest.mark.parametrize(
    "fields",
    [
        {"contact": {"name": ["Ada Canary"]}},
        {"contact": "Ada Canary"},
        {"characteristics": "Ada Canary"},
        {"mentee": {"seeks_characteristic": ["Ada Canary"]}},
        {"email": "Ada Canary"},
    ],
)
def test_no_issue_shows_personal_data(fields: dict[str, Any]) -> None:
    _, (issue,) = read(**fields)
    assert "Canary" not in issue.model_dump_json()


def test_very_many_faults_in_one_object_take_no_quadratic_time() -> None:
    """With a copy for each fault this would take minutes."""
    found, issues = read(**{f"x{number}": 1 for number in range(50_000)}, regions=[5] * 900)
    assert found is not None
    assert issues[-1].detail == {"count": 49_900}
