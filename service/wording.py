"""Figures and proofs in a planner's words, the same in every door and file."""

from __future__ import annotations

from collections.abc import Iterable

from models.domain.result import Assignment, Contribution, LevelResult

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
_IN_THOUSANDTHS = ("points", "worst_points")


def points_text(points: int) -> str:
    """Whole points as people read them: divided by 1000, with the thousandths."""
    return f"{points / 1000:,.3f}"


def level_title(name: str) -> str:
    """What a level counts, in words."""
    return _TITLES.get(name, name.replace("_", " "))


def level_figure(name: str, figure: int) -> str:
    """A level's value, bound or gap as people read it."""
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
