"""What is wrong with an input: one issue for each problem, all of them at once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal

from pydantic import Field

from models.domain.base import Frozen

Severity = Literal["error", "warning"]


class Issue(Frozen):
    """One problem in an input, with its place, the offending value and a likely remedy.

    `pointer` is a JSON pointer (RFC 6901) into the submitted document. A problem in a
    spreadsheet has `file`, `line` and `column` in `detail`; the value is always
    `detail["value"]`, where there is one.
    """

    code: str
    message: str
    pointer: str = ""
    hint: str = ""
    severity: Severity = "error"
    detail: dict[str, Any] = Field(default_factory=dict)


def has_errors(issues: Iterable[Issue]) -> bool:
    """Whether any of the issues forbids going on."""
    return any(issue.severity == "error" for issue in issues)
