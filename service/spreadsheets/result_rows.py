"""A result as rows of cells: each pair, everybody without, and what became of the pins."""

from __future__ import annotations

from collections.abc import Mapping

from models.domain.participant import Contact
from models.domain.result import Assignment, MatchResult, Unmatched
from service.wording import reasons, reasons_text

Cell = str | float | int
Contacts = Mapping[str, Contact]

PAIR_HEADINGS = ("mentor", "mentee", "points", "mentee_rank", "mentor_rank", "reasons")
LEFT_HEADINGS = ("reference", "role", "got", "wanted", "reason", "because")
PIN_HEADINGS = ("mentor", "mentee", "outcome", "because")
NAME_HEADINGS = ("mentor_name", "mentor_email", "mentee_name", "mentee_email")


def pair_row(assignment: Assignment) -> tuple[Cell, ...]:
    """A pair, in the order of `PAIR_HEADINGS`; the points divided by 1000."""
    return (
        assignment.mentor,
        assignment.mentee,
        assignment.points / 1000,
        assignment.mentee_rank,
        assignment.mentor_rank,
        reasons_text(reasons(assignment)),
    )


def left_row(left: Unmatched) -> tuple[Cell, ...]:
    """Somebody with nobody or too few, in the order of `LEFT_HEADINGS`."""
    return (left.reference, left.role, left.got, left.wanted, left.reason, left.because)


def pin_rows(result: MatchResult) -> tuple[tuple[str, str, str, str], ...]:
    """The pins that waive rules, then those that were dropped, in the order of `PIN_HEADINGS`."""
    waived = (
        (pin.mentor, pin.mentee, "pin_waived", "; ".join(check.because for check in pin.checks))
        for pin in result.waived_pins
    )
    dropped = ((pin.mentor, pin.mentee, "pin_dropped", pin.because) for pin in result.dropped_pins)
    return (*waived, *dropped)


def everybody_left(result: MatchResult) -> tuple[Unmatched, ...]:
    """Those who have nobody, then those who have fewer than they want."""
    return (*result.unmatched, *result.short)


def name_cells(contacts: Contacts, *references: str) -> tuple[str, ...]:
    """Name and e-mail of each reference; empty where they are not known."""
    found = [contacts.get(reference, Contact()) for reference in references]
    return tuple(text or "" for contact in found for text in (contact.name, contact.email))
