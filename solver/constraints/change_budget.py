"""The rule `change_budget`."""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Mapping, Sequence

import numpy as np
from pydantic import Field

from models.domain.participant import Pair, Participant
from models.domain.problem import Problem
from solver.encoding import PairTable
from solver.judge.facts import refusals
from solver.rule import HardConstraint, KeyedLimit, Membership, Shares
from solver.rulebook import rules_given

KEPT = "kept"
Edges = list[tuple[str, str]]


class ChangeBudget(HardConstraint):
    """At most `most` pairs of the earlier result are broken that could have stood. A pair could
    have stood if both are in the round and eligible; where places no longer suffice, the least
    number that must break together is not counted."""

    most: int = Field(ge=0, le=1_000_000, strict=True)

    def limit(self, problem: Problem) -> KeyedLimit:
        """One group: the earlier pairs that are eligible still."""
        standing = _standing(problem)
        mentors = {p.reference: place for place, p in enumerate(problem.mentors)}
        mentees = {p.reference: place for place, p in enumerate(problem.mentees)}
        kept = PairTable(problem, {(mentors[m], mentees[e]): 1 for m, e in standing})
        least = self._least(problem, standing)
        return KeyedLimit(
            rule=self.name,
            shape="group",
            members=(Membership(lambda mentors, mentees: kept(mentors, mentees) - 1),),
            bounds=lambda codes: (
                np.full_like(codes, least),
                np.full_like(codes, len(standing)),
            ),
            label=lambda code: KEPT,
            code={KEPT: 0}.__getitem__,
            needed=(0,) if least else (),
        )

    def shares(self, problem: Problem, mentor: Participant, mentee: Participant) -> Shares:
        """The one group, for a pair of the earlier result that is eligible still."""
        if (mentor.person, mentee.person) not in problem.earlier_humans:
            return ()
        refused = refusals(problem, rules_given(problem.policy), mentor, mentee)
        return () if refused else ((KEPT, 1),)

    def group_bounds(self, problem: Problem, label: str) -> tuple[int, int]:
        """As many as could stand together, less the budget; at most all."""
        if label != KEPT:
            raise KeyError(label)
        standing = _standing(problem)
        return self._least(problem, standing), len(standing)

    def breaches(self, problem: Problem, pairs: Sequence[Pair]) -> list[str]:
        """Whether more are broken than may be."""
        standing = _standing(problem)
        possible = _most_together(problem, standing)
        kept = len({(pair.mentor, pair.mentee) for pair in pairs} & set(standing))
        if possible - kept <= self.most:
            return []
        broken = (
            f"of {possible} earlier pairs that could stand together {possible - kept} are broken"
        )
        return [f"{broken}, and at most {self.most} may be"]

    def _least(self, problem: Problem, standing: Edges) -> int:
        return max(0, _most_together(problem, standing) - self.most)


def _standing(problem: Problem) -> Edges:
    """The earlier pairs, by reference, whose two are in the round in these roles and eligible."""
    mentors = {p.person: p for p in problem.mentors}
    mentees = {p.person: p for p in problem.mentees}
    found = [
        (mentors[giver], mentees[taker])
        for giver, taker in problem.earlier_humans
        if giver in mentors and taker in mentees
    ]
    rules = rules_given(problem.policy)
    return sorted(
        (m.reference, e.reference) for m, e in found if not refusals(problem, rules, m, e)
    )


def _most_together(problem: Problem, standing: Edges) -> int:
    """How many of the pairs can stand together beside the pins, whose places are taken."""
    places = Counter({p.reference: p.mentoring.capacity for p in problem.mentors})
    wishes = Counter({p.reference: p.learning.wants for p in problem.mentees})
    places.subtract(pin.mentor for pin in problem.pins)
    wishes.subtract(pin.mentee for pin in problem.pins)
    options: dict[str, list[str]] = defaultdict(list)
    for mentor, mentee in standing:
        if (mentor, mentee) not in problem.pinned:
            options[mentee].append(mentor)
    held: dict[str, set[str]] = defaultdict(set)
    found = sum(pair in problem.pinned for pair in standing)
    for mentee in options:
        for _ in range(min(wishes[mentee], len(options[mentee]))):
            found += _has_one_more(mentee, options, places, held)
    return found


def _has_one_more(
    start: str,
    options: Mapping[str, list[str]],
    places: Mapping[str, int],
    held: dict[str, set[str]],
) -> bool:
    """Whether the mentee can have one more mentor; the others may change theirs for it.

    `held` are each mentor's mentees, who all stay served: an augmenting path.
    """
    taker: dict[str, str] = {}
    released: dict[str, str] = {start: ""}
    queue = deque([start])
    while queue:
        mentee = queue.popleft()
        for mentor in options[mentee]:
            if mentor in taker or mentee in held[mentor]:
                continue
            taker[mentor] = mentee
            if len(held[mentor]) < places[mentor]:
                _move_up(mentor, taker, released, held)
                return True
            for other in sorted(held[mentor] - released.keys()):
                released[other] = mentor
                queue.append(other)
    return False


def _move_up(
    mentor: str,
    taker: Mapping[str, str],
    released: Mapping[str, str],
    held: dict[str, set[str]],
) -> None:
    """Hands each mentor's place along the path that ends with a free one."""
    held[mentor].add(taker[mentor])
    while earlier := released[taker[mentor]]:
        held[earlier].remove(taker[mentor])
        mentor = earlier
        held[mentor].add(taker[mentor])
