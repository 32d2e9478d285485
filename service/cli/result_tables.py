"""A result on the terminal: the pairs with their strongest reasons, the levels, who is left."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING

from models.domain.stop import STOP_REASONS
from service.cli.printing import printable
from service.wording import (
    blocking_text,
    fairness_price_text,
    level_figure,
    level_title,
    points_text,
    proof_text,
    reasons,
)

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from models.domain.by_hand import ByHand
    from models.domain.participant import Contact
    from models.domain.result import Assignment, LevelResult, MatchResult, Unmatched

STRONGEST_REASONS = 3
WIDTH_WITHOUT_TERMINAL = 120


def print_pairs(result: MatchResult, contacts: Mapping[str, Contact] | None = None) -> None:
    """Every pair, then those who have nobody and those who have fewer than they want.

    Names are shown only where they are given.
    """
    called = contacts or {}
    pairs = _table("mentor", "mentee", "points", "why")
    for pair in result.assignments:
        pairs.add_row(
            _called(pair.mentor, called), _called(pair.mentee, called), *_points_and_why(pair)
        )
    console = _console()
    console.print(pairs)
    if result.unmatched:
        without = _table("without a partner", "role", "reason", "why")
        for person in result.unmatched:
            without.add_row(_called(person.reference, called), person.role, *_reason(person))
        console.print(without)
    if result.short:
        fewer = _table("fewer than wanted", "role", "got", "wanted", "reason", "why")
        for person in result.short:
            counts = (str(person.got), str(person.wanted))
            fewer.add_row(_called(person.reference, called), person.role, *counts, *_reason(person))
        console.print(fewer)
    print_pins(result)


def print_pins(result: MatchResult) -> None:
    """The pins that stand though they fail rules, and those that were dropped, with the reasons."""
    console = _console()
    if result.waived_pins:
        waived = _table("pinned mentor", "mentee", "waived")
        for held in result.waived_pins:
            because = "; ".join(check.because for check in held.checks)
            waived.add_row(_text(held.mentor), _text(held.mentee), _text(because))
        console.print(waived)
    if result.dropped_pins:
        dropped = _table("dropped pin: mentor", "mentee", "why")
        for pin in result.dropped_pins:
            dropped.add_row(_text(pin.mentor), _text(pin.mentee), _text(pin.because))
        console.print(dropped)


def print_summary(result: MatchResult) -> None:
    """The levels with what is proved of each, and the size of the answer; or why there is none."""
    if not result.levels:
        reason = result.conflict.because if result.conflict else "no answer was found in time"
        _console().print(
            f"{result.run.solve_status}: {reason}{_stopped(result)}", markup=False, highlight=False
        )
        return
    table = _table("level", "value", "bound", "proof")
    for level in result.levels:
        figures = [level_figure(level.name, number) for number in (level.value, level.bound)]
        table.add_row(level_title(level.name), *figures, _proof(result, level))
    console = _console()
    console.print(table)
    for choice in result.run.by_hand:
        console.print(_chosen(choice), markup=False, highlight=False)
    unmatched = sum(person.role == "mentee" for person in result.unmatched)
    console.print(
        f"pairs: {len(result.assignments):,}; mentees without a mentor: {unmatched:,}; "
        f"{result.run.solve_status} after {result.run.seconds:.1f} s{_stopped(result)}",
        markup=False,
        highlight=False,
    )
    for line in (
        blocking_text(result.blocking_pairs),
        *map(fairness_price_text, result.price_of_fairness),
    ):
        console.print(line, markup=False, highlight=False)


def _proof(result: MatchResult, level: LevelResult) -> str:
    """What is known of a level; the tie rule's last word may have been a planner's."""
    chosen = result.run.tie_rule == "chosen" and level == result.levels[-1]
    return "a planner chose among equals" if chosen else proof_text(level)


def _chosen(choice: ByHand) -> str:
    """A pair that was made by hand, and what it cost."""
    from solver.questions.words import losses_in_words

    cost = losses_in_words(choice.losses, "at no cost")
    return printable(f"made by hand: {choice.mentor} mentors {choice.mentee}, {cost}")


def _stopped(result: MatchResult) -> str:
    """Which limit or mishap ended the search early; nothing where it came to its end."""
    reason = result.run.stopped_by
    return f"; stopped early: {STOP_REASONS[reason]}" if reason else ""


def _points_and_why(pair: Assignment) -> tuple[str, str]:
    strongest = [_text(part.because) for part in reasons(pair, STRONGEST_REASONS)]
    forced = [f"forced by {_text(pair.forced_by)}"] if pair.forced_by else []
    return points_text(pair.points), "; ".join([*forced, *strongest]) or "nothing beyond the rules"


def _reason(person: Unmatched) -> tuple[str, str]:
    return person.reason.replace("_", " "), _text(person.because)


def _called(reference: str, contacts: Mapping[str, Contact]) -> str:
    contact = contacts.get(reference)
    name = contact.name or contact.email if contact else None
    return _text(f"{reference} {name}" if name else reference)


def _text(text: str) -> str:
    from rich.markup import escape

    return escape(printable(text))


def _table(*headings: str) -> Table:
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for heading in headings:
        numeric = heading in ("points", "got", "wanted", "value", "bound")
        table.add_column(heading, justify="right" if numeric else "left", no_wrap=numeric)
    return table


def _console() -> Console:
    from rich.console import Console

    return Console(width=None if sys.stdout.isatty() else WIDTH_WITHOUT_TERMINAL, highlight=False)
