"""Asks a rule about one pair, in both its voices at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from models.domain.participant import Participant
from models.domain.problem import Problem
from solver.rule import EligibilityRule, HardConstraint, SoftObjective
from tests.builders import a_problem


def permits(
    rule: EligibilityRule,
    mentor: Participant,
    mentee: Participant,
    *others: Participant,
    **world: Any,
) -> bool:
    """Whether the rule permits the pair in a round of these people."""
    problem = _round(mentor, mentee, others, world)
    answer = rule.permits(problem, mentor, mentee)
    assert rule.vectorised(problem)(*_place(problem, mentor, mentee)).item() is answer
    return answer


def value(
    rule: SoftObjective,
    mentor: Participant,
    mentee: Participant,
    *others: Participant,
    **world: Any,
) -> int:
    """The pair's value in a round of these people."""
    problem = _round(mentor, mentee, others, world)
    answer = rule.value(problem, mentor, mentee)
    assert rule.vectorised(problem)(*_place(problem, mentor, mentee)).item() == answer
    return answer


def reason(
    rule: EligibilityRule | SoftObjective,
    mentor: Participant,
    mentee: Participant,
    *others: Participant,
    **world: Any,
) -> str:
    """What the rule says of the pair in a round of these people."""
    return rule.because(_round(mentor, mentee, others, world), mentor, mentee)


def group(rule: HardConstraint, problem: Problem, mentor: str, mentee: str) -> str | None:
    """The label of the pair's group."""
    giver, taker = problem.by_reference[mentor], problem.by_reference[mentee]
    label = rule.group(problem, giver, taker)
    limit = rule.limit(problem)
    code = limit.groups(*_place(problem, giver, taker)).item()
    assert (None if code < 0 else limit.label(code)) == label
    return label


def _round(
    mentor: Participant,
    mentee: Participant,
    others: Sequence[Participant],
    world: dict[str, Any],
) -> Problem:
    people = {p.reference: p for p in (mentor, mentee, *others)}
    return a_problem(*people.values(), **world)


def _place(
    problem: Problem, mentor: Participant, mentee: Participant
) -> tuple[np.ndarray, np.ndarray]:
    return (
        np.array([problem.mentors.index(mentor)], dtype=np.int32),
        np.array([problem.mentees.index(mentee)], dtype=np.int32),
    )
