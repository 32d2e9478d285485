from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path
from typing import Literal

import pytest

from models.domain.programme import Vocabulary, folded
from models.reference import civil_service, sample_files

VOCABULARIES: tuple[Vocabulary, ...] = (
    "grades",
    "regions",
    "professions",
    "departments",
    "expertise",
)
Size = Literal["small", "large"]


def test_the_ladder_leads_from_aa_to_scs4() -> None:
    assert civil_service().ladder == (
        *("AA", "AO", "EO", "HEO", "SEO", "Grade 7", "Grade 6"),
        *("SCS1", "SCS2", "SCS3", "SCS4"),
    )


@pytest.mark.parametrize(
    ("text", "grade"),
    [
        ("Administrative Officer", "AO"),
        ("higher executive officer", "HEO"),
        ("G7", "Grade 7"),
        ("grade seven", "Grade 7"),
        ("g6", "Grade 6"),
        ("SCS PB1", "SCS1"),
        ("SCS Pay Band 1", "SCS1"),
        ("Deputy Director", "SCS1"),
        ("Director", "SCS2"),
        ("SCS PB2", "SCS2"),
        ("Director General", "SCS3"),
        ("SCS PB3", "SCS3"),
        ("Permanent Secretary", "SCS4"),
    ],
)
def test_grades_are_known_by_what_people_call_them(text: str, grade: str) -> None:
    assert civil_service().canonical("grades", text) == grade


@pytest.mark.parametrize(
    ("vocabulary", "text", "word"),
    [
        ("professions", "DDaT", "Digital and Data"),
        ("professions", "HR", "Human Resources"),
        ("professions", "operations", "Operational Delivery"),
        ("departments", "HM Revenue & Customs", "HMRC"),
        ("departments", "department for work and pensions", "DWP"),
        ("regions", "Yorkshire and the Humber", "Yorkshire and The Humber"),
        ("expertise", "public speaking", "presentation skills"),
    ],
)
def test_other_words_have_aliases_too(vocabulary: Vocabulary, text: str, word: str) -> None:
    assert civil_service().canonical(vocabulary, text) == word


def test_the_reference_data_is_of_the_size_that_it_should_be() -> None:
    programme = civil_service()
    assert len(programme.regions) == 12
    assert 28 <= len(programme.professions) <= 32
    assert 55 <= len(programme.expertise) <= 70


@pytest.mark.parametrize("vocabulary", VOCABULARIES)
def test_no_spelling_means_two_words(vocabulary: Vocabulary) -> None:
    terms = getattr(civil_service(), vocabulary)
    spellings = Counter(folded(text) for term in terms for text in (term.name, *term.aliases))
    assert [text for text, count in spellings.items() if count > 1] == []


def test_the_programme_is_read_once() -> None:
    assert civil_service() is civil_service()


@pytest.mark.parametrize(("size", "people"), [("small", 50), ("large", 500)])
def test_the_sample_has_so_many_people_on_each_side(size: Size, people: int) -> None:
    assert [len(_rows(path)) for path in sample_files(size)] == [people, people]


@pytest.mark.parametrize("size", ["small", "large"])
def test_the_samples_words_stay_apart_when_they_are_made_canonical(size: Size) -> None:
    """Two words that became one would make pairs share what they do not."""
    programme = civil_service()
    for path in sample_files(size):
        for column, vocabulary in (("grade", "grades"), ("profession", "professions")):
            words = {row[column] for row in _rows(path)}
            canonical = {programme.canonical(vocabulary, word) for word in words}
            assert None not in canonical
            assert len(canonical) == len(words)
        departments = {row["organisation"] for row in _rows(path)}
        assert {programme.canonical("departments", name) for name in departments} == {None}


def test_the_sample_says_where_it_comes_from_and_under_which_licence() -> None:
    text = (sample_files("small")[0].parents[1] / "README.md").read_text(encoding="utf-8")
    assert "mentor-match" in text
    assert "Open Government Licence v3.0" in text


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
