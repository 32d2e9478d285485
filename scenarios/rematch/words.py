"""A round matched again, in a planner's words."""

from __future__ import annotations

from collections.abc import Iterator

from models.domain.rematch import CurvePoint, GonePair, Rematch
from solver.wording import counted, listed, points_in_words


def rematch_lines(rematch: Rematch) -> Iterator[str]:
    """What became of the earlier pairs as a whole, and who is left with nobody."""
    gone, kept, broken = (len(rematch.unavoidable), len(rematch.kept), len(rematch.broken))
    earlier = counted(gone + kept + broken, "earlier pair")
    yield f"Of {earlier}, {gone:,} cannot stand, {kept:,} are kept and {broken:,} are broken."
    if rematch.least_broken is None:
        yield "How many of the broken had to go together is not proved."
    elif broken:
        yield (
            f"At least {rematch.least_broken:,} of the broken had to go together; "
            f"{rematch.broken_avoidable:,} could have been kept."
        )
    yield f"New pairs: {len(rematch.new):,}."
    alone = rematch.unmatched_now
    if alone:
        names = [f"{person.role} {person.reference}" for person in alone]
        yield f"Had somebody and has nobody now: {listed(names)}."


def gone_line(gone: GonePair) -> str:
    """Why an earlier pair can no longer stand."""
    return f"{gone.mentor} with {gone.mentee} cannot stand: {gone.because}"


def curve_line(point: CurvePoint) -> str:
    """What so many pairs kept leave of the points."""
    paid = "" if point.price is None else f", from a price of {point.price}"
    proof = "" if point.proved else " (not proved)"
    kept = f"{point.kept:,} kept and {point.broken:,} broken"
    return f"{kept}: {points_in_words(point.points)}{paid}{proof}"
