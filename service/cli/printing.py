"""Plain lines on the terminal: issues, and text that came from somebody else."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from models.domain.issue import Issue


def printable(text: object) -> str:
    """Text without the control characters with which an input could steer a terminal."""
    return "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in str(text))


def print_issues(issues: Sequence[Issue]) -> None:
    """Every issue on stderr: its place, what is wrong and what would help."""
    for issue in issues:
        typer.echo(f"  {issue.severity} {issue.code}: {printable(_placed(issue))}", err=True)
        if issue.hint:
            typer.echo(f"      {printable(issue.hint)}", err=True)


def _placed(issue: Issue) -> str:
    """The message after its place and before the offending value, neither of them twice."""
    value = str(issue.detail.get("value", ""))
    shown = f" ({value[:80]})" if value and value not in issue.message else ""
    return f"{_place(issue)}{issue.message}{shown}"


def _place(issue: Issue) -> str:
    detail = issue.detail
    if "file" not in detail:
        return f"{issue.pointer}: " if issue.pointer else ""
    if str(detail["file"]) in issue.message:
        return ""
    line = f" line {detail['line']}" if "line" in detail else ""
    column = f', column "{detail["column"]}"' if "column" in detail else ""
    return f"{detail['file']}{line}{column}: "
