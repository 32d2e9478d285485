"""Whatever stands for a person in the matching plane must not say who they are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from models.domain.programme import folded
from solver.intake.issue_log import IssueLog, Path
from solver.intake.rows import Row

_EMAIL = re.compile(r"[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+")
_LETTERS = re.compile(r"[^\W\d_]+")
_WORDS_OF_LETTERS = re.compile(r"[^\W\d_]+[.,]?(?:[ '’-]+[^\W\d_]+[.,]?)+")
_MEANING = {
    "REFERENCE_IS_EMAIL": "a reference may not be an e-mail address",
    "REFERENCE_IS_NAME": "a reference may not be a person's name",
}
_HINT = "Use a staff number or a random identifier; names and e-mails belong in `contact`."


def check_pseudonyms(rows: Iterable[Row], log: IssueLog) -> None:
    """Reports every reference that is an e-mail address or a name; none is shown."""
    identity_in = cache(_identity_in)
    for row in rows:
        contact = row.given.contact
        name = _words(contact.name) if contact and contact.name else ()
        for place, text in _references_in(row):
            is_own_name = bool(name) and place == ("reference",) and _words(text) == name
            code = "REFERENCE_IS_NAME" if is_own_name else identity_in(text)
            _report(code, row.place(*place), log)


def check_pseudonym(text: str, place: Path, log: IssueLog) -> None:
    """Reports a reference that is an e-mail address or a name."""
    _report(_identity_in(text), place, log)


def _report(code: str | None, place: Path, log: IssueLog) -> None:
    if code is not None:
        log.error(code, place, _MEANING[code], _HINT)


def _references_in(row: Row) -> Iterator[tuple[Path, str]]:
    given = row.given
    for field in ("reference", "person", "line_manager"):
        if text := getattr(given, field):
            yield (field,), text
    for index, text in enumerate(given.previous_pairs):
        yield ("previous_pairs", index), text
    for role in ("mentor", "mentee"):
        section = getattr(given, role)
        for field in ("prefers", "avoids") if section else ():
            for index, text in enumerate(getattr(section, field)):
                yield (role, field, index), text


def _identity_in(text: str) -> str | None:
    if _EMAIL.search(text):
        return "REFERENCE_IS_EMAIL"
    if " " in text and _WORDS_OF_LETTERS.fullmatch(text):
        return "REFERENCE_IS_NAME"
    return None


def _words(text: str) -> tuple[str, ...]:
    """The words of a name in any order; nothing for what holds a digit."""
    if any(character.isdigit() for character in text):
        return ()
    return tuple(sorted(_LETTERS.findall(folded(text))))
