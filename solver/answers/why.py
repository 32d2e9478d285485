"""Why this pair: what every soft objective gave, and every hard rule that it passes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from models.domain.participant import Pair, Participant
from models.domain.problem import Problem
from models.domain.result import Assignment, Check, Contribution
from solver.judge.facts import PairFacts, failures
from solver.rule import FULL_VALUE, SoftObjective
from solver.rulebook import Rules

_Reasons = tuple[tuple[Contribution, ...], tuple[Check, ...]]


class Reasons:
    """The reasons of pairs, worked out once each, so that it can be done before the end.

    Which pairs stand, and how they rank, may come later: the reasons of a pair depend on the
    two people and on the rules alone. `facts` are those that the audit asks for as well.
    """

    def __init__(self, problem: Problem, rules: Rules, facts: PairFacts | None = None) -> None:
        self._problem = problem
        self._rules = rules
        self._facts = facts or PairFacts(problem, rules)
        self._pinned = problem.pinned | problem.droppable
        self._known: dict[tuple[str, str], _Reasons] = {}
        self._told: dict[tuple[str, str], Assignment] = {}
        # Most sentences are said of many pairs: said once, they take a fraction of the memory.
        self._contributions: dict[tuple[str, int, str], Contribution] = {}
        self._checks: dict[tuple[str, str], Check] = {}

    def work_out(self, pair: Pair) -> None:
        """Works out the reasons of a pair, unless they are known."""
        self._reasons(pair)

    def take_over(self, other: Reasons, pairs: Iterable[tuple[str, str]]) -> None:
        """Takes over the reasons of some pairs of a round in which the same is said of them."""
        for pair in pairs:
            if pair in other._known:
                self._known[pair] = other._known[pair]
            if pair in other._told:
                self._told[pair] = other._told[pair]

    def explain(self, pair: Pair, mentee_rank: int, mentor_rank: int) -> Assignment:
        """The pair with its contributions, checks and ranks; contributions sum to its points."""
        key = pair.mentor, pair.mentee
        forced_by: Literal["pin"] | None = "pin" if key in self._pinned else None
        told = self._told.get(key)
        if told and (told.mentee_rank, told.mentor_rank, told.forced_by) == (
            mentee_rank,
            mentor_rank,
            forced_by,
        ):
            return told
        contributions, checks = self._reasons(pair)
        told = self._told[key] = Assignment(
            mentor=pair.mentor,
            mentee=pair.mentee,
            points=sum(part.points for part in contributions),
            contributions=contributions,
            checks=checks,
            mentee_rank=mentee_rank,
            mentor_rank=mentor_rank,
            forced_by=forced_by,
        )
        return told

    def _reasons(self, pair: Pair) -> _Reasons:
        key = (pair.mentor, pair.mentee)
        if key not in self._known:
            people = self._problem.by_reference
            self._known[key] = self._of(people[pair.mentor], people[pair.mentee])
        return self._known[key]

    def _of(self, mentor: Participant, mentee: Participant) -> _Reasons:
        problem, rules = self._problem, self._rules
        contributions = tuple(
            self._contribution(rule, value, rule.because(problem, mentor, mentee))
            for rule, value in zip(
                rules.objectives, self._facts.values(mentor, mentee), strict=True
            )
        )
        points = sum(part.points for part in contributions)
        told = [(rule.name, rule.because(problem, mentor, mentee)) for rule in rules.eligibility]
        told += [(floor.name, floor.because(points)) for floor in rules.floors]
        if (mentor.reference, mentee.reference) in problem.pinned:
            waived = {rule for rule, _ in failures(problem, rules, mentor, mentee)}
            told = [(rule, _waived(because, rule in waived)) for rule, because in told]
        return contributions, tuple(self._check(*check) for check in told)

    def _contribution(self, rule: SoftObjective, value: int, because: str) -> Contribution:
        key = (rule.name, value, because)
        known = self._contributions.get(key)
        if known is None:
            known = self._contributions[key] = Contribution(
                rule=rule.name,
                weight=rule.weight,
                value=value,
                points=rule.weight * value,
                max=rule.weight * FULL_VALUE,
                because=because,
            )
        return known

    def _check(self, rule: str, because: str) -> Check:
        known = self._checks.get((rule, because))
        if known is None:
            known = self._checks[rule, because] = Check(rule=rule, because=because)
        return known


def _waived(because: str, is_waived: bool) -> str:
    return f"waived: {because}" if is_waived else because
