"""References for people whose sheet has none."""

from __future__ import annotations

import random

from service.spreadsheets.csv_text import read_csv
from service.spreadsheets.mapping import built_in_mappings
from service.spreadsheets.references import Naming
from service.spreadsheets.sheet import SheetFile, Side
from service.spreadsheets.table import Table, read_table
from tests.service.spreadsheets.sheets import a_csv


def a_table(file: SheetFile, side: Side = "mentor") -> Table:
    sheet, _ = read_csv(file)
    assert sheet is not None
    return read_table(sheet, side, built_in_mappings()["pairwell"])[0]


def references(lines: list[str], heading: str = "email,grade") -> dict[str, str]:
    table = a_table(a_csv(heading, *lines))
    naming = Naming([table])
    return {"|".join(row.texts.values()): naming.reference(table, row) for row in table.rows}


def test_people_are_numbered_by_a_salted_hash_whatever_the_order_of_rows() -> None:
    lines = [f"p{n}@example.org,SEO" for n in range(20)]
    shuffled = random.Random(1).sample(lines, k=len(lines))
    assert references(lines) == references(shuffled)
    assert sorted(references(lines).values()) == [f"mentor-{n:04}" for n in range(1, 21)]


def test_without_an_email_the_whole_row_counts_whatever_the_order_of_columns() -> None:
    first = references(["SEO,A,", "HEO,B,"], "grade,department,email")
    second = references(["B,,HEO", "A,,SEO"], "department,email,grade")
    assert set(first.values()) == {"mentor-0001", "mentor-0002"}
    assert first["SEO|A|"] == second["A||SEO"]


def test_a_reference_column_is_taken_as_it_is() -> None:
    assert references(["HR-1,SEO"], "reference,grade") == {"HR-1|SEO": "HR-1"}


def test_one_email_in_both_sheets_is_one_person_called_by_the_first_reference() -> None:
    mentors = a_table(a_csv("email,grade", "Ann@example.org,G7"))
    mentees = a_table(a_csv("email,grade", "ann@EXAMPLE.org,SEO"), "mentee")
    naming = Naming([mentors, mentees])
    assert naming.person(mentors, mentors.rows[0]) == "mentor-0001"
    assert naming.person(mentees, mentees.rows[0]) == "mentor-0001"


def test_an_email_in_a_list_of_people_becomes_references() -> None:
    mentors = a_table(a_csv("email,grade", "ann@example.org,G7"))
    naming = Naming([mentors])
    assert naming.references_of("ANN@example.org") == ["mentor-0001"]
    assert naming.references_of("HR-7") == ["HR-7"]


def test_an_email_of_nobody_becomes_the_same_pseudonym_everywhere() -> None:
    naming = Naming([a_table(a_csv("email,grade", "ann@example.org,G7"))])
    (pseudonym,) = naming.references_of("bob@example.org")
    assert "bob" not in pseudonym
    assert naming.references_of("Bob@example.org") == [pseudonym]
