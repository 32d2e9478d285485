"""The layout for PostgreSQL as the operator's page has it: its processes, and who is sent what."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs" / "operating.md"
SERVE = re.compile(r"^(?:PAIRWELL_(\w+)=(\S+) )?pairwell serve .*--port \d+$", re.MULTILINE)
ROUTE = re.compile(r"^(?:POST|PUT|PATCH|DELETE) /\S+$", re.MULTILINE)

Address = tuple[str, int]


@dataclass(frozen=True)
class Proxy:
    """Knows which process is sent a request: one that takes rounds in, or the other."""

    answers: Address
    intake: Address

    def address_for(self, method: str, path: str) -> Address:
        """Where a request goes, by its method and path as they are written."""
        asked = f"{method} {path}"
        return self.intake if any(_is(route, asked) for route in intake_routes()) else self.answers


def intake_routes() -> list[str]:
    """The routes that the page has sent to the processes that take rounds in."""
    return ROUTE.findall(PAGE.read_text(encoding="utf-8"))


def settings_of_processes() -> list[dict[str, str]]:
    """What the page sets for the process that answers, and for each that takes rounds in."""
    found = SERVE.findall(PAGE.read_text(encoding="utf-8"))
    return [{name.lower(): value} if name else {} for name, value in found]


def _is(route: str, asked: str) -> bool:
    return re.fullmatch(re.escape(route).replace(r"\*", "[^/]+"), asked) is not None
