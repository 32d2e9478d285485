from __future__ import annotations

import json
from typing import Any

import pytest

from service.errors import RoundRefused
from service.operations import sizes
from service.operations.sizes import MOST_BRACKETS, MOST_PARTICIPANTS, read_servable_document
from tests.service.services import a_document


def test_a_round_of_a_usual_size_is_read() -> None:
    document = a_document(mentors=200, mentees=300)
    assert read_servable_document(json.dumps(document).encode()) == (document, ())


def test_a_round_of_too_many_participants_is_an_issue() -> None:
    body = b'{"participants": [' + b"1," * MOST_PARTICIPANTS + b"1]}"
    with pytest.raises(RoundRefused) as refused:
        read_servable_document(body)
    (issue,) = refused.value.issues
    assert (issue.code, issue.pointer) == ("ROUND_TOO_LARGE", "/participants")
    assert issue.detail == {"value": MOST_PARTICIPANTS + 1, "limit": MOST_PARTICIPANTS}


@pytest.mark.parametrize("item", [b"[]", b"{}"])
def test_a_document_of_too_many_lists_is_refused_before_it_is_read(
    item: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read(_body: bytes) -> Any:
        raise AssertionError("it was read")

    monkeypatch.setattr(sizes, "read_document", read)
    with pytest.raises(RoundRefused) as refused:
        read_servable_document(b"[" + b",".join([item] * MOST_BRACKETS) + b"]")
    assert refused.value.issues[0].detail["limit"] == MOST_BRACKETS
