"""A small round that was matched, to be matched again."""

from __future__ import annotations

from typing import Any

from models.domain.problem import Problem
from models.domain.result import MatchResult
from models.reference import civil_service
from scenarios.change import Change
from scenarios.reading import read_changes
from scenarios.rematch.rematching import Rematching
from scenarios.scenario import BaseRound
from tests.in_process import solved_or_not

STOOD = [("M1", "E1"), ("M2", "E2"), ("M3", "E3")]
"""The pairs of the small round, by its pins."""


def a_person(reference: str, **sections: Any) -> dict[str, Any]:
    """A mentor at Grade 7 or a mentee at SEO, who accepts to meet remotely."""
    grade = "Grade 7" if "mentor" in sections else "SEO"
    return {"reference": reference, "grade": grade, "remote": True, **sections}


def a_live_document(policy: dict[str, Any] | None = None) -> dict[str, Any]:
    """Three mentors with two, one and one places, and three mentees who want one mentor.

    E1 would rather have M2, and E2 would rather have M1: but for what stands, they would swap.
    """
    return {
        "policy": policy or {"profile": "civil-service"},
        "participants": [
            a_person("M1", mentor={"capacity": 2, "offers": ["commercial"]}),
            a_person("M2", mentor={"capacity": 1, "offers": ["leadership"]}),
            a_person("M3", mentor={"capacity": 1, "offers": ["policy"]}),
            a_person("E1", mentee={"seeks": ["leadership"]}),
            a_person("E2", mentee={"seeks": ["commercial"]}),
            a_person("E3", mentee={"seeks": ["policy"]}),
        ],
    }


def a_rematching(policy: dict[str, Any] | None = None) -> Rematching:
    """The small round, to be matched again though E1 and E2 would be better off elsewhere."""
    document = a_live_document(policy)
    return Rematching(a_base(document), _result(document), _solve)


def a_base(document: dict[str, Any]) -> BaseRound:
    """The round of a document."""
    return BaseRound.read(document, civil_service())


def changes(*raw: dict[str, Any]) -> tuple[Change, ...]:
    """Changes as JSON has them."""
    read, issues = read_changes(list(raw))
    assert not issues
    return read


def _result(document: dict[str, Any]) -> MatchResult:
    """The result that stands, as it was with these pairs pinned."""
    pins = [{"mentor": mentor, "mentee": mentee} for mentor, mentee in STOOD]
    return solved_or_not(a_base(document | {"pins": pins}).problem)


def _solve(problem: Problem, start: MatchResult) -> MatchResult:
    return solved_or_not(problem, start=start)
