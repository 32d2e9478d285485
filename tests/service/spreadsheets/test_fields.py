"""Cells as values of the contract."""

from __future__ import annotations

from typing import Any, get_args

import pytest

from models.domain.submission import (
    MenteeSubmission,
    MentorSubmission,
    ParticipantSubmission,
)
from service.spreadsheets.fields import fields_of
from service.spreadsheets.sheet import Side


@pytest.mark.parametrize(
    ("field", "text", "value"),
    [
        ("capacity", "2", 2),
        ("capacity", "2.0", 2),
        ("capacity", "-1", -1),
        ("capacity", "two", "two"),
        ("capacity", "NaN", "NaN"),
        ("capacity", "1e12", "1e12"),
        ("capacity", "9" * 5000, "9" * 5000),
        ("remote", "Yes", True),
        ("remote", "false", False),
        ("remote", "perhaps", "perhaps"),
        ("experience", "Experienced", "experienced"),
        ("offers", " policy ;; law ", ["policy", "law"]),
        ("grade", "Grade 7", "Grade 7"),
    ],
)
def test_a_cell_becomes_a_value_or_stays_as_it_is_for_intake_to_refuse(
    field: str, text: str, value: Any
) -> None:
    assert fields_of("mentor")[field].value_of(text, ";") == value


@pytest.mark.parametrize("side", get_args(Side))
def test_every_field_of_the_contract_can_stand_in_a_column(side: Side) -> None:
    section = {"mentor": MentorSubmission, "mentee": MenteeSubmission}[side]
    common = set(ParticipantSubmission.model_fields) - {"mentor", "mentee", "contact"}
    assert common | set(section.model_fields) <= set(fields_of(side))
