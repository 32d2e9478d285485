"""Results as rows."""

from __future__ import annotations

from models.domain.participant import Contact, DroppedPin
from models.domain.result import Check, Unmatched, WaivedPin
from service.spreadsheets.result_rows import (
    LEFT_HEADINGS,
    PAIR_HEADINGS,
    PIN_HEADINGS,
    everybody_left,
    left_row,
    name_cells,
    pair_row,
    pin_rows,
)
from tests.service.spreadsheets.sheets import a_result

NOBODY = Unmatched(reference="E2", role="mentee", reason="contention", because="all taken")
TOO_FEW = Unmatched(
    reference="E1", role="mentee", reason="contention", because="few", got=1, wanted=2
)


def test_every_heading_has_its_cell() -> None:
    (pair,) = a_result().assignments
    assert len(pair_row(pair)) == len(PAIR_HEADINGS)
    row = dict(zip(LEFT_HEADINGS, left_row(TOO_FEW), strict=True))
    assert (row["got"], row["wanted"]) == (1, 2)


def test_those_with_nobody_come_before_those_with_too_few() -> None:
    assert everybody_left(a_result(unmatched=[NOBODY], short=[TOO_FEW])) == (NOBODY, TOO_FEW)


def test_somebody_without_contact_details_has_empty_cells() -> None:
    contacts = {"M1": Contact(name="Ann")}
    assert name_cells(contacts, "M1", "E1") == ("Ann", "", "", "")


def test_pins_that_waive_rules_come_before_those_that_were_dropped() -> None:
    low = Check(rule="grade_seniority", because="EO is below SEO")
    near = Check(rule="travel_region", because="Wales and London are apart")
    result = a_result().model_copy(
        update={
            "waived_pins": (WaivedPin(mentor="M1", mentee="E1", checks=(low, near)),),
            "dropped_pins": (
                DroppedPin(mentor="M1", mentee="E2", code="PIN_DROPPED", because="no place"),
            ),
        }
    )
    waived, dropped = (dict(zip(PIN_HEADINGS, row, strict=True)) for row in pin_rows(result))
    assert waived["because"] == "EO is below SEO; Wales and London are apart"
    assert (waived["outcome"], dropped["outcome"]) == ("pin_waived", "pin_dropped")
    assert (dropped["mentee"], dropped["because"]) == ("E2", "no place")
