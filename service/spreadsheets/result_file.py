"""A result as a file of the kind that its ending asks for."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from models.domain.result import MatchResult
from service.spreadsheets.result_csv import result_csv
from service.spreadsheets.result_rows import Contacts
from service.spreadsheets.result_workbook import result_workbook


def result_json(result: MatchResult, contacts: Contacts | None = None) -> bytes:
    """The result as the contract has it, in the contract's order; names are never in it."""
    return result.model_dump_json(indent=2).encode() + b"\n"


RESULT_WRITERS: dict[str, Callable[[MatchResult, Contacts | None], bytes]] = {
    ".json": result_json,
    ".csv": result_csv,
    ".xlsx": result_workbook,
}
"""How a result is written, by the file's ending."""


def write_result(path: Path, result: MatchResult, contacts: Contacts | None = None) -> None:
    """Writes the file whole or not at all. The ending must be one of `RESULT_WRITERS`."""
    write_whole(path, RESULT_WRITERS[path.suffix.lower()](result, contacts))


def write_document(path: Path, document: object) -> None:
    """Writes a round, or whatever else there is, as JSON."""
    write_whole(path, json.dumps(document, indent=2, ensure_ascii=False).encode() + b"\n")


def write_whole(path: Path, content: bytes) -> None:
    """Writes beside the file and then takes its place, so that nobody finds half of it."""
    path = path.resolve()
    beside = path.with_name(f".{path.name}.part")
    try:
        beside.write_bytes(content)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
