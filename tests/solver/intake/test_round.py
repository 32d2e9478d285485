from __future__ import annotations

import json
import random
import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.domain.issue import has_errors
from models.domain.participant import Contact
from models.domain.problem import Problem, default_salt
from models.reference import civil_service
from scenarios.generate import generate_round
from solver.intake import Intake, read_document, read_round
from tests.solver.intake.documents import (
    a_document,
    a_mentee_row,
    a_mentor_row,
    issues_of,
    places,
    problem_of,
)


def test_a_sound_round_becomes_a_problem_with_the_programmes_ladder_and_key() -> None:
    problem = problem_of(a_document(name=" Autumn "))
    assert problem.name == "Autumn"
    assert problem.programme == civil_service().key
    assert problem.ladder == civil_service().ladder
    assert [p.reference for p in problem.mentors] == ["M-1"]
    assert [p.reference for p in problem.mentees] == ["E-1"]


def test_a_round_without_a_name_is_untitled() -> None:
    assert problem_of(a_document()).name == "Untitled round"
    assert problem_of(a_document(name="  ")).name == "Untitled round"


def test_a_round_that_names_no_salt_has_that_of_its_references() -> None:
    assert problem_of(a_document()).tie_salt == default_salt(["M-1", "E-1"])
    assert problem_of(a_document(tie_salt=" lots ")).tie_salt == "lots"


def test_the_order_of_rows_makes_no_difference() -> None:
    document = generate_round(60, 80, seed=3, both=20)
    references = [row["reference"] for row in document["participants"]]
    document["bars"] = [
        {"mentor": references[place], "mentee": references[-place - 1]} for place in range(30)
    ]
    document["earlier"] = {"pairs": document["bars"]}
    digest = problem_of(document).digest
    for seed in range(5):
        shuffled = random.Random(seed)
        for rows in (document["participants"], document["bars"], document["earlier"]["pairs"]):
            shuffled.shuffle(rows)
        for row in document["participants"]:
            shuffled.shuffle(row.get("regions", []))
            shuffled.shuffle(row.get("mentor", {}).get("offers", []))
        assert problem_of(document).digest == digest


def test_the_order_of_what_is_ranked_does_make_a_difference() -> None:
    one, other = (
        problem_of(a_document(a_mentee_row(mentee={"seeks": seeks})))
        for seeks in (["policy", "leadership"], ["leadership", "policy"])
    )
    assert one.digest != other.digest


def test_contact_details_stand_beside_the_problem_and_nowhere_in_it() -> None:
    canary = {"name": "Ada Canary", "email": "ada@canary.gov.uk", "address": "1 Canary Wharf"}
    document = a_document(a_mentor_row(contact=canary), a_mentee_row(contact={}))
    intake = read_round(document, civil_service())
    assert intake.contacts == {"M-1": Contact(**canary)}
    assert intake.problem is not None
    assert "canary" not in intake.problem.model_dump_json().casefold()
    assert "canary" not in repr(intake).casefold()


def test_a_refused_round_leaves_no_contact_details_and_shows_none() -> None:
    canary = {"name": "Ada Canary", "email": "ada@canary.gov.uk", "phone": "Canary 1234"}
    document = a_document(a_mentor_row(contact=canary), name=5)
    intake = read_round(document, civil_service())
    assert intake.problem is None
    assert intake.contacts == {}
    assert "canary" not in intake.model_dump_json().casefold()


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        (None, [("WRONG_TYPE", "")]),
        ([], [("WRONG_TYPE", "")]),
        ({}, [("MISSING_FIELD", "/participants")]),
        ({"participants": []}, [("NO_PARTICIPANTS", "/participants")]),
        ({"participants": {}}, [("WRONG_TYPE", "/participants")]),
        ({"participants": None}, [("WRONG_TYPE", "/participants")]),
        ({"participants": [None]}, [("WRONG_TYPE", "/participants/0")]),
    ],
)
def test_a_round_without_participants_is_refused(
    document: object, expected: list[tuple[str, str]]
) -> None:
    assert places(issues_of(document)) == expected


