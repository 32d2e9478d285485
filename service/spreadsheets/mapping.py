"""Mappings of headings to fields: two are built in, as data; a round may bring its own."""

from __future__ import annotations

import difflib
import json
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from models.domain.issue import Issue
from service.spreadsheets.fields import IGNORED, fields_of
from service.spreadsheets.sheet import Place, SheetFile

LIST_SEPARATOR = ";"


@dataclass(frozen=True)
class Column:
    """What a heading means: a field's name, and what separates the parts of a list."""

    field: str
    separator: str = LIST_SEPARATOR


Mapping = dict[str, Column]
"""What each heading means; the headings are spelt as `heading_key` spells them."""


@cache
def built_in_mappings() -> dict[str, Mapping]:
    """The mappings that are shipped, by name; the first is Pairwell's own."""
    folder = resources.files("service.spreadsheets") / "mappings"
    return {
        name: _columns(json.loads((folder / f"{name}.json").read_text("utf-8")))
        for name in ("pairwell", "staff-network")
    }


def read_mapping(file: SheetFile) -> tuple[Mapping, list[Issue]]:
    """A mapping file, `{"heading": "field"}` or `{"heading": {"field": …, "separator": …}}`.

    It adds to Pairwell's own headings, and replaces those that it names.
    """
    place = Place(file.name)
    try:
        document = json.loads(file.content.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        document = None
    if not isinstance(document, dict):
        hint = 'Write an object of headings and fields: {"Directorate": "department"}.'
        return {}, [place.issue("MAPPING_INVALID", f"{file.name} is no JSON object", hint)]
    issues = [
        Place(file.name, column=heading, value=meaning).issue(
            "MAPPING_INVALID", f'the heading "{heading}" is mapped to no known field', refusal
        )
        for heading, meaning in document.items()
        if (refusal := _refusal(meaning)) is not None
    ]
    if issues:
        return {}, issues
    return {**built_in_mappings()["pairwell"], **_columns(document)}, []


def heading_key(text: str) -> str:
    """A heading as it is compared: case, outer and repeated white space, hyphens and
    underscores, and characters that cannot be seen make no difference."""
    visible = "".join(c for c in unicodedata.normalize("NFKC", text) if _is_visible(c))
    return " ".join(visible.replace("_", " ").replace("-", " ").casefold().split())


def _is_visible(character: str) -> bool:
    return unicodedata.category(character) != "Cf"


def _columns(document: dict[str, Any]) -> Mapping:
    return {
        heading_key(heading): Column(meaning) if isinstance(meaning, str) else Column(**meaning)
        for heading, meaning in document.items()
    }


def _refusal(meaning: Any) -> str | None:
    """Why this is no meaning of a heading, as a hint; None where it is one."""
    known = sorted({IGNORED, *fields_of("mentor"), *fields_of("mentee")})
    if isinstance(meaning, dict):
        separator = meaning.get("separator", LIST_SEPARATOR)
        if set(meaning) - {"field", "separator"} or not isinstance(separator, str) or not separator:
            return 'Give "field", and where it is a list its "separator", and nothing else.'
        meaning = meaning.get("field")
    if meaning in known:
        return None
    near = difflib.get_close_matches(str(meaning), known, n=1)
    return f'Did you mean "{near[0]}"?' if near else f"The fields are: {', '.join(known)}."
