"""From bytes to a JSON document, with every reason why it is not quite one."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterable
from typing import Any

from models.domain.issue import Issue
from solver.intake.decoding import decode
from solver.intake.display import shown
from solver.intake.issue_log import IssueLog, Path

DEEPEST = 100
"""More levels than any round has."""

MOST_FIELDS = 10_000
"""More fields than any object of a round has."""

_LONGEST_NUMBER = 19


def read_document(data: bytes) -> tuple[object | None, tuple[Issue, ...]]:
    """A JSON document (RFC 8259), and what is wrong with it.

    A byte-order mark is tolerated. A document in another encoding, with a field given twice
    or with numbers that cannot be used is refused by an issue, and still given back as well
    as it could be read, so that its other problems can be found in the same go. None (with
    an issue) where nothing can be read.
    """
    log = IssueLog()
    document = parse_document(data, log)
    return document, log.issues()


def parse_document(data: bytes, log: IssueLog) -> object | None:
    """The document, with what is wrong with it written into a log."""
    text = decode(data, log)
    if text is None:
        return None
    if not text.strip():
        log.error("EMPTY_DOCUMENT", (), "the document is empty", "Send a round as a JSON object.")
        return None
    parser = _Parser()
    try:
        document: object = parser.parse(text)
    except json.JSONDecodeError as error:
        log.error(
            "INVALID_JSON",
            (),
            f"line {error.lineno}, column {error.colno} is not JSON: {error.msg}",
            "Check the commas, quotes and brackets just before that place.",
            line=error.lineno,
            column=error.colno,
        )
        return None
    except RecursionError:
        _report_depth(log, ())
        return None
    return _mended(document, log) if parser.flawed else document


class _Unusable:
    """Stands for a number or an object that has no place in a round."""

    def __init__(self, code: str, text: str) -> None:
        self.code = code
        self.text = text


class _Repeated(dict[str, Any]):
    """An object with a field given more than once; the last one counts."""

    def __init__(self, pairs: list[tuple[str, Any]]) -> None:
        super().__init__(pairs)
        counts = Counter(name for name, _ in pairs)
        self.repeated = [name for name, count in counts.items() if count > 1]


class _Parser:
    """The standard library's parser, with stand-ins for what it would pass over in silence.

    `flawed` says whether there are any.
    """

    def __init__(self) -> None:
        self.flawed = False

    def parse(self, text: str) -> object:
        document: object = json.loads(
            text,
            object_pairs_hook=self._object,
            parse_int=self._whole,
            parse_float=self._decimal,
            parse_constant=self._not_finite,
        )
        return document

    def _object(self, pairs: list[tuple[str, Any]]) -> dict[str, Any] | _Unusable:
        fields = dict(pairs)
        if len(fields) == len(pairs) <= MOST_FIELDS:
            return fields
        self.flawed = True
        if len(fields) > MOST_FIELDS:
            return _Unusable("TOO_MANY_FIELDS", f"an object of {len(fields):,} fields")
        return _Repeated(pairs)

    def _whole(self, text: str) -> int | _Unusable:
        if len(text) <= _LONGEST_NUMBER:
            return int(text)
        self.flawed = True
        return _Unusable("NUMBER_TOO_LONG", f"a number of {len(text):,} digits")

    def _decimal(self, text: str) -> float | _Unusable:
        number = float(text)
        return number if math.isfinite(number) else self._not_finite(text)

    def _not_finite(self, text: str) -> _Unusable:
        self.flawed = True
        return _Unusable("NUMBER_NOT_FINITE", text)


def _mended(document: object, log: IssueLog) -> object:
    """The document with every stand-in reported, and null in place of what is unusable.

    None where there are so many that the rest is not read.
    """
    root = [document]
    rest: list[tuple[Path, Any]] = [((), root)]
    while rest:
        path, container = rest.pop()
        if len(path) > DEEPEST:
            _report_depth(log, path)
            continue
        if isinstance(container, _Repeated):
            for name in container.repeated:
                message = f"`{shown(name)}` is given more than once"
                log.error("DUPLICATE_FIELD", (*path, name), message)
        for key, value in _entries(container):
            here = path if container is root else (*path, key)
            if log.is_overfull:
                return None
            if isinstance(value, _Unusable):
                message = f"{value.text} is nothing that a round can hold"
                log.unreadable(value.code, here, message, value=value.text)
                container[key] = None
            elif isinstance(value, list | dict):
                rest.append((here, value))
    return root[0]


def _entries(container: dict[str, Any] | list[Any]) -> Iterable[tuple[Any, Any]]:
    return list(container.items() if isinstance(container, dict) else enumerate(container))


def _report_depth(log: IssueLog, path: Path) -> None:
    log.error("NESTED_TOO_DEEP", path, "lists and objects are nested too deeply for a round")
