from __future__ import annotations

import hashlib

import pytest
from pydantic import ValidationError

from models.domain.base import Frozen, canonical_json, digest_of


class Place(Frozen):
    town: str


def test_a_value_is_not_edited() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        Place(town="Leeds").town = "York"  # type: ignore[misc]


def test_a_value_takes_no_unknown_field() -> None:
    with pytest.raises(ValidationError, match="colour"):
        Place.model_validate({"town": "Leeds", "colour": "red"})


def test_one_value_has_one_spelling_whatever_the_order_of_its_keys() -> None:
    assert canonical_json({"b": [1, "é"], "a": None}) == '{"a":null,"b":[1,"é"]}'
    assert canonical_json({"a": 1, "b": 2}) == canonical_json({"b": 2, "a": 1})


def test_what_is_no_json_has_no_spelling() -> None:
    with pytest.raises(ValueError, match="JSON compliant"):
        canonical_json(float("nan"))


def test_a_digest_can_be_repeated_by_anybody() -> None:
    assert digest_of({"a": "é"}) == hashlib.sha256('{"a":"é"}'.encode()).hexdigest()
