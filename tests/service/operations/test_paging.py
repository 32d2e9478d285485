from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.errors import BadRequest
from service.operations.paging import Page, cursor_after, place_of


@given(st.integers(min_value=0, max_value=10**9 - 1))
def test_a_cursor_leads_back_to_its_place(place: int) -> None:
    assert place_of(cursor_after(place)) == place


@given(st.text(max_size=40))
def test_any_other_text_is_refused_or_a_cursor(text: str) -> None:
    """Never an exception of another kind, whatever somebody puts into the address."""
    with suppress(BadRequest):
        assert place_of(text) >= 0


@pytest.mark.parametrize("text", ["", "aa", "YWZ0ZXI6LTE", "YWZ0ZXI6", "=", "Y" * 5000])
def test_a_cursor_that_was_not_given_out_is_refused(text: str) -> None:
    with pytest.raises(BadRequest):
        place_of(text)


def test_the_last_page_has_no_cursor() -> None:
    assert Page.of("ab", None).next_cursor is None
    assert Page.of("ab", 1).next_cursor == cursor_after(1)
