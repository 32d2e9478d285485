"""Why this pair: what every soft objective gave, and every hard rule that it passes."""

from __future__ import annotations

from models.domain.participant import Participant
from models.domain.problem import Problem
from models.domain.result import Assignment, Check, Contribution
from solver.rule import FULL_VALUE
from solver.rulebook import Rules


def explain_pair(
    problem: Problem,
    rules: Rules,
    mentor: Participant,
    mentee: Participant,
    mentee_rank: int,
    mentor_rank: int,
) -> Assignment:
    """The pair with its contributions, checks and ranks; contributions sum to its points."""
    contributions = tuple(
        _contribution(rule.name, rule.weight, rule.value(problem, mentor, mentee), because)
        for rule in rules.objectives
        for because in (rule.because(problem, mentor, mentee),)
    )
    points = sum(part.points for part in contributions)
    checks = [
        Check(rule=rule.name, because=rule.because(problem, mentor, mentee))
        for rule in rules.eligibility
    ] + [Check(rule=floor.name, because=floor.because(points)) for floor in rules.floors]
    pinned = (mentor.reference, mentee.reference) in problem.pinned
    return Assignment(
        mentor=mentor.reference,
        mentee=mentee.reference,
        points=points,
        contributions=contributions,
        checks=tuple(checks),
        mentee_rank=mentee_rank,
        mentor_rank=mentor_rank,
        forced_by="pin" if pinned else None,
    )


def _contribution(rule: str, weight: int, value: int, because: str) -> Contribution:
    return Contribution(
        rule=rule,
        weight=weight,
        value=value,
        points=weight * value,
        max=weight * FULL_VALUE,
        because=because,
    )
