from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from solver.intake.display import did_you_mean, nearest_of, quoted, shown

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters()),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@settings(deadline=None)
@given(ANYTHING)
def test_whatever_is_shown_is_a_scalar_of_json(value: object) -> None:
    assert not isinstance(shown(value), list | dict)
    json.dumps(shown(value), allow_nan=False).encode()
    quoted(value).encode()


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("Grade 8", '"Grade 8"'),
        (-1, "-1"),
        (True, "true"),
        (None, "null"),
        (float("nan"), '"nan"'),
        pytest.param(10**5000, '"a number of more than 18 digits"', id="5001 digits"),
        ([1, 2, 3], "a list of 3"),
        ({"a": 1}, "an object"),
        ("\ud800", '"\\\\ud800"'),
    ],
)
def test_a_value_is_named_in_a_message_as_its_reader_wrote_it(value: object, expected: str) -> None:
    assert quoted(value) == expected


def test_an_e_mail_address_is_blotted_out_wherever_it_stands() -> None:
    assert "ada" not in str(shown("ask ada.lovelace@dept.gov.uk about it"))


def test_a_long_text_is_cut() -> None:
    assert shown("x" * 10_000) == "x" * 100 + "…"


def test_a_very_long_word_is_shown_without_delay() -> None:
    """A pattern for e-mail addresses would take hours over it."""
    assert shown("x" * 10_000_000) == "x" * 100 + "…"


def test_an_address_that_the_cut_falls_into_is_still_blotted_out() -> None:
    """Blotting out after the cut would leave the name in front of the @."""
    assert "lovelace" not in str(shown("x" * 85 + " ada.lovelace@dept.gov.uk"))


def test_the_nearest_word_is_proposed_without_regard_to_case() -> None:
    assert did_you_mean("walse", ["Wales", "Scotland"]) == 'Did you mean "Wales"?'
    assert did_you_mean("Atlantis", ["Wales", "Scotland"]) == ""


def test_a_short_list_is_given_whole() -> None:
    assert (
        nearest_of("Walse", ["Wales", "London"]) == 'Did you mean "Wales"? Known are Wales, London.'
    )
    assert nearest_of("Atlantis", ["Wales", "London"]) == "Known are Wales, London."
