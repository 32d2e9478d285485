"""A result as CSV: pairs, everybody without, and pins, told apart by `outcome`."""

from __future__ import annotations

import csv
import io

from models.domain.result import MatchResult
from service.spreadsheets.result_rows import (
    NAME_HEADINGS,
    PAIR_HEADINGS,
    Cell,
    Contacts,
    everybody_left,
    name_cells,
    pair_row,
    pin_rows,
)

_STARTS_A_FORMULA = "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20"
_PASSED_OVER = " \u00a0\ufeff\u200b\"'"


def result_csv(result: MatchResult, contacts: Contacts | None = None) -> bytes:
    """The result as UTF-8 with a byte-order mark, which spreadsheet programs need.

    A cell that a spreadsheet program could take for a formula begins with a quote.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    names = () if contacts is None else NAME_HEADINGS
    writer.writerow(("outcome", *PAIR_HEADINGS, *names))
    for pair in result.assignments:
        named = () if contacts is None else name_cells(contacts, pair.mentor, pair.mentee)
        writer.writerow(map(_harmless, ("matched", *pair_row(pair), *named)))
    for left in everybody_left(result):
        mentor, mentee = (left.reference, "") if left.role == "mentor" else ("", left.reference)
        named = () if contacts is None else name_cells(contacts, mentor, mentee)
        outcome = "short" if left.got else left.reason
        row = (outcome, mentor, mentee, "", "", "", left.because, *named)
        writer.writerow(map(_harmless, row))
    for mentor, mentee, outcome, because in pin_rows(result):
        named = () if contacts is None else name_cells(contacts, mentor, mentee)
        row = (outcome, mentor, mentee, "", "", "", because, *named)
        writer.writerow(map(_harmless, row))
    return text.getvalue().encode("utf-8-sig", errors="replace")


def _harmless(cell: Cell) -> Cell:
    if isinstance(cell, str) and cell.lstrip(_PASSED_OVER).startswith(tuple(_STARTS_A_FORMULA)):
        return f"'{cell}"
    return cell
