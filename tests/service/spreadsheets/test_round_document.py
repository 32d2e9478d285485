"""Two sheets as one round document."""

from __future__ import annotations

import csv
import io
import random

from models.reference import sample_files
from service.spreadsheets.round_document import read_spreadsheets
from service.spreadsheets.sheet import SheetFile
from tests.service.spreadsheets.sheets import a_csv, a_round, codes


def test_the_samples_columns_reach_their_fields() -> None:
    read = a_round(
        a_csv(
            "first name,last name,email address,job title,grade,organisation,profession,"
            "characteristics,biography",
            'Ann,Other,ann@example.org,Lead,G7,HMRC,Policy,"Gay, Carer",I am Ann',
        ),
        a_csv(
            "email address,grade,match with similar identity,identity to match",
            "bob@example.org,SEO,yes,Gay",
        ),
    )
    assert read.issues == ()
    assert read.document == {
        "policy": {"profile": "staff-network"},
        "participants": [
            {
                "reference": "mentor-0001",
                "job_role": "Lead",
                "grade": "G7",
                "department": "HMRC",
                "profession": "Policy",
                "characteristics": ["Gay", "Carer"],
                "mentor": {},
                "contact": {"name": "Ann Other", "email": "ann@example.org"},
            },
            {
                "reference": "mentee-0001",
                "grade": "SEO",
                "mentee": {"seeks_characteristic": "Gay"},
                "contact": {"email": "bob@example.org"},
            },
        ],
    }


def test_pairwells_own_columns_reach_their_fields() -> None:
    read = a_round(
        a_csv(
            "reference,grade,regions,remote,capacity,offers,experience,prefers,line manager",
            "HR-1,G7,Wales; London,yes,2,policy; law,Experienced,HR-2,boss@example.org",
        ),
        a_csv("reference,grade,wants,seeks", "HR-2,SEO,1,law; policy"),
    )
    mentor, mentee = read.document["participants"]
    assert mentor["mentor"] == {
        "capacity": 2,
        "offers": ["policy", "law"],
        "experience": "experienced",
        "prefers": ["HR-2"],
    }
    assert mentor["regions"] == ["Wales", "London"]
    assert mentor["remote"] is True
    assert mentor["line_manager"].startswith("outside-")
    assert mentee["mentee"] == {"wants": 1, "seeks": ["law", "policy"]}


def test_one_reference_in_both_sheets_is_one_participant() -> None:
    read = a_round(
        a_csv("reference,grade,offers", "HR-1,G7,law"),
        a_csv("reference,grade,team,seeks", "HR-1,G7,T1,policy"),
    )
    assert read.issues == ()
    assert read.document["participants"] == [
        {
            "reference": "HR-1",
            "grade": "G7",
            "team": "T1",
            "mentor": {"offers": ["law"]},
            "mentee": {"seeks": ["policy"]},
        }
    ]


def test_contact_details_of_both_sheets_are_put_together() -> None:
    read = a_round(
        a_csv("reference,grade,name", "HR-1,G7,Ann"),
        a_csv("reference,grade,email", "HR-1,G7,ann@example.org"),
    )
    (participant,) = read.document["participants"]
    assert participant["contact"] == {"name": "Ann", "email": "ann@example.org"}


def test_rows_without_their_reference_are_not_one_person() -> None:
    read = a_round(a_csv("reference,grade", ",G7"), a_csv("reference,grade", ",SEO"))
    assert [person["reference"] for person in read.document["participants"]] == ["", ""]


def test_one_reference_twice_in_a_sheet_is_left_for_intake_to_refuse() -> None:
    read = a_round(a_csv("reference,grade", "HR-1,G7", "HR-1,G7"), a_csv("grade", "SEO"))
    references = [person["reference"] for person in read.document["participants"]]
    assert references == ["HR-1", "HR-1", "mentee-0001"]


def test_facts_that_differ_between_the_sheets_are_issues() -> None:
    read = a_round(
        a_csv("reference,grade,team", "HR-1,G7,T1", name="mentors.csv"),
        a_csv("reference,grade,team", "HR-1,SEO,T1", name="mentees.csv"),
    )
    assert codes(read.issues) == ["ROWS_DISAGREE"]
    assert read.issues[0].detail == {
        "file": "mentees.csv",
        "line": 2,
        "column": "grade",
        "value": "SEO",
    }


def test_one_email_in_both_sheets_is_one_person_with_two_references() -> None:
    read = a_round(
        a_csv("email,grade", "ann@example.org,G7"), a_csv("email,grade", "ann@example.org,G7")
    )
    mentor, mentee = read.document["participants"]
    assert "person" not in mentor
    assert mentee["person"] == mentor["reference"]


def test_one_email_twice_in_a_sheet_is_an_issue() -> None:
    read = a_round(a_csv("email,grade", "a@example.org,G7", "b@example.org,G7", "A@example.org,G7"))
    assert codes(read.issues) == ["PERSON_TWICE"]
    assert read.issues[0].detail == {"file": "people.csv", "line": 4, "column": "email"}
    assert "@" not in str(read.issues), "an issue is read by more people than the sheet"


def test_the_problems_of_both_files_are_told_at_once() -> None:
    read = a_round(a_csv(""), a_csv("grade,oops", "SEO"))
    assert codes(read.issues) == ["FILE_EMPTY", "HEADING_UNKNOWN", "ROW_TOO_SHORT"]


def test_no_email_leaves_the_contact_details() -> None:
    """The large sample: e-mails stand in `contact` and nowhere else."""
    read = read_spreadsheets(*(_sample_file(side) for side in (0, 1)), {})
    assert read.issues == ()
    assert len(read.document["participants"]) == 1000
    for participant in read.document["participants"]:
        assert "@" in participant.pop("contact")["email"]
        assert "@" not in str(participant)


def test_the_order_of_rows_makes_no_difference_to_who_is_called_what() -> None:
    def called(files: list[SheetFile]) -> dict[str, str]:
        people = read_spreadsheets(files[0], files[1], {}).document["participants"]
        return {person["contact"]["email"]: person["reference"] for person in people}

    files = [_sample_file(0), _sample_file(1)]
    assert called(files) == called([_shuffled(file) for file in files])


def _sample_file(side: int) -> SheetFile:
    path = sample_files("large")[side]
    return SheetFile(path.name, path.read_bytes())


def _shuffled(file: SheetFile) -> SheetFile:
    headings, *rows = csv.reader(io.StringIO(file.content.decode(), newline=""))
    text = io.StringIO(newline="")
    csv.writer(text).writerows([headings, *random.Random(1).sample(rows, k=len(rows))])
    return SheetFile(file.name, text.getvalue().encode())
