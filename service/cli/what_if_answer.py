"""What the commands that ask "what if" make of an answer."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Protocol

import typer

from service.cli.printing import print_issues, printable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from models.domain.result import MatchResult
    from scenarios.scenario import Scenario


class WhatIfAnswer(Protocol):
    """A scenario, and its result where the changed round states a problem."""

    @property
    def scenario(self) -> Scenario:
        """The round as it would be, with what is wrong with the changes."""

    @property
    def result(self) -> MatchResult | None:
        """None where there is nothing to solve."""


def result_of(answer: WhatIfAnswer) -> MatchResult:
    """Raises `CommandFailed` with every issue where the changed round states no problem."""
    from service.cli.round_input import invalid

    if answer.result is None:
        raise invalid(answer.scenario.issues)
    print_issues(answer.scenario.issues)
    return answer.result


def print_some(lines: Sequence[str], top: int) -> None:
    """Prints the first lines, and how many more there are."""
    for line in islice(lines, top):
        typer.echo(f"  {printable(line)}")
    if len(lines) > top:
        typer.echo(f"  and {len(lines) - top:,} more (--top)")
