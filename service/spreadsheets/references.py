"""References for people whose spreadsheet has none, and e-mails kept out of the matching plane."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable

from models.domain.base import canonical_json
from models.domain.problem import canonical_key, default_salt
from service.spreadsheets.sheet import Side
from service.spreadsheets.table import Row, Table


class Naming:
    """How the rows of a round are called: by their reference where the sheet has that column.

    Otherwise `mentor-0001`, `mentee-0001`, … in the order of the salted hash of the e-mail
    (without one, of the whole row), so that the order of the rows never matters. The salt is
    that of all those keys.
    """

    def __init__(self, tables: Iterable[Table]) -> None:
        tables = list(tables)
        self._salt = default_salt(_key(row) for table in tables for row in table.rows)
        self._references: dict[tuple[Side, int], str] = {}
        self._by_email: dict[str, list[str]] = defaultdict(list)
        for table in tables:
            self._name_rows(table)

    def reference(self, table: Table, row: Row) -> str:
        """The row's reference."""
        return self._references[table.side, row.line]

    def person(self, table: Table, row: Row) -> str:
        """The human behind a row: the first reference of its e-mail, which is never shown."""
        email = email_of(row)
        return self._by_email[email][0] if email else self.reference(table, row)

    def references_of(self, text: str) -> list[str]:
        """The references that a name in a list of people stands for.

        An e-mail stands for whoever has it; one of nobody in the round becomes a pseudonym,
        the same wherever it is given.
        """
        if "@" not in text:
            return [text]
        email = text.casefold()
        digest = hashlib.sha256(f"{self._salt}\x1f{email}".encode()).hexdigest()
        return self._by_email.get(email) or [f"outside-{digest[:12]}"]

    def _name_rows(self, table: Table) -> None:
        ordered = sorted(table.rows, key=lambda row: canonical_key(self._salt, _key(row)))
        digits = max(4, len(str(len(ordered))))
        for number, row in enumerate(ordered, start=1):
            made_up = f"{table.side}-{number:0{digits}}"
            reference = row.texts.get("reference", made_up)
            self._references[table.side, row.line] = reference
            if email_of(row):
                others = self._by_email[email_of(row)]
                others += [] if reference in others else [reference]


def email_of(row: Row) -> str:
    """A row's e-mail as it is compared; empty where there is none."""
    return row.texts.get("email", "").casefold()


def _key(row: Row) -> str:
    return email_of(row) or canonical_json(row.texts)
