from __future__ import annotations

from models.domain.participant import MenteeSection, MentorSection, Participant
from tests.solver.intake.documents import a_document, a_mentee_row, a_mentor_row, problem_of


def test_every_word_has_its_canonical_spelling_and_every_list_its_order() -> None:
    problem = problem_of(
        a_document(
            {
                "reference": " HR-1 ",
                "person": "P-9",
                "grade": "g7",
                "department": "hm revenue & customs",
                "profession": "DDAT",
                "job_role": " Team leader ",
                "team": "T1",
                "line_manager": "HR-100",
                "regions": ["wales", "LONDON", "Cymru"],
                "home_region": "greater london",
                "remote": True,
                "mentor": {
                    "capacity": 2,
                    "offers": ["Policy Making", "leadership", "policy"],
                    "experience": "experienced",
                    "prefers": ["Z", "A", "Z"],
                    "avoids": ["Z", "A", "Z"],
                },
                "mentee": {
                    "wants": 0,
                    "seeks": ["leading people", "commercial", "Leadership"],
                    "prefers": ["Y", "B"],
                    "tier": 1,
                },
                "previous_pairs": ["HR-90", "HR-80", "HR-90"],
            }
        )
    )
    assert problem.participants == (
        Participant(
            reference="HR-1",
            person="P-9",
            grade="Grade 7",
            department="HMRC",
            profession="Digital and Data",
            job_role="Team leader",
            team="T1",
            line_manager="HR-100",
            regions=("London", "Wales"),
            home_region="London",
            remote=True,
            mentor=MentorSection(
                capacity=2,
                offers=("leadership", "policy"),
                experience="experienced",
                prefers=("Z", "A"),
                avoids=("A", "Z"),
            ),
            mentee=MenteeSection(
                wants=0, seeks=("leadership", "commercial"), prefers=("Y", "B"), tier=1
            ),
            previous_pairs=("HR-80", "HR-90"),
        ),
    )


def test_what_is_not_said_has_the_contracts_default() -> None:
    problem = problem_of(a_document({"reference": "A", "grade": "SEO", "mentor": {}, "mentee": {}}))
    assert problem.participants == (
        Participant(
            reference="A",
            person="A",
            grade="SEO",
            mentor=MentorSection(capacity=1),
            mentee=MenteeSection(wants=1),
        ),
    )


def test_the_profile_says_how_many_partners_somebody_has_who_does_not() -> None:
    problem = problem_of(
        a_document(
            a_mentor_row("A"),
            a_mentor_row("B", mentor={"capacity": 0}),
            a_mentee_row("C"),
            policy={"profile": "staff-network"},
        )
    )
    people = problem.by_reference
    assert people["A"].mentoring.capacity == 3
    assert people["B"].mentoring.capacity == 0
    assert people["C"].learning.wants == 3


def test_a_blank_text_is_one_that_was_not_given() -> None:
    """Two people without a department must not seem to share one."""
    problem = problem_of(
        a_document(
            a_mentor_row(
                "A",
                person=" ",
                department=" ",
                profession="",
                team="\t",
                line_manager="",
                home_region="",
                regions=["", "Wales"],
                mentor={"offers": ["", " "], "avoids": [""]},
            )
        )
    )
    assert problem.by_reference["A"] == Participant(
        reference="A",
        person="A",
        grade="Grade 6",
        regions=("Wales",),
        mentor=MentorSection(capacity=1),
    )


def test_unlisted_departments_are_compared_without_regard_to_case() -> None:
    problem = problem_of(
        a_document(
            a_mentor_row("A", department="department of joy"),
            a_mentee_row("B", department="Department of Joy"),
        )
    )
    assert {p.department for p in problem.participants} == {"Department of Joy"}


def test_teams_and_characteristics_are_compared_as_given() -> None:
    people = problem_of(
        a_document(
            a_mentor_row("A", team="t1", characteristics=["carer", "Carer"]),
            a_mentee_row("B", team="T1"),
            policy={"profile": "staff-network"},
        )
    ).by_reference
    assert people["A"].team != people["B"].team
    assert people["A"].characteristics == ("Carer", "carer")
