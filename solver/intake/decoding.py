"""From bytes to text, with every reason why they are not quite UTF-8."""

from __future__ import annotations

import json

from solver.intake.issue_log import IssueLog

_SIGNATURES = {
    b"PK\x03\x04": "a workbook or a zip archive",
    b"\xd0\xcf\x11\xe0": "an old Excel workbook",
    b"\x1f\x8b": "a gzip archive",
    b"\x89PNG": "a PNG image",
    b"%PDF": "a PDF",
}


def decode(data: bytes, log: IssueLog) -> str | None:
    """The text of a document, without a byte-order mark.

    Another encoding than UTF-8 is an issue, and still read as well as it can be, so that the
    document's other problems are found in the same go. None (with an issue) for what is no
    text at all.
    """
    encoding = json.detect_encoding(data)
    kind = _kind_of_binary(data, encoding)
    if kind is not None:
        hint = "Send a round as JSON in UTF-8; a spreadsheet is read by its own command."
        log.error("BINARY_DOCUMENT", (), f"the document is {kind}, not JSON", hint)
        return None
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = error.start - data.rfind(b"\n", 0, error.start)
        log.error(
            "NOT_UTF8",
            (),
            f"line {line}, column {column} holds a byte that is not UTF-8 text",
            "Save it in UTF-8.",
            value=f"0x{data[error.start]:02x}",
            line=line,
            column=column,
        )
        return data.decode("cp1252", errors="replace")
    if not encoding.startswith("utf-8"):
        message = f"the document is in {encoding.upper()}"
        log.error("NOT_UTF8", (), message, "Save it in UTF-8.")
    return text.removeprefix("\ufeff")


def _kind_of_binary(data: bytes, encoding: str) -> str | None:
    for signature, kind in _SIGNATURES.items():
        if data.startswith(signature):
            return kind
    holds_nul = encoding.startswith("utf-8") and b"\0" in data
    return "a binary file: it holds NUL bytes" if holds_nul else None
