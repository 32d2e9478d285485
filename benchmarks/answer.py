"""A contestant's answer, and what our own plain-Python judge says of it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from models.domain.participant import Contact, Pair
from models.domain.problem import Problem
from models.domain.result import LevelResult
from solver.judge.audit import audit
from solver.rulebook import choose_rules


@dataclass(frozen=True)
class Answer:
    """The pairs, the seconds of the matching alone, and whether it was proved the best.

    `stopped_by` says what ended the search before its end, if anything did. `status` and
    `levels` are what Pairwell's result says; rivals need not have them.
    """

    pairs: tuple[Pair, ...]
    seconds: float
    proved: bool
    stopped_by: str | None = None
    status: str | None = None
    levels: tuple[LevelResult, ...] = ()


@dataclass(frozen=True)
class Score:
    """What the judge counts: the levels of the sample's scheme, and the rules broken.

    `points` are whole units: a thousand of them are one point on a page.
    """

    pairs: int
    mentees_matched: int
    mentors_used: int
    points: int
    breaches: int


def read_answer(path: Path) -> Answer:
    """The answer that a contestant wrote."""
    document = json.loads(path.read_text(encoding="utf-8"))
    status = document["run"].get("solve_status")
    return Answer(
        pairs=tuple(
            Pair(mentor=made["mentor"], mentee=made["mentee"]) for made in document["assignments"]
        ),
        seconds=document["run"]["seconds"],
        proved=status == "optimal",
        stopped_by=document["run"].get("stopped_by"),
        status=status,
        levels=tuple(LevelResult(**level) for level in document.get("levels", ())),
    )


def score(problem: Problem, pairs: Sequence[Pair]) -> Score:
    """The judge's count, from the problem and the pairs alone."""
    found = audit(problem, choose_rules(problem.policy), pairs)
    return Score(
        pairs=len(pairs),
        mentees_matched=len({pair.mentee for pair in pairs}),
        mentors_used=len({pair.mentor for pair in pairs}),
        points=sum(found.points),
        breaches=len(found.breaches),
    )


def by_reference(
    problem: Problem, contacts: Mapping[str, Contact], pairs: Sequence[Pair]
) -> list[Pair]:
    """Pairs of e-mail addresses as pairs of the round's references."""
    mentors = {contacts[person.reference].email: person.reference for person in problem.mentors}
    mentees = {contacts[person.reference].email: person.reference for person in problem.mentees}
    return [Pair(mentor=mentors[pair.mentor], mentee=mentees[pair.mentee]) for pair in pairs]
