from __future__ import annotations

import pytest

from models.domain.submission import ParticipantSubmission, RoundSubmission
from solver.intake.field_homes import home_of


@pytest.mark.parametrize(
    ("name", "place", "hint"),
    [
        ("referense", (), 'Did you mean "reference"?'),
        ("email", (), "It belongs inside `contact`."),
        ("wants", (), "It belongs inside `mentee`."),
        ("capasity", ("mentor",), 'Did you mean "capacity"?'),
        ("shoe_size", (), ""),
        ("anything", ("nowhere",), ""),
    ],
)
def test_a_hint_says_where_a_field_belongs(name: str, place: tuple[str, ...], hint: str) -> None:
    assert home_of(name, ParticipantSubmission, place) == hint


def test_the_place_leads_through_lists_and_optional_sections() -> None:
    place = ("participants", 4, "mentee")
    assert home_of("seek", RoundSubmission, place) == 'Did you mean "seeks"?'
