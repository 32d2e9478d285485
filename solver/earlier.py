"""What of an earlier result could still stand: the pairs one by one, and how many together."""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Mapping

from models.domain.problem import Problem
from solver.judge.facts import refusals
from solver.rulebook import rules_given

PairNames = list[tuple[str, str]]
"""(mentor, mentee) references, in order."""


def standing_pairs(problem: Problem) -> PairNames:
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


def most_together(problem: Problem, standing: PairNames) -> int:
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
