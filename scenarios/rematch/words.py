"""A round matched again, in a planner's words."""

from __future__ import annotations

from collections.abc import Iterator

from models.domain.rematch import CurvePoint, GonePair, Rematch
from solver.wording import counted, listed, points_in_words


def rematch_lines(rematch: Rematch) -> Iterator[str]:
    """What became of the earlier pairs as a whole, and who is left with nobody."""
    gone, kept, broken = (len(rematch.unavoidable), len(rematch.kept), len(rematch.broken))
    earlier = counted(gone + kept + broken, "earlier pair")
    yield f"Of {earlier}: {kept:,} kept, {broken:,} broken, {gone:,} that cannot stand."
    if broken:
        yield _of_the_broken(rematch)
    yield f"New pairs: {len(rematch.new):,}."
    alone = rematch.unmatched_now
    if alone:
        names = [f"{person.role} {person.reference}" for person in alone]
        yield f"Had somebody and has nobody now: {listed(names)}."


def _of_the_broken(rematch: Rematch) -> str:
    if rematch.least_broken is None or rematch.broken_avoidable is None:
        return "How many of the broken could have been kept together is not proved."
    could = f"{rematch.broken_avoidable:,} of the broken could have been kept"
    if not rematch.least_broken:
        return f"{could}."
    had_to = f"{rematch.least_broken:,} had to go, for want of places or under a limit"
    return f"{could}; {had_to}."


def gone_line(gone: GonePair) -> str:
    """Why an earlier pair can no longer stand."""
    return f"{gone.mentor} with {gone.mentee} cannot stand: {gone.because}"


def curve_line(point: CurvePoint) -> str:
    """What so many pairs kept leave of the points."""
    paid = "" if point.price is None else f", from a price of {point.price}"
    proof = "" if point.proved else " (not proved)"
    kept = f"{point.kept:,} kept and {point.broken:,} broken"
    return f"{kept}: {points_in_words(point.points)}{paid}{proof}"
