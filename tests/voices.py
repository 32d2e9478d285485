"""Asks a rule about one pair, in both its voices at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from models.domain.participant import Participant
from models.domain.problem import Problem
from solver.rule import EligibilityRule, HardConstraint, IntArray, KeyedLimit, SoftObjective
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


def shares(rule: HardConstraint, problem: Problem, mentor: str, mentee: str) -> dict[str, int]:
    """What the pair counts in its groups, by label."""
    giver, taker = problem.by_reference[mentor], problem.by_reference[mentee]
    said = rule.shares(problem, giver, taker)
    assert sorted(said) == sorted(
        vectorised_shares(rule.limit(problem), *_place(problem, giver, taker))
    )
    return dict(said)


def vectorised_shares(
    limit: KeyedLimit, mentor: IntArray, mentee: IntArray
) -> list[tuple[str, int]]:
    """What the limit over arrays says of one pair, given as arrays of one position each."""
    found = []
    for member in limit.members:
        code = member.groups(mentor, mentee).item()
        size = 1 if member.sizes is None else member.sizes(mentor, mentee).item()
        if code >= 0 and size:
            found.append((limit.label(code), size))
    return found


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
