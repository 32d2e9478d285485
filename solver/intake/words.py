"""Where a round uses the programme's words, and which of them nobody knows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial

from models.domain.programme import Programme, Vocabulary
from solver.intake.display import quoted
from solver.intake.issue_log import IssueLog, Path
from solver.intake.lexicon import Lexicon
from solver.intake.rows import Row

Lexicons = Mapping[Vocabulary, Lexicon]
Uses = Iterator[tuple[Path, str]]

_MOST_REFERENCES = 5


def lexicons_of(rows: Sequence[Row], programme: Programme) -> Lexicons:
    """Every vocabulary of the programme, as the rows use it."""
    return {
        vocabulary: Lexicon(programme, vocabulary, (word for row in rows for _, word in uses(row)))
        for vocabulary, uses in _USES.items()
    }


def check_words(rows: Sequence[Row], lexicons: Lexicons, log: IssueLog) -> None:
    """An unknown grade or region is an error; an unknown profession or expertise a warning."""
    _refuse_unknown("UNKNOWN_GRADE", "grade", lexicons["grades"], rows, log)
    _refuse_unknown("UNKNOWN_REGION", "region", lexicons["regions"], rows, log)
    _warn_of_unknown("UNKNOWN_PROFESSION", "profession", lexicons["professions"], rows, log)
    _warn_of_unknown("UNKNOWN_EXPERTISE", "expertise", lexicons["expertise"], rows, log)


def _refuse_unknown(
    code: str, what: str, lexicon: Lexicon, rows: Sequence[Row], log: IssueLog
) -> None:
    choice = f"Known are {', '.join(lexicon.programme.words(lexicon.vocabulary))}."

    def hint(word: str) -> str:
        return f"{lexicon.hint(word)} {choice}".strip()

    for row in rows:
        if log.is_overfull:
            break
        for place, word in _USES[lexicon.vocabulary](row):
            if not lexicon.knows(word):
                message = f"{quoted(word)} is no {what} of the programme"
                log.error(code, row.place(*place), message, partial(hint, word), value=word)


def _warn_of_unknown(
    code: str, what: str, lexicon: Lexicon, rows: Sequence[Row], log: IssueLog
) -> None:
    """One warning for each word, the same for every order of the rows."""
    users: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        for _, word in _USES[lexicon.vocabulary](row):
            if not lexicon.knows(word):
                users[lexicon[word]].add(row.reference)
    for word, references in sorted(users.items()):
        message = f"{quoted(word)} is no {what} that the programme lists; it is kept as it is"
        some = sorted(references)[:_MOST_REFERENCES]
        detail = {"value": word, "count": len(references), "references": some}
        log.warning(code, ("participants",), message, partial(lexicon.hint, word), **detail)


def _grades(row: Row) -> Uses:
    yield ("grade",), row.given.grade


def _regions(row: Row) -> Uses:
    yield from _listed(("regions",), row.given.regions)
    if row.given.home_region:
        yield ("home_region",), row.given.home_region


def _departments(row: Row) -> Uses:
    if row.given.department:
        yield ("department",), row.given.department


def _professions(row: Row) -> Uses:
    if row.given.profession:
        yield ("profession",), row.given.profession


def _expertise(row: Row) -> Uses:
    if row.given.mentor:
        yield from _listed(("mentor", "offers"), row.given.mentor.offers)
    if row.given.mentee:
        yield from _listed(("mentee", "seeks"), row.given.mentee.seeks)


def _listed(field: Path, words: Sequence[str]) -> Uses:
    for index, word in enumerate(words):
        if word:
            yield (*field, index), word


_USES: Mapping[Vocabulary, Callable[[Row], Uses]] = {
    "grades": _grades,
    "regions": _regions,
    "departments": _departments,
    "professions": _professions,
    "expertise": _expertise,
}
