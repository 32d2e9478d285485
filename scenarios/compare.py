"""Two results side by side: what the second has that the first had not, and for whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from models.domain.comparison import (
    Comparison,
    GroupDifference,
    LevelDifference,
    Outcome,
    PersonDifference,
    Presence,
)
from models.domain.participant import Pair, Participant
from models.domain.problem import Problem
from models.domain.result import Assignment, LevelResult, MatchResult, Role

GROUPED_BY = ("department", "grade", "home_region", "profession")
"""The attributes by which rates are told; never a characteristic."""

Partners = Mapping[str, Sequence[tuple[str, int]]]
"""Whom somebody has, with the points of the pair, by reference."""


@dataclass(frozen=True)
class Outcomes:
    """A problem with its result, looked at from the people's side."""

    problem: Problem
    result: MatchResult

    @cached_property
    def pairs(self) -> frozenset[tuple[str, str]]:
        """The pairs as (mentor, mentee) references."""
        return frozenset((made.mentor, made.mentee) for made in self.result.assignments)

    def people(self, role: Role) -> tuple[Participant, ...]:
        """Those who take part in a role, in canonical order."""
        return self.problem.mentees if role == "mentee" else self.problem.mentors

    def partners(self, role: Role) -> Partners:
        """Whom everybody has who has somebody, in the order of the references."""
        found: dict[str, list[tuple[str, int]]] = {}
        for made in self.result.assignments:
            own, other = _seen_from(role, made)
            found.setdefault(own, []).append((other, made.points))
        return {reference: sorted(partners) for reference, partners in found.items()}

    @property
    def load_cost(self) -> int:
        """What the mentors' loads cost the level of points."""
        return sum(load.cost for load in self.result.load_costs)


def compare(before: Outcomes, after: Outcomes) -> Comparison:
    """What is different, from the first result to the second."""
    return Comparison(
        levels=tuple(_levels(before.result.levels, after.result.levels)),
        people=tuple(person for role in _ROLES for person in _people(before, after, role)),
        groups=tuple(group for by in GROUPED_BY for group in _groups(before, after, by)),
        kept=_in_order(before.pairs & after.pairs),
        ended=_in_order(before.pairs - after.pairs),
        new=_in_order(after.pairs - before.pairs),
        load_cost_before=before.load_cost,
        load_cost_after=after.load_cost,
    )


_ROLES: tuple[Role, ...] = ("mentee", "mentor")


def _levels(
    before: Sequence[LevelResult], after: Sequence[LevelResult]
) -> Iterator[LevelDifference]:
    """Every level of either, in the order of the second; those of the first alone come last."""
    old, new = ({level.name: level for level in levels} for levels in (before, after))
    for name in dict.fromkeys([*new, *old]):
        was, is_now = old.get(name), new.get(name)
        yield LevelDifference(
            name=name,
            before=was.value if was else None,
            after=is_now.value if is_now else None,
            difference=is_now.value - was.value if was and is_now else None,
            proved=all(level.proved for level in (was, is_now) if level),
        )


def _people(before: Outcomes, after: Outcomes, role: Role) -> Iterator[PersonDifference]:
    old, new = before.partners(role), after.partners(role)
    were = {person.reference for person in before.people(role)}
    are = {person.reference for person in after.people(role)}
    for reference in sorted(were | are):
        presence: Presence = "left" if reference not in are else "both"
        presence = "joined" if reference not in were else presence
        had, has = old.get(reference, ()), new.get(reference, ())
        outcome = _outcome(had, has)
        if (presence, outcome) != ("both", "same"):
            yield PersonDifference(
                reference=reference,
                role=role,
                presence=presence,
                outcome=outcome,
                before=_named(had),
                after=_named(has),
                points_before=_points(had),
                points_after=_points(has),
            )


def _outcome(had: Sequence[tuple[str, int]], has: Sequence[tuple[str, int]]) -> Outcome:
    if bool(had) != bool(has):
        return "matched" if has else "unmatched"
    if _named(had) != _named(has):
        return "changed"
    more = _points(has) - _points(had)
    return "same" if more == 0 else "gained" if more > 0 else "lost"


def _groups(before: Outcomes, after: Outcomes, by: str) -> Iterator[GroupDifference]:
    old, new = _rates(before, by), _rates(after, by)
    for group in sorted({*old.mentees, *new.mentees}):
        yield GroupDifference(
            by=by,
            group=group,
            mentees_before=old.mentees[group],
            matched_before=old.matched[group],
            mentees_after=new.mentees[group],
            matched_after=new.matched[group],
        )


@dataclass(frozen=True)
class _Rates:
    mentees: Counter[str]
    matched: Counter[str]


def _rates(side: Outcomes, by: str) -> _Rates:
    """The mentees of each group, and those of them who have somebody."""
    matched = {made.mentee for made in side.result.assignments}
    group_of = {
        person.reference: group
        for person in side.people("mentee")
        if (group := getattr(person, by)) is not None
    }
    return _Rates(
        mentees=Counter(group_of.values()),
        matched=Counter(group for name, group in group_of.items() if name in matched),
    )


def _seen_from(role: Role, made: Assignment) -> tuple[str, str]:
    pair = made.mentee, made.mentor
    return pair if role == "mentee" else pair[::-1]


def _named(partners: Iterable[tuple[str, int]]) -> tuple[str, ...]:
    return tuple(name for name, _ in partners)


def _points(partners: Iterable[tuple[str, int]]) -> int:
    return sum(points for _, points in partners)


def _in_order(pairs: Iterable[tuple[str, str]]) -> tuple[Pair, ...]:
    return tuple(Pair(mentor=mentor, mentee=mentee) for mentor, mentee in sorted(pairs))