def test_thirty_faults_are_reported_in_one_answer() -> None:
    """None of them hides another, though many stand in one participant or one policy."""
    document = {
        "name": 5,
        "colour": "red",
        "policy": {
            "rules": {"grade_seniorty": {}, "preferred_grade_gap": {"valuess": {}}},
            "weights": {"profession_match": 101, "line_management": 4, "shared_regin": 4},
            "off": ["mentor_capacity", "nothing"],
            "levels": ["poits"],
            "fairness": {"mode": "fairest"},
            "on_conflict": "forgive",
        },
        "participants": [
            a_mentor_row("HR-1", grade="Grade 77", regions=["Wals"], mentor={"capacity": -1}),
            a_mentor_row("HR-1", email="x", mentee={"wants": 10**12, "tier": 9}),
            {"reference": "HR-3", "grade": "SEO"},
            {"grade": 7, "mentee": {"seeks": "policy"}},
            a_mentee_row("HR-5", remote="no", characteristics=["Carer"]),
            a_mentee_row("ada@dept.gov.uk"),
            "HR-7",
            a_mentor_row("HR-8", grade="AA"),
        ],
        "pins": [
            {"mentor": "HR-8", "mentee": "HR-99"},
            {"mentor": "HR-8", "mentee": "HR-8"},
            {"mentor": "HR-8"},
        ],
        "bars": [{"mentor": "HR-98", "mentee": "HR-8"}],
        "earlier": {"pairs": [{"mentor": "A", "mentee": "B"}, {"mentor": "A", "mentee": "B"}]},
    }
    issues = issues_of(document)
    assert places(issues) == [
        ("BAR_UNKNOWN_PERSON", "/bars/0/mentor"),
        ("UNKNOWN_FIELD", "/colour"),
        ("EARLIER_DUPLICATE", "/earlier/pairs/1"),
        ("WRONG_TYPE", "/name"),
        ("UNKNOWN_GRADE", "/participants/0/grade"),
        ("OUT_OF_RANGE", "/participants/0/mentor/capacity"),
        ("UNKNOWN_REGION", "/participants/0/regions/0"),
        ("UNKNOWN_FIELD", "/participants/1/email"),
        ("OUT_OF_RANGE", "/participants/1/mentee/tier"),
        ("OUT_OF_RANGE", "/participants/1/mentee/wants"),
        ("DUPLICATE_REFERENCE", "/participants/1/reference"),
        ("NO_SECTION", "/participants/2"),
        ("WRONG_TYPE", "/participants/3/grade"),
        ("WRONG_TYPE", "/participants/3/mentee/seeks"),
        ("MISSING_FIELD", "/participants/3/reference"),
        ("SPECIAL_CATEGORY_NOT_ALLOWED", "/participants/4/characteristics"),
        ("WRONG_TYPE", "/participants/4/remote"),
        ("REFERENCE_IS_EMAIL", "/participants/5/reference"),
        ("WRONG_TYPE", "/participants/6"),
        ("PIN_UNKNOWN_PERSON", "/pins/0/mentee"),
        ("PIN_SELF", "/pins/1"),
        ("MISSING_FIELD", "/pins/2/mentee"),
        ("UNKNOWN_FAIRNESS", "/policy/fairness/mode"),
        ("LEVELS_AND_FAIRNESS", "/policy/levels"),
        ("UNKNOWN_LEVEL", "/policy/levels/0"),
        ("CANNOT_SWITCH_OFF", "/policy/off/0"),
        ("UNKNOWN_RULE", "/policy/off/1"),
        ("UNKNOWN_VALUE", "/policy/on_conflict"),
        ("UNKNOWN_RULE", "/policy/rules/grade_seniorty"),
        ("INVALID_SETTING", "/policy/rules/preferred_grade_gap/valuess"),
        ("INVALID_WEIGHT", "/policy/weights/line_management"),
        ("INVALID_WEIGHT", "/policy/weights/profession_match"),
        ("UNKNOWN_RULE", "/policy/weights/shared_regin"),
    ]
    assert all(issue.message for issue in issues)


def test_issues_beyond_a_thousand_are_counted() -> None:
    rows = [a_mentee_row(f"E-{number}", grade="Grade 9") for number in range(1500)]
    issues = issues_of(a_document(*rows))
    assert len(issues) == 1001
    assert (issues[-1].code, issues[-1].message) == ("MORE_ISSUES", "and 500 more")


