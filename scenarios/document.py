"""A round's document, edited by making copies: whoever holds the old one still has it whole."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from models.domain.programme import trimmed
from solver.intake.display import quoted

Document = dict[str, Any]
Person = dict[str, Any]


class NotApplicableError(Exception):
    """A change finds nothing to change: the field of it that is to blame, and why."""

    def __init__(self, code: str, field: str, value: object, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.code, self.field, self.value = code, field, value
        self.message, self.hint = message, hint


def no_contact(field: str) -> NotApplicableError:
    """The fault of a change that brings contact details, which no scenario holds."""
    message = "a scenario holds no names, e-mail addresses or addresses"
    hint = "Leave `contact` out; it belongs into the round itself."
    return NotApplicableError("CHANGE_WITH_CONTACT", field, None, message, hint)


def place_of(document: Document, reference: str) -> int | None:
    """The place of a participant in the document's list; None where nobody has the reference."""
    for place, person in enumerate(document["participants"]):
        if trimmed(str(person["reference"])) == reference:
            return place
    return None


def with_person(
    document: Document, field: str, reference: str, edit: Callable[[Person], Person | None]
) -> Document:
    """The document with one participant edited, or left out where the edit gives None.

    `field` is the change's own that holds the reference. Raises `NotApplicableError` where
    nobody has it.
    """
    place = place_of(document, reference)
    if place is None:
        raise NotApplicableError(
            "CHANGE_UNKNOWN_PERSON",
            field,
            reference,
            f"{quoted(reference)} is nobody in the round at this step",
            "Check the reference, and the changes before this one.",
        )
    people = document["participants"]
    edited = edit(people[place])
    put = [] if edited is None else [edited]
    return document | {"participants": [*people[:place], *put, *people[place + 1 :]]}


def with_policy(document: Document, **parts: Any) -> Document:
    """The document with other parts of its policy; None leaves a part out."""
    policy = {**document.get("policy", {}), **parts}
    return document | {"policy": {name: part for name, part in policy.items() if part is not None}}


def policy_part(document: Document, part: str, empty: Any) -> Any:
    """A part of the document's policy, or what stands for none."""
    found = document.get("policy", {}).get(part)
    return empty if found is None else found


def with_pair(document: Document, where: str, mentor: str, mentee: str) -> Document:
    """The document with one pair more in a list of pairs (`pins`, `bars`).

    Raises `NotApplicableError` where it stands there already.
    """
    if _place_of_pair(document, where, mentor, mentee) is not None:
        message = f"{mentor} and {mentee} are among the {where} already"
        raise NotApplicableError("CHANGE_WITHOUT_EFFECT", "mentee", mentee, message)
    pair = {"mentor": mentor, "mentee": mentee}
    return document | {where: [*(document.get(where) or ()), pair]}


def without_pair(document: Document, where: str, mentor: str, mentee: str) -> Document:
    """The document with one pair less in a list of pairs.

    Raises `NotApplicableError` where it does not stand there.
    """
    place = _place_of_pair(document, where, mentor, mentee)
    if place is None:
        message = f"{mentor} and {mentee} are not among the {where}"
        raise NotApplicableError("CHANGE_WITHOUT_EFFECT", "mentee", mentee, message)
    pairs = document[where]
    return document | {where: [*pairs[:place], *pairs[place + 1 :]]}


def _place_of_pair(document: Document, where: str, mentor: str, mentee: str) -> int | None:
    for place, pair in enumerate(document.get(where) or ()):
        if (trimmed(pair["mentor"]), trimmed(pair["mentee"])) == (mentor, mentee):
            return place
    return None
