from __future__ import annotations

import pytest

from service.security.session_ids import (
    NO_ID,
    csrf_token_of,
    digest_of_session_id,
    is_csrf_token,
    make_session_id,
)


def test_an_id_has_256_random_bits() -> None:
    ids = {make_session_id() for _ in range(1000)}
    assert len(ids) == 1000
    assert {len(text) for text in ids} == {43}


@pytest.mark.parametrize(
    "text", ["", "x" * 42, "x" * 44, "é" * 43, "x" * 42 + "\n", "x" * 42 + "="]
)
def test_what_is_no_id_has_a_digest_that_no_session_has(text: str) -> None:
    assert digest_of_session_id(text) == NO_ID
    assert digest_of_session_id(make_session_id()) != NO_ID


def test_a_token_belongs_to_one_id_and_is_not_its_digest() -> None:
    one, other = make_session_id(), make_session_id()
    assert is_csrf_token(csrf_token_of(one), one)
    for wrong in ("", csrf_token_of(other), csrf_token_of(one)[:-1], "é" * 64):
        assert not is_csrf_token(wrong, one)
    assert csrf_token_of(one) not in (one, digest_of_session_id(one))
