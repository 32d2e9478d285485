"""What a column may hold: the contract's fields by name, and how a cell becomes a value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from service.spreadsheets.sheet import Side

Kind = Literal["text", "word", "list", "whole", "flag"]

IGNORED = "ignore"
"""What a mapping says of a column that is known and left unread."""

_YES_AND_NO = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}


@dataclass(frozen=True)
class Field:
    """A field of a participant. `path` is its place in the contract's document."""

    name: str
    kind: Kind
    path: tuple[str, ...]

    @property
    def is_private(self) -> bool:
        """Whether no issue may show what stands in the column."""
        return self.path[0] == "contact" or "characteristic" in self.name

    def value_of(self, text: str, separator: str) -> Any:
        """The value that a cell means; the text itself where it means none, for intake to
        refuse with its reasons."""
        match self.kind:
            case "list":
                return [part.strip() for part in text.split(separator) if part.strip()]
            case "whole":
                return _whole(text)
            case "flag":
                return _YES_AND_NO.get(text.casefold(), text)
            case "word":
                return text.casefold()
            case "text":
                return text


def fields_of(side: Side) -> dict[str, Field]:
    """Every field that a column of the mentors' or the mentees' sheet may hold, by name."""
    section = {**_EITHER_SECTION, **_SECTION[side]}
    return {
        **{name: Field(name, kind, (name,)) for name, kind in _COMMON.items()},
        **{name: Field(name, kind, (side, name)) for name, kind in section.items()},
        **{name: Field(name, "text", ("contact", name)) for name in _CONTACT},
    }


def _whole(text: str) -> int | str:
    """`2`, and `2.0` as some programs write it."""
    digits = text.removesuffix(".0")
    unsigned = digits.removeprefix("-")
    is_whole = unsigned.isascii() and unsigned.isdigit() and len(unsigned) < 20
    return int(digits) if is_whole else text


_COMMON: dict[str, Kind] = {
    "reference": "text",
    "person": "text",
    "grade": "text",
    "department": "text",
    "profession": "text",
    "job_role": "text",
    "team": "text",
    "line_manager": "text",
    "regions": "list",
    "home_region": "text",
    "remote": "flag",
    "characteristics": "list",
    "previous_pairs": "list",
}
_EITHER_SECTION: dict[str, Kind] = {"experience": "word", "prefers": "list", "avoids": "list"}
_SECTION: dict[Side, dict[str, Kind]] = {
    "mentor": {"capacity": "whole", "offers": "list"},
    "mentee": {
        "wants": "whole",
        "seeks": "list",
        "seeks_characteristic": "text",
        "tier": "whole",
    },
}
_CONTACT = ("name", "first_name", "last_name", "email", "address")
