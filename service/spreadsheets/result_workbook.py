"""A result as a workbook: Pairs, Unmatched, Fewer than wanted, Summary, and perhaps Pins."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Any

from models.domain.result import MatchResult
from service.spreadsheets.result_rows import (
    LEFT_HEADINGS,
    NAME_HEADINGS,
    PAIR_HEADINGS,
    PIN_HEADINGS,
    Cell,
    Contacts,
    left_row,
    name_cells,
    pair_row,
    pin_rows,
)
from service.wording import blocking_text, fairness_price_text, level_title, proof_text

_LONGEST_CELL = 32_767


def result_workbook(result: MatchResult, contacts: Contacts | None = None) -> bytes:
    """The result as XLSX; text is always text, never a formula or a link."""
    import xlsxwriter

    content = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(content, options) as workbook:
        names = () if contacts is None else NAME_HEADINGS
        pairs = ((*pair_row(p), *_named(contacts, p.mentor, p.mentee)) for p in result.assignments)
        _sheet(workbook, "Pairs", (*PAIR_HEADINGS, *names), pairs)
        left_names = () if contacts is None else ("name", "email")
        for title, people in (("Unmatched", result.unmatched), ("Fewer than wanted", result.short)):
            left = ((*left_row(p), *_named(contacts, p.reference)) for p in people)
            _sheet(workbook, title, (*LEFT_HEADINGS, *left_names), left)
        pins = [(*row, *_named(contacts, *row[:2])) for row in pin_rows(result)]
        if pins:
            _sheet(workbook, "Pins", (*PIN_HEADINGS, *names), pins)
        _sheet(workbook, "Summary", ("what", "value", "bound", "proof"), _summary(result))
    return content.getvalue()


def _summary(result: MatchResult) -> Iterable[tuple[Cell, ...]]:
    for level in result.levels:
        scale = 1000 if level.name in ("points", "worst_points") else 1
        title = level_title(level.name)
        yield title, level.value / scale, level.bound / scale, proof_text(level)
    if result.levels:
        yield "blocking pairs", blocking_text(result.blocking_pairs)
    for price in result.price_of_fairness:
        yield "price of fairness", fairness_price_text(price)
    run = result.run
    yield "result", run.solve_status
    yield "equal answers told apart by", run.tie_rule
    yield "problem's digest", run.problem_digest
    for name, version in run.versions.items():
        yield f"version of {name}", version


def _named(contacts: Contacts | None, *references: str) -> tuple[str, ...]:
    return () if contacts is None else name_cells(contacts, *references)


def _sheet(
    workbook: Any, name: str, headings: Sequence[str], rows: Iterable[Sequence[Cell]]
) -> None:
    sheet = workbook.add_worksheet(name)
    bold = workbook.add_format({"bold": True})
    sheet.write_row(0, 0, headings, bold)
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, len(headings) - 1, 18)
    for number, row in enumerate(rows, start=1):
        for position, cell in enumerate(row):
            if isinstance(cell, str):
                sheet.write_string(number, position, cell[:_LONGEST_CELL])
            else:
                sheet.write_number(number, position, cell)
