"""Small documents for tests of the intake, and what the intake says of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from models.domain.issue import Issue
from models.domain.problem import Problem
from models.reference import civil_service
from solver.intake import read_round

Document = dict[str, Any]


def a_mentor_row(reference: str = "M-1", **fields: Any) -> Document:
    """A mentor at Grade 6 in Wales."""
    return {"reference": reference, "grade": "Grade 6", "regions": ["Wales"], "mentor": {}} | fields


def a_mentee_row(reference: str = "E-1", **fields: Any) -> Document:
    """A mentee at SEO in Wales."""
    return {"reference": reference, "grade": "SEO", "regions": ["Wales"], "mentee": {}} | fields


def a_document(*participants: Any, **fields: Any) -> Document:
    """A round of these participants; of one mentor and one mentee where none are given."""
    return {"participants": list(participants) or [a_mentor_row(), a_mentee_row()]} | fields


def problem_of(document: object) -> Problem:
    """The problem of a document that has no errors."""
    intake = read_round(document, civil_service())
    assert intake.problem is not None, intake.issues
    return intake.problem


def issues_of(document: object) -> tuple[Issue, ...]:
    """Everything that the intake says of a document."""
    return read_round(document, civil_service()).issues


def places(issues: Iterable[Issue]) -> list[tuple[str, str]]:
    """The code and the pointer of each issue."""
    return [(issue.code, issue.pointer) for issue in issues]
