"""Figures and proofs in a planner's words, the same in every door and file."""

from __future__ import annotations

from collections.abc import Iterable

from models.domain.result import (
    Assignment,
    BlockingPairs,
    Contribution,
    FairnessPrice,
    LevelResult,
)
from solver.questions.words import losses_in_words
from solver.wording import points_in_words

_TITLES = {
    "mentees_matched": "mentees with a mentor",
    "mentors_used": "mentors used",
    "worst_points": "fewest points of a pair",
    "smallest_group_rate": "smallest group's rate",
    "kept": "pairs kept",
    "pins_kept": "pins kept",
    "points": "points",
    "lottery": "lottery among equals",
}
_COMPARED = {
    "total": "the best by points alone",
    "coverage": "the best with as many mentees as possible first",
}
_IN_THOUSANDTHS = ("points", "worst_points")
_BUCKET = "bucket_"
_RATE = "smallest_group_rate"


def points_text(points: int) -> str:
    """Whole points as people read them: divided by 1000, with the thousandths."""
    return f"{points / 1000:,.3f}"


def level_title(name: str) -> str:
    """What a level counts, in words."""
    if name.startswith(_BUCKET):
        number = name.removeprefix(_BUCKET)
        return f"pairs in bucket {number}{' (the lowest points)' if number == '1' else ''}"
    return _TITLES.get(name, name.replace("_", " "))


def level_figure(name: str, figure: int) -> str:
    """A level's value, bound or gap as people read it."""
    if name.startswith(_BUCKET):
        # Fewer are better, so inside they are counted as a loss.
        return f"{abs(figure):,}"
    if name == _RATE:
        return f"{figure / 10_000:.2f}%"
    return points_text(figure) if name in _IN_THOUSANDTHS else f"{figure:,}"


def proof_text(level: LevelResult) -> str:
    """What is known of a level: "certified optimal" only where the certificate says so."""
    if level.proved and level.proof == "certified":
        return "certified optimal"
    if level.proved:
        return f"optimal according to {level.proof.removeprefix('engine:')}"
    return f"not proved; at most {level_figure(level.name, level.bound - level.value)} better"


def reasons(assignment: Assignment, most: int | None = None) -> tuple[Contribution, ...]:
    """What speaks for a pair, strongest first; at most so many."""
    given = [part for part in assignment.contributions if part.points > 0]
    return tuple(sorted(given, key=lambda part: (-part.points, part.rule))[:most])


def reasons_text(contributions: Iterable[Contribution]) -> str:
    """Reasons in one line, each with its points."""
    return "; ".join(f"{part.because} ({points_text(part.points)})" for part in contributions)


def blocking_text(blocks: BlockingPairs) -> str:
    """How many pairs were not made in which both would have more than they have."""
    if not blocks.count:
        return "no two people would both do better with each other"
    two = "1 pair of people" if blocks.count == 1 else f"{blocks.count:,} pairs of people"
    gain = points_in_words(blocks.worst[0].gain)
    return f"{two} would both do better with each other, by up to {gain}"


def fairness_price_text(price: FairnessPrice) -> str:
    """What the result has less, or more, than the best under another mode."""
    losses = {level.name: level.difference for level in price.levels}
    told = losses_in_words(losses, "nothing lost and nothing gained")
    proved = all(level.proved for level in price.levels)
    beside = "" if proved else ", as far as was found in time"
    return f"beside {_COMPARED[price.mode]}: {told}{beside}"
