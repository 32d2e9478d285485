"""Two spreadsheets as one round: the contract's document, and where each part of it stood."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from models.domain.issue import Issue
from service.spreadsheets.headings import best_mapping
from service.spreadsheets.mapping import Mapping
from service.spreadsheets.places import Places, Source
from service.spreadsheets.reading import read_sheet
from service.spreadsheets.references import Naming, email_of
from service.spreadsheets.sheet import Sheet, SheetFile, Side
from service.spreadsheets.table import Row, Table, read_table
from solver.intake.display import shown

_PEOPLE = ("line_manager", "prefers", "avoids", "previous_pairs")


@dataclass(frozen=True)
class SpreadsheetRound:
    """A round read from spreadsheets: the document, its issues so far, and its places."""

    document: dict[str, Any]
    issues: tuple[Issue, ...]
    places: Places


def read_spreadsheets(
    mentors: SheetFile,
    mentees: SheetFile,
    policy: dict[str, Any],
    mapping: Mapping | None = None,
) -> SpreadsheetRound:
    """The round document of a mentors' and a mentees' sheet.

    It is not yet validated: intake does that, and `places` turns what it finds into files,
    lines and columns. A reference in both sheets is one participant with both sections.
    Without a mapping the built-in one that knows most of the headings is taken.
    """
    tables, issues = _read_tables(mentors, mentees, mapping)
    naming = Naming(tables)
    participants: list[dict[str, Any]] = []
    sources: list[list[Source]] = []
    known: dict[str, int] = {}
    for table in tables:
        issues += _twice_in(table)
        for row in table.rows:
            participant = _participant(table, row, naming)
            position = known.setdefault(participant["reference"], len(participants))
            first = participants[position] if position < len(participants) else None
            if first is None or not first["reference"] or table.side in first:
                participants.append(participant)
                sources.append([Source(table, row)])
            else:
                issues += _disagreements(sources[position][0], Source(table, row))
                participants[position] = _merged(first, participant)
                sources[position].append(Source(table, row))
    document = {"policy": policy, "participants": participants}
    return SpreadsheetRound(document, tuple(issues), Places(sources))


def _read_tables(
    mentors: SheetFile, mentees: SheetFile, mapping: Mapping | None
) -> tuple[list[Table], list[Issue]]:
    sheets: dict[Side, Sheet] = {}
    issues: list[Issue] = []
    sides: dict[Side, SheetFile] = {"mentor": mentors, "mentee": mentees}
    for side, file in sides.items():
        sheet, found = read_sheet(file, side)
        issues += found
        if sheet is not None:
            sheets[side] = sheet
    mapping = mapping or best_mapping(sheets.values())
    tables: list[Table] = []
    for side, sheet in sheets.items():
        table, found = read_table(sheet, side, mapping)
        tables.append(table)
        issues += found
    return tables, issues


def _participant(table: Table, row: Row, naming: Naming) -> dict[str, Any]:
    participant: dict[str, Any] = {"reference": naming.reference(table, row), table.side: {}}
    for name, text in row.texts.items():
        if not text:
            continue
        column = table.columns[name]
        value = column.field.value_of(text, column.separator)
        if name in _PEOPLE:
            value = _references(value, naming)
        *outer, last = column.field.path
        section = participant.setdefault(outer[0], {}) if outer else participant
        section[last] = value
    if "contact" in participant:
        participant["contact"] = _contact(**participant["contact"])
    person = row.texts.get("person") or naming.person(table, row)
    return participant if person == participant["reference"] else {**participant, "person": person}


def _merged(first: dict[str, Any], second: dict[str, Any]) -> dict[str, Any]:
    """One participant of the rows in both sheets; what both say they say alike."""
    contact = {**second.get("contact", {}), **first.get("contact", {})}
    return {**second, **first, **({"contact": contact} if contact else {})}


def _references(value: str | list[str], naming: Naming) -> str | list[str]:
    if isinstance(value, str):
        return naming.references_of(value)[0]
    return [reference for text in value for reference in naming.references_of(text)]


def _contact(first_name: str = "", last_name: str = "", **contact: str) -> dict[str, str]:
    """Contact details with one name; a first and a last name are joined."""
    joined = f"{first_name} {last_name}".strip()
    return {**({"name": joined} if joined else {}), **contact}


def _twice_in(table: Table) -> list[Issue]:
    """Rows of one sheet that share an e-mail: nobody is twice a mentor or twice a mentee."""
    rows: dict[str, list[Row]] = defaultdict(list)
    for row in table.rows:
        if email_of(row):
            rows[email_of(row)].append(row)
    return [
        table.place(row, "email").issue(
            "PERSON_TWICE",
            f"line {row.line} of {table.file} has the same e-mail as line {same[0].line}",
            "Keep one row for each person in a sheet.",
        )
        for same in rows.values()
        for row in same[1:]
    ]


def _disagreements(first: Source, second: Source) -> list[Issue]:
    """Facts about one person that differ between the two sheets."""
    in_both = first.table.columns.keys() & second.table.columns.keys()
    return [
        second.table.place(second.row, name).issue(
            "ROWS_DISAGREE",
            f"{shown(second.row.texts['reference'])} has another {name.replace('_', ' ')} in line "
            f"{first.row.line} of {first.table.file}",
            "Give one person the same facts in both sheets.",
        )
        for name in second.row.texts
        if name in in_both
        and second.table.columns[name].field.path[0] != second.table.side
        and first.row.texts[name]
        and second.row.texts[name]
        and first.row.texts[name] != second.row.texts[name]
    ]
