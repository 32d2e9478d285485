from __future__ import annotations

import pytest

from models.domain.programme import Profile, Programme, Term, folded, trimmed

PROGRAMME = Programme(
    key="test",
    title="Test",
    grades=(Term(name="Low"), Term(name="High", aliases=("Upper",))),
    regions=(Term(name="Caffi", aliases=("Caf\u00e9",)),),
    profiles=(Profile(name="plain", title="Plain", rules={}, levels=("points",)),),
)


@pytest.mark.parametrize("text", ["High", "  high\n", "UPPER", "upper"])
def test_a_word_is_known_by_its_name_and_aliases_without_regard_to_case(text: str) -> None:
    assert PROGRAMME.canonical("grades", text) == "High"


def test_a_word_is_known_however_unicode_composes_it() -> None:
    assert PROGRAMME.canonical("regions", "cafe\u0301") == "Caffi"


def test_a_word_is_not_guessed() -> None:
    assert PROGRAMME.canonical("grades", "Hig") is None
    assert PROGRAMME.canonical("regions", "High") is None
    assert PROGRAMME.canonical("expertise", "High") is None


def test_the_ladder_and_the_words_keep_their_order() -> None:
    assert PROGRAMME.ladder == ("Low", "High")
    assert PROGRAMME.words("regions") == ("Caffi",)
    assert PROGRAMME.words("expertise") == ()


def test_a_profile_is_found_by_its_exact_name() -> None:
    found = PROGRAMME.profile("plain")
    assert found is not None
    assert found.title == "Plain"
    assert PROGRAMME.profile("Plain") is None


def test_text_is_compared_in_one_composition_without_outer_space() -> None:
    assert trimmed(" cafe\u0301\t") == "caf\u00e9"
    assert folded(" STRASSE") == folded("straße ")