@pytest.mark.parametrize("field", ["participants", "pins", "earlier"])
def test_a_million_faults_are_given_up_without_delay(field: str) -> None:
    """Each fault takes some microseconds, and nobody reads more than the first of them."""
    faults: list[object] = [{}] * 1_000_000
    value = {"pairs": faults} if field == "earlier" else faults
    began = time.process_time()
    issues = issues_of(a_document() | {field: value})
    assert time.process_time() - began < 10, "about 0.5 s where it was written"
    assert issues[-1].message.startswith("and at least ")


def test_seven_thousand_people_are_read_in_a_second() -> None:
    data = json.dumps(generate_round(3000, 4000, seed=1)).encode()
    began = time.process_time()
    document, _ = read_document(data)
    assert read_round(document, civil_service()).problem is not None
    assert time.process_time() - began < 2.5, "about 0.4 s where it was written"


SCALARS = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(), max_size=9)
)
WORDS = st.sampled_from(
    ["A", "B", "C", "G7", "SEO", "Wales", "leadership", "grade_seniority", "profession_match"]
)
JSON = st.recursive(
    SCALARS | WORDS,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(WORDS | st.text(max_size=4), inner, max_size=4)
    ),
    max_leaves=12,
)


def mostly(sound: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """A sound value, or now and then any value whatsoever."""
    return st.integers(0, 30).flatmap(lambda dice: sound if dice else JSON)


def objects(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """An object that mostly has these fields."""
    return mostly(st.fixed_dictionaries({}, optional={k: mostly(v) for k, v in fields.items()}))


REFERENCES = st.sampled_from(["A", "B", "C", "D"])
RULES = st.sampled_from(["grade_seniority", "profession_match", "travel_region", "pinned_pairs"])
PAIRS = st.lists(
    mostly(st.fixed_dictionaries({"mentor": REFERENCES, "mentee": REFERENCES})), max_size=2
)
ROUNDS = objects(
    name=st.text(max_size=5),
    policy=objects(
        profile=st.sampled_from(["civil-service", "staff-network"]),
        rules=st.dictionaries(RULES, objects(min_gap=st.integers(0, 2)), max_size=1),
        weights=st.dictionaries(RULES, mostly(st.integers(0, 100)), max_size=1),
        off=st.lists(RULES, max_size=1),
        levels=st.lists(st.sampled_from(["points", "mentees_matched", "lottery"]), max_size=3),
        fairness=objects(mode=st.sampled_from(["total", "floor"]), floor=objects(points=JSON)),
    ),
    participants=st.lists(
        st.fixed_dictionaries(
            {
                "reference": mostly(REFERENCES),
                "grade": mostly(st.sampled_from(["G7", "SEO"])),
                "mentor": objects(capacity=st.integers(0, 3), offers=st.lists(WORDS)),
            },
            optional={
                "mentee": objects(wants=st.integers(0, 3), seeks=st.lists(WORDS)),
                "regions": mostly(st.lists(st.just("Wales"))),
                "contact": JSON,
            },
        ),
        min_size=1,
        max_size=4,
        unique_by=lambda row: repr(row["reference"]),
    ),
    pins=PAIRS,
    bars=PAIRS,
    earlier=objects(pairs=PAIRS),
    tie_salt=st.text(max_size=3),
)


@settings(max_examples=400, deadline=None)
@given(JSON | ROUNDS)
def test_any_json_is_a_problem_or_at_least_one_error_in_a_place(document: object) -> None:
    intake = read_round(document, civil_service())
    assert (intake.problem is None) == has_errors(intake.issues)
    for issue in intake.issues:
        assert _leads_somewhere(issue.pointer, document)
        issue.model_dump_json().encode()
    if intake.problem is not None:
        _survives_its_own_json(intake)


def _survives_its_own_json(intake: Intake) -> None:
    assert intake.problem is not None
    again = Problem.model_validate_json(intake.problem.model_dump_json())
    assert again.digest == intake.problem.digest


def _leads_somewhere(pointer: str, document: object) -> bool:
    """Whether all but the last part of a JSON pointer is in the document.

    The last part may be missing from it: that is what the issue says then.
    """
    if not pointer:
        return True
    assert pointer.startswith("/")
    *parents, _ = (p.replace("~1", "/").replace("~0", "~") for p in pointer.split("/")[1:])
    for part in parents:
        document = document[int(part)] if isinstance(document, list) else document[part]
    return isinstance(document, dict | list)
