from __future__ import annotations

import pytest
from pydantic import ValidationError

from scenarios.changes.capacity import Capacity
from tests.scenarios.rounds import a_document, person, refusal


def test_the_mentor_has_so_many_places() -> None:
    section = person(Capacity(mentor="M1", capacity=3).applied(a_document()), "M1")["mentor"]
    assert section == {"capacity": 3, "offers": ["leadership"]}


def test_a_mentee_has_no_places() -> None:
    refused = refusal(Capacity(mentor="E1", capacity=3), a_document())
    assert refused == ("CHANGE_NOT_A_MENTOR", "mentor")


def test_nobody_has_places_who_is_not_there() -> None:
    refused = refusal(Capacity(mentor="X1", capacity=3), a_document())
    assert refused == ("CHANGE_UNKNOWN_PERSON", "mentor")


@pytest.mark.parametrize("capacity", [-1, 1001, "2", 1.0])
def test_only_a_whole_number_of_places_is_taken(capacity: object) -> None:
    with pytest.raises(ValidationError):
        Capacity.model_validate({"mentor": "M1", "capacity": capacity})


def test_it_says_how_many() -> None:
    assert Capacity(mentor="M1", capacity=1).told() == "M1 takes at most 1 mentee"
    assert Capacity(mentor="M1", capacity=0).told() == "M1 takes at most 0 mentees"
