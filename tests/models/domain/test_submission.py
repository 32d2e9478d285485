from __future__ import annotations

from models.domain.submission import RoundSubmission

EXAMPLE = {
    "name": "Autumn 2026",
    "policy": {
        "profile": "civil-service",
        "weights": {"expertise_overlap": 60},
        "rules": {"grade_seniority": {"min_gap": 1, "max_gap": 4}, "different_department": {}},
        "off": ["line_management"],
        "levels": ["mentees_matched", "points"],
    },
    "participants": [
        {
            "reference": "HR-001",
            "person": "P-9",
            "grade": "Grade 7",
            "department": "HMRC",
            "profession": "Policy",
            "job_role": "Team leader",
            "team": "T1",
            "line_manager": "HR-100",
            "regions": ["Wales", "London"],
            "home_region": "Wales",
            "remote": False,
            "mentor": {
                "capacity": 2,
                "offers": ["leadership", "policy"],
                "experience": "experienced",
                "prefers": [],
                "avoids": [],
            },
            "mentee": {
                "wants": 1,
                "seeks": ["commercial", "leadership"],
                "experience": "none",
                "prefers": [],
                "avoids": [],
                "seeks_characteristic": None,
            },
            "characteristics": [],
            "previous_pairs": ["HR-090"],
            "contact": {"name": "A Name", "email": "a@b.example", "address": "1 Street"},
        }
    ],
    "pins": [{"mentor": "HR-001", "mentee": "HR-002"}],
    "bars": [],
}


def test_the_contracts_example_has_every_field_and_no_other() -> None:
    submission = RoundSubmission.model_validate(EXAMPLE)
    assert submission.model_dump(exclude_unset=True) == EXAMPLE


def test_only_participants_a_reference_and_a_grade_are_needed() -> None:
    submission = RoundSubmission.model_validate(
        {"participants": [{"reference": "A", "grade": "SEO"}]}
    )
    (person,) = submission.participants
    assert submission.name == "Untitled round"
    assert submission.policy.profile == "civil-service"
    assert submission.policy.on_conflict == "reject"
    assert (person.mentor, person.mentee, person.contact) == (None, None, None)
    assert person.remote is False


def test_text_is_taken_without_outer_white_space() -> None:
    submission = RoundSubmission.model_validate(
        {"participants": [{"reference": " A\n", "grade": "\tSEO ", "regions": [" Wales "]}]}
    )
    (person,) = submission.participants
    assert (person.reference, person.grade, person.regions) == ("A", "SEO", ["Wales"])


def test_a_rounds_name_may_hold_joined_emoji() -> None:
    """Their joiner is invisible, which is refused where texts are compared."""
    rainbow = "\U0001f3f3\ufe0f\u200d\U0001f308 network"
    assert RoundSubmission.model_validate({"name": rainbow, "participants": []}).name == rainbow
