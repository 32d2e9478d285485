"""What became of the pins: which rules were waived for them, and which pins were dropped, why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property

from models.domain.issue import Issue
from models.domain.participant import DroppedPin, Pair
from models.domain.problem import Problem
from models.domain.result import Check, WaivedPin
from solver.judge.facts import failures
from solver.rule import HardConstraint, Shares
from solver.rulebook import Rules
from solver.wording import listed, rule_title

DROPPED = "PIN_DROPPED"
"""The code of a pin that other pins or limits left no room for."""

OVER_PINNED = {"mentor": "MENTOR_OVER_PINNED", "mentee": "MENTEE_OVER_PINNED"}
"""The codes of pins beyond somebody's own places, by the shape of the limit."""

GROUP_OVER_PINNED = "GROUP_CAP_OVER_PINNED"
"""The code of pins beyond any other limit."""


MOST_NAMED = 5
"""So many other pins are named in a reason."""


def waived_pins(problem: Problem, rules: Rules) -> tuple[WaivedPin, ...]:
    """The pins that stand though they fail rules, with the facts of each rule."""
    people = problem.by_reference
    found = []
    for pin in problem.pins if problem.policy.waivable else ():
        failed = failures(problem, rules, people[pin.mentor], people[pin.mentee])
        if failed:
            checks = tuple(Check(rule=rule, because=because) for rule, because in failed)
            found.append(WaivedPin(**pin.model_dump(), checks=checks))
    return tuple(found)


def dropped_pins(
    problem: Problem, rules: Rules, pairs: Sequence[Pair], proved: bool
) -> tuple[DroppedPin, ...]:
    """The pins that do not stand, sorted: impossible by themselves, or beside those that do.

    `proved` is whether it is known that no more pins can stand.
    """
    made = {(pair.mentor, pair.mentee) for pair in pairs}
    kept = [pin for pin in problem.droppable_pins if (pin.mentor, pin.mentee) in made]
    crowds = [
        _Crowd(problem, constraint, [*kept, *problem.pins])
        for constraint in rules.constraints
        if constraint.sums_grow
    ]
    found = [
        _dropped(pin, crowds, proved)
        for pin in problem.droppable_pins
        if (pin.mentor, pin.mentee) not in made
    ]
    return tuple(sorted([*problem.dropped_pins, *found], key=lambda pin: (pin.mentor, pin.mentee)))


def with_dropped(
    issues: Sequence[Issue], problem: Problem, dropped: Sequence[DroppedPin]
) -> tuple[Issue, ...]:
    """The issues, with a warning for each pin that the search dropped; the intake told the rest."""
    told = [issue for issue in issues if issue.code != DROPPED]
    impossible = {(pin.mentor, pin.mentee) for pin in problem.dropped_pins}
    return (
        *told,
        *(
            Issue(
                code=DROPPED,
                message=f"the pin of {pin.mentor} and {pin.mentee} is dropped: {pin.because}",
                pointer="/pins",
                hint="Remove the pin, or what stands in its way.",
                severity="warning",
                detail={"mentor": pin.mentor, "mentee": pin.mentee, "reason": pin.code},
            )
            for pin in dropped
            if (pin.mentor, pin.mentee) not in impossible
        ),
    )


class _Crowd:
    """What the kept pins take of a limit that other pairs cannot make up for, group by group."""

    def __init__(self, problem: Problem, constraint: HardConstraint, kept: Sequence[Pair]) -> None:
        self._problem, self._constraint = problem, constraint
        self._taken: dict[str, list[tuple[Pair, int]]] = defaultdict(list)
        for pin in kept:
            for label, size in self._shares(pin):
                self._taken[label].append((pin, size))

    @cached_property
    def shape(self) -> str:
        """Whose places the limit counts."""
        return self._constraint.limit(self._problem).shape

    def in_the_way(self, pin: Pair) -> tuple[str, int, list[Pair]] | None:
        """The rule, the most of a group that has no room for the pin, and the pins that fill it."""
        for label, size in self._shares(pin):
            _, most = self._constraint.group_bounds(self._problem, label)
            taken = self._taken[label]
            if size + sum(other for _, other in taken) > most:
                return self._constraint.name, most, [other for other, some in taken if some]
        return None

    def _shares(self, pin: Pair) -> Shares:
        people = self._problem.by_reference
        return self._constraint.shares(self._problem, people[pin.mentor], people[pin.mentee])


def _dropped(pin: Pair, crowds: Sequence[_Crowd], proved: bool) -> DroppedPin:
    for crowd in crowds:
        found = crowd.in_the_way(pin)
        if found is not None:
            code = OVER_PINNED.get(crowd.shape, GROUP_OVER_PINNED)
            return _as_dropped(pin, code, _over(crowd.shape, pin, *found))
    if proved:
        because = "no pairs that keep every limit hold it beside the pins that are kept"
        return _as_dropped(pin, DROPPED, because)
    return _as_dropped(pin, DROPPED, "the search ended before it was known whether it can stand")


def _as_dropped(pin: Pair, code: str, because: str) -> DroppedPin:
    return DroppedPin(mentor=pin.mentor, mentee=pin.mentee, code=code, because=because)


def _over(shape: str, pin: Pair, rule: str, most: int, others: Sequence[Pair]) -> str:
    if shape == "mentor":
        taken = _some([other.mentee for other in others])
        return f"{pin.mentor} has places for {most}, which the pins with {taken} take"
    if shape == "mentee":
        taken = _some([other.mentor for other in others])
        return f"{pin.mentee} wants {most}, and is pinned to {taken}"
    taken = _some([f"{other.mentor} with {other.mentee}" for other in others])
    title = rule_title(rule)
    return f"the rule {title} allows {most} of these together, and another is kept: {taken}"


def _some(names: Sequence[str]) -> str:
    more = len(names) - MOST_NAMED
    return listed(names) if more <= 0 else f"{', '.join(names[:MOST_NAMED])} and {more} more"
