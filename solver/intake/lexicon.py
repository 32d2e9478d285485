"""The words of a round, each in one spelling."""

from __future__ import annotations

from collections.abc import Iterable

from models.domain.programme import Programme, Vocabulary, folded, trimmed
from solver.intake.display import did_you_mean


class Lexicon:
    """One vocabulary as a round uses it.

    A word that the programme knows, also by an alias, has the programme's spelling. Any other
    has the smallest of its spellings in the round, so that the order of the rows never
    matters; words are the same without regard to case.
    """

    def __init__(self, programme: Programme, vocabulary: Vocabulary, texts: Iterable[str]) -> None:
        self.programme = programme
        self.vocabulary = vocabulary
        distinct = set(texts)
        smallest: dict[str, str] = {}
        for text in sorted(map(trimmed, distinct), reverse=True):
            smallest[folded(text)] = text
        known = {text: programme.canonical(vocabulary, text) for text in distinct}
        self._spellings = {text: known[text] or smallest[folded(text)] for text in distinct}
        self._smallest = smallest
        is_listed = bool(programme.words(vocabulary))
        self._unknown = {text for text in distinct if is_listed and known[text] is None}
        self._hints: dict[str, str] = {}

    def __getitem__(self, text: str) -> str:
        """The one spelling of a word of the round."""
        return self._spellings[text]

    def find(self, text: str) -> str | None:
        """The one spelling of a word of the programme or the round; None for one of neither."""
        known = self.programme.canonical(self.vocabulary, text)
        return known or self._smallest.get(folded(text))

    def knows(self, text: str) -> bool:
        """Whether the programme lists the word; a programme that lists none knows all."""
        return text not in self._unknown

    def hint(self, text: str) -> str:
        """The nearest word of the programme, or one of its aliases."""
        if text not in self._hints:
            terms = getattr(self.programme, self.vocabulary)
            listed = (word for term in terms for word in (term.name, *term.aliases))
            self._hints[text] = did_you_mean(text, listed)
        return self._hints[text]
