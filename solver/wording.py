"""The turns of phrase that several rules share when they give their reasons."""

from __future__ import annotations

from collections.abc import Sequence

from models.domain.participant import Pair, Participant
from models.domain.problem import Problem


def listed(words: Sequence[str]) -> str:
    """The words as a sentence lists them: "a", "a and b", "a, b and c"."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def rule_title(name: str) -> str:
    """What people call a rule: "grade seniority"."""
    return name.replace("_", " ")


def pins_named(pins: Sequence[Pair]) -> str:
    """Pins as a sentence names them: "the pin of M1 and E1"."""
    named = listed([f"{pin.mentor} with {pin.mentee}" for pin in pins])
    return f"the pin of {named}" if len(pins) == 1 else f"the pins of {named}"


def counted(number: int, what: str, plural: str | None = None) -> str:
    """So many of something: "no pairs", "1 pair", "1,200 pairs"."""
    if number == 1:
        return f"1 {what}"
    return f"{f'{number:,}' if number else 'no'} {plural or f'{what}s'}"


def points_in_words(points: int) -> str:
    """Whole points as people read them: divided by 1000, without needless zeros."""
    text = f"{points / 1000:,.3f}".rstrip("0").rstrip(".")
    return f"{text} point{'' if text == '1' else 's'}"


def ordinal(number: int) -> str:
    """A place in a list: "1st", "2nd", "11th"."""
    teen = number % 100 in (11, 12, 13)
    ending = "th" if teen else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def grades_compared(problem: Problem, mentor: Participant, mentee: Participant) -> str:
    """Both grades and how far apart they are: "Grade 6 is two grades above SEO"."""
    gap = problem.grade_rank[mentor.grade] - problem.grade_rank[mentee.grade]
    if gap == 0:
        return f"both are at {mentor.grade}"
    return f"{mentor.grade} is {grades_apart(gap)} {mentee.grade}"


def grades_apart(gap: int) -> str:
    """How far above or below: "two grades above", "one grade below", "at the same grade"."""
    if gap == 0:
        return "at the same grade"
    words = ("", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
    steps = words[abs(gap)] if abs(gap) < len(words) else f"{abs(gap)}"
    return f"{steps} grade{'' if abs(gap) == 1 else 's'} {'above' if gap > 0 else 'below'}"


def departments_compared(mentor: Participant, mentee: Participant) -> str:
    """Both departments, and whether they differ."""
    gap = gap_on_record("department", mentor.department, mentee.department)
    if gap:
        return gap
    if mentor.department == mentee.department:
        return f"both are in {mentor.department}"
    return f"{mentor.department} and {mentee.department} are different departments"


def gap_on_record(what: str, mentors: str | None, mentees: str | None) -> str | None:
    """Which of two values is not given; None where both are."""
    if mentors is None and mentees is None:
        return f"neither has a {what} on record"
    if mentors is None:
        return f"the mentor has no {what} on record, and the mentee's is {mentees}"
    if mentees is None:
        return f"the mentee has no {what} on record, and the mentor's is {mentors}"
    return None
