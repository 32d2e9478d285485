"""A programme's reference data: its ladder of grades and its words, with their aliases."""

from __future__ import annotations

import unicodedata
from functools import cached_property
from typing import Any, Literal

from pydantic import ConfigDict

from models.domain.base import Frozen

Vocabulary = Literal["grades", "regions", "professions", "departments", "expertise"]


class Term(Frozen):
    """A word of the programme, and the other spellings that mean it."""

    name: str
    aliases: tuple[str, ...] = ()


class Profile(Frozen):
    """A weight profile: the rules that are on, their settings, the levels and the defaults.

    `rules` maps a rule's name to its settings; a soft objective's weight is among them.
    """

    name: str
    title: str
    rules: dict[str, dict[str, Any]]
    levels: tuple[str, ...]
    default_capacity: int = 1
    default_wants: int = 1
    special_category_basis: str | None = None


class Programme(Frozen):
    """Everything that differs from one organisation to the next.

    `grades` is the ladder, lowest first. Grades and regions are closed lists; a profession,
    a department or an expertise that is not listed is kept as it was given.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", ignored_types=(cached_property,))

    key: str
    title: str
    grades: tuple[Term, ...]
    regions: tuple[Term, ...]
    professions: tuple[Term, ...] = ()
    departments: tuple[Term, ...] = ()
    expertise: tuple[Term, ...] = ()
    profiles: tuple[Profile, ...] = ()

    @property
    def ladder(self) -> tuple[str, ...]:
        """The grades' canonical names, lowest first."""
        return tuple(term.name for term in self.grades)

    def canonical(self, vocabulary: Vocabulary, text: str) -> str | None:
        """The canonical spelling of a word, or None where the programme does not know it."""
        return self._spellings[vocabulary].get(folded(text))

    def words(self, vocabulary: Vocabulary) -> tuple[str, ...]:
        """Every canonical word of a vocabulary, in the programme's order."""
        terms: tuple[Term, ...] = getattr(self, vocabulary)
        return tuple(term.name for term in terms)

    def profile(self, name: str) -> Profile | None:
        """The shipped profile of this name, or None."""
        return next((profile for profile in self.profiles if profile.name == name), None)

    @cached_property
    def _spellings(self) -> dict[str, dict[str, str]]:
        vocabularies = ("grades", "regions", "professions", "departments", "expertise")
        return {
            vocabulary: {
                folded(spelling): term.name
                for term in getattr(self, vocabulary)
                for spelling in (term.name, *term.aliases)
            }
            for vocabulary in vocabularies
        }


def trimmed(text: str) -> str:
    """Text as it is compared: outer white space gone, Unicode NFC."""
    return unicodedata.normalize("NFC", text).strip()


def folded(text: str) -> str:
    """Text as the programme's words are compared: trimmed, without regard to case."""
    return trimmed(text).casefold()
