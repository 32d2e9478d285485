"""The headings of a sheet: which column holds which field."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass

from models.domain.issue import Issue
from service.spreadsheets.fields import IGNORED, Field, fields_of
from service.spreadsheets.mapping import Mapping, built_in_mappings, heading_key
from service.spreadsheets.sheet import Place, Sheet, Side
from solver.intake.display import shown

NEEDED = ("grade",)


@dataclass(frozen=True)
class FieldColumn:
    """A column that is read: where it stands, its heading as given, and its field."""

    position: int
    heading: str
    field: Field
    separator: str


def best_mapping(sheets: Iterable[Sheet]) -> Mapping:
    """The built-in mapping that knows most of a round's headings."""
    keys = [heading_key(cell) for sheet in sheets for cell in sheet.lines[0].cells]
    return max(
        built_in_mappings().values(), key=lambda mapping: sum(key in mapping for key in keys)
    )


def read_headings(
    sheet: Sheet, side: Side, mapping: Mapping
) -> tuple[list[FieldColumn], list[Issue]]:
    """The columns that hold a field, and everything that is wrong with the headings."""
    headings = sheet.lines[0]
    columns, issues = _mapped(sheet, side, mapping)
    held = {column.field.name for column in columns}
    spellings = {column.field: heading for heading, column in reversed(mapping.items())}
    for name in NEEDED:
        if name not in held:
            heading = spellings.get(name, name)
            issues.append(
                Place(sheet.file, headings.number, heading).issue(
                    "HEADING_MISSING",
                    f'{sheet.file} has no column "{heading}"',
                    f'Add a column with the heading "{heading}", or map another one to {name}.',
                )
            )
    return columns, issues


def _mapped(sheet: Sheet, side: Side, mapping: Mapping) -> tuple[list[FieldColumn], list[Issue]]:
    fields = fields_of(side)
    columns: dict[str, FieldColumn] = {}
    issues: list[Issue] = []
    for position, cell in enumerate(sheet.lines[0].cells):
        heading, key = cell.strip(), heading_key(cell)
        place = Place(sheet.file, sheet.lines[0].number, str(shown(heading)), shown(heading))
        meaning = mapping.get(key)
        if meaning is not None and meaning.field == IGNORED:
            continue
        field = fields.get(meaning.field) if meaning else None
        if not key:
            issues += _nameless(sheet, position)
        elif meaning is None or field is None:
            issues.append(_unknown(place, side, mapping))
        elif field.name in columns:
            issues.append(_twice(place, columns[field.name].heading))
        else:
            columns[field.name] = FieldColumn(position, heading, field, meaning.separator)
    return list(columns.values()), issues


def _nameless(sheet: Sheet, position: int) -> list[Issue]:
    """A column without a heading matters only if something stands in it."""
    for line in sheet.lines[1:]:
        if position < len(line.cells) and line.cells[position].strip():
            place = Place(sheet.file, line.number, f"column {position + 1}")
            return [
                place.issue(
                    "HEADING_EMPTY",
                    f"column {position + 1} of {sheet.file} has values but no heading",
                    "Give the column a heading, or empty it.",
                )
            ]
    return []


def _unknown(place: Place, side: Side, mapping: Mapping) -> Issue:
    readable = {*fields_of(side), IGNORED}
    everything = {**_all_built_in(), **mapping}
    known = [heading for heading, column in everything.items() if column.field in readable]
    near = difflib.get_close_matches(heading_key(place.column or ""), known, n=1)
    hint = (
        f'Did you mean "{near[0]}"?'
        if near
        else f'Remove the column, or map it in a mapping file (to "{IGNORED}" to leave it unread).'
    )
    message = f'the {side}s\' sheet has a heading that nobody knows: "{place.column}"'
    return place.issue("HEADING_UNKNOWN", message, hint)


def _all_built_in() -> Mapping:
    return {
        heading: column
        for mapping in built_in_mappings().values()
        for heading, column in mapping.items()
    }


def _twice(place: Place, first: str) -> Issue:
    return place.issue(
        "HEADING_TWICE",
        f'"{place.column}" holds the same field as the column "{first}" before it',
        "Keep one of the two columns, or map the other one to another field.",
    )
