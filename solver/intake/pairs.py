"""The pairs that a round names: pins, bars and an earlier result's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from models.domain.participant import EarlierPair, Pair
from models.domain.programme import trimmed
from models.domain.submission import EarlierPairSubmission, PairSubmission
from solver.intake.display import quoted
from solver.intake.issue_log import IssueLog, Path
from solver.intake.pin_log import PinLog
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
            pair = Pair(mentor=mentor, mentee=mentee)
            message = f"{in_words(pair)} stands in the earlier result more than once"
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


def check_pins(pins: Placed, rows: RowsOf, faults: PinLog) -> Placed:
    """The pins of two people who are there, in the roles they have, each pin once."""
    first: dict[Pair, Path] = {}
    sound = []
    for path, pin in pins:
        if faults.log.is_overfull:
            break
        if pin in first:
            message = f"{in_words(pin)} is pinned more than once"
            # Dropped or not, the pair is pinned by the first of them.
            write = faults.log.warning if faults.drops else faults.log.error
            write("PIN_DUPLICATE", path, message, "Keep one of the pins.", first=first[pin][1])
            continue
        first[pin] = path
        mentor, mentee = people_of(pin, rows)
        if mentor == mentee:
            message = f"{quoted(pin.mentor)} cannot be their own mentor"
            faults.refuse("PIN_SELF", path, pin, message, "Remove the pin.", value=pin.mentor)
        elif _both_are_there(path, pin, rows, faults):
            sound.append((path, pin))
    return sound


def people_of(pair: Pair, rows: RowsOf) -> tuple[str, str]:
    """The two humans; a reference that is not in the round stands for itself."""
    mentor, mentee = (
        rows[reference][0].person if reference in rows else reference
        for reference in (pair.mentor, pair.mentee)
    )
    return mentor, mentee


def in_words(pair: Pair) -> str:
    """Who would mentor whom."""
    return f"{quoted(pair.mentor)} as mentor of {quoted(pair.mentee)}"


def _both_are_there(path: Path, pin: Pair, rows: RowsOf, faults: PinLog) -> bool:
    there = True
    for side in ("mentor", "mentee"):
        reference = getattr(pin, side)
        if any(getattr(row.given, side) is not None for row in rows.get(reference, ())):
            continue
        there = False
        if reference not in rows:
            message = f"{quoted(reference)} is nobody in the round"
            hint = "Remove the pin, or add the person to the round."
            if faults.drops:
                # A dropped pin is shown in the result, where no name and no address may be.
                check_pseudonym(reference, (*path, side), faults.log)
        else:
            message = f"{quoted(reference)} has no `{side}` section in the round"
            hint = f"Add the section, or pin somebody else as the {side}."
        detail = {"value": reference}
        faults.refuse("PIN_UNKNOWN_PERSON", (*path, side), pin, message, hint, **detail)
    return there
