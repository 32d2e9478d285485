"""The pairs that a round names: pins, bars and an earlier result's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from models.domain.participant import EarlierPair, Pair
from models.domain.programme import trimmed
from models.domain.submission import EarlierPairSubmission, PairSubmission
from solver.intake.display import quoted
from solver.intake.issue_log import IssueLog, Path
from solver.intake.pseudonyms import check_pseudonym
from solver.intake.rows import Row
from solver.intake.schema import validated

Placed = Sequence[tuple[Path, Pair]]
"""Pairs, each with its place in the document."""

RowsOf = Mapping[str, Sequence[Row]]
"""The rows of each reference: one, where all is well."""


def read_pairs(raws: Sequence[object], path: Path, log: IssueLog) -> Placed:
    """Every pair with both its references, and its place."""
    pairs = []
    for index, raw in enumerate(raws):
        if log.is_overfull:
            break
        given = validated(PairSubmission, raw, (*path, index), log)
        if given is not None:
            pair = Pair(mentor=trimmed(given.mentor), mentee=trimmed(given.mentee))
            pairs.append(((*path, index), pair))
    return pairs


def read_earlier(raws: Sequence[object], log: IssueLog) -> list[EarlierPair]:
    """The pairs of an earlier result. Its people need not be in the round any more."""
    found: dict[tuple[str, str], tuple[Path, EarlierPair]] = {}
    for index, raw in enumerate(raws):
        if log.is_overfull:
            break
        path: Path = ("earlier", "pairs", index)
        given = validated(EarlierPairSubmission, raw, path, log)
        if given is None:
            continue
        mentor, mentee = trimmed(given.mentor), trimmed(given.mentee)
        check_pseudonym(mentor, (*path, "mentor"), log)
        check_pseudonym(mentee, (*path, "mentee"), log)
        first, _ = found.setdefault(
            (mentor, mentee),
            (path, EarlierPair(mentor=mentor, mentee=mentee, state=given.state)),
        )
        if first is not path:
            message = f"{_sentence(mentor, mentee)} stands in the earlier result more than once"
            log.error("EARLIER_DUPLICATE", path, message, "Keep one of them.", first=first[-1])
    return [pair for _, pair in found.values()]


def check_bars(bars: Placed, rows: RowsOf, log: IssueLog) -> None:
    """A planner's bar names people of the round."""
    for path, bar in bars:
        for side in ("mentor", "mentee"):
            reference = getattr(bar, side)
            if reference not in rows:
                message = f"{quoted(reference)} is nobody in the round"
                hint = "Remove the bar, or add the person to the round."
                log.error("BAR_UNKNOWN_PERSON", (*path, side), message, hint, value=reference)


def check_pins(pins: Placed, bars: Placed, rows: RowsOf, log: IssueLog) -> Placed:
    """The pins of two people who are there, in the roles they have, each pin once."""
    barred = {_people(bar, rows): path for path, bar in bars}
    first: dict[Pair, Path] = {}
    sound = []
    for path, pin in pins:
        if log.is_overfull:
            break
        if pin in first:
            message = f"{_sentence(pin.mentor, pin.mentee)} is pinned more than once"
            log.error("PIN_DUPLICATE", path, message, "Keep one of the pins.", first=first[pin][1])
            continue
        first[pin] = path
        people = _people(pin, rows)
        if people[0] == people[1]:
            message = f"{quoted(pin.mentor)} cannot be their own mentor"
            log.error("PIN_SELF", path, message, "Remove the pin.", value=pin.mentor)
            continue
        if not _both_are_there(path, pin, rows, log):
            continue
        if people in barred:
            message = f"{_sentence(pin.mentor, pin.mentee)} is both pinned and barred"
            hint = "Remove the pin or the bar."
            log.error("PIN_VS_BAR", path, message, hint, bar=barred[people][1])
        sound.append((path, pin))
    return sound


def _both_are_there(path: Path, pin: Pair, rows: RowsOf, log: IssueLog) -> bool:
    there = True
    for side in ("mentor", "mentee"):
        reference = getattr(pin, side)
        if any(getattr(row.given, side) is not None for row in rows.get(reference, ())):
            continue
        there = False
        if reference not in rows:
            message = f"{quoted(reference)} is nobody in the round"
            hint = "Remove the pin, or add the person to the round."
        else:
            message = f"{quoted(reference)} has no `{side}` section in the round"
            hint = f"Add the section, or pin somebody else as the {side}."
        log.error("PIN_UNKNOWN_PERSON", (*path, side), message, hint, value=reference)
    return there


def _people(pair: Pair, rows: RowsOf) -> tuple[str, str]:
    """The two humans; a reference that is not in the round stands for itself."""
    mentor, mentee = (
        rows[reference][0].person if reference in rows else reference
        for reference in (pair.mentor, pair.mentee)
    )
    return mentor, mentee


def _sentence(mentor: str, mentee: str) -> str:
    return f"{quoted(mentor)} as mentor of {quoted(mentee)}"
