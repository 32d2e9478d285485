from __future__ import annotations

from itertools import permutations

from models.domain.programme import Programme, Term
from solver.intake.lexicon import Lexicon

PROGRAMME = Programme(
    key="test",
    title="Test",
    grades=(Term(name="Low"), Term(name="High", aliases=("Upper", "H"))),
    regions=(),
    professions=(Term(name="Policy", aliases=("Policy Profession",)),),
)


def test_an_alias_has_the_programmes_spelling_whatever_its_case() -> None:
    lexicon = Lexicon(PROGRAMME, "grades", ["UPPER", " h ", "Low"])
    assert [lexicon[text] for text in ("UPPER", " h ", "Low")] == ["High", "High", "Low"]
    assert lexicon.knows("UPPER")


def test_an_unlisted_word_has_one_spelling_for_every_order_of_the_rows() -> None:
    spellings = ["marine biology", "Marine Biology", "MARINE BIOLOGY ", "marine Biology"]
    for order in permutations(spellings):
        lexicon = Lexicon(PROGRAMME, "professions", order)
        assert {lexicon[text] for text in spellings} == {"MARINE BIOLOGY"}
        assert not lexicon.knows("marine biology")


def test_unlisted_words_stay_apart() -> None:
    lexicon = Lexicon(PROGRAMME, "professions", ["Law", "Lawn"])
    assert lexicon["Law"] != lexicon["Lawn"]


def test_a_programme_that_lists_no_words_knows_all() -> None:
    assert Lexicon(PROGRAMME, "departments", ["Department of Joy"]).knows("Department of Joy")


def test_a_hint_proposes_the_nearest_spelling_aliases_included() -> None:
    lexicon = Lexicon(PROGRAMME, "professions", ["Policy Proffession", "Plumbing"])
    assert lexicon.hint("Policy Proffession") == 'Did you mean "Policy Profession"?'
    assert lexicon.hint("Plumbing") == ""


def test_a_word_is_found_in_the_programme_or_in_the_round_or_not_at_all() -> None:
    lexicon = Lexicon(PROGRAMME, "professions", ["Plumbing", "plumbing"])
    assert lexicon.find(" policy profession") == "Policy"
    assert lexicon.find("PLUMBING") == "Plumbing"
    assert lexicon.find("Carpentry") is None
