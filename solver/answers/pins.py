"""What became of the pins: which rules were waived for them, and which pins were dropped, why."""

from __future__ import annotations

from collections.abc import Sequence

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
    kept += problem.pins
    found = [
        _dropped(problem, rules, pin, kept, proved)
        for pin in problem.droppable_pins
        if (pin.mentor, pin.mentee) not in made
    ]
    return tuple(sorted([*problem.dropped_pins, *found], key=lambda pin: (pin.mentor, pin.mentee)))


def with_dropped(
    issues: Sequence[Issue], problem: Problem, dropped: Sequence[DroppedPin]
) -> tuple[Issue, ...]:
    """The issues, with a warning for each pin that the search dropped; the intake told the rest."""
    told = [issue for issue in issues if issue.code != DROPPED]
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
            if pin not in problem.dropped_pins
        ),
    )


def _dropped(
    problem: Problem, rules: Rules, pin: Pair, kept: Sequence[Pair], proved: bool
) -> DroppedPin:
    for constraint in rules.constraints:
        for label, size in _shares(problem, constraint, pin):
            beside = [(k, dict(_shares(problem, constraint, k)).get(label, 0)) for k in kept]
            _, most = constraint.group_bounds(problem, label)
            if size + sum(taken for _, taken in beside) > most:
                others = [other for other, taken in beside if taken]
                return _over(problem, constraint, pin, others, most)
    because = (
        "no pairs that keep every limit hold it beside the pins that are kept"
        if proved
        else "the search ended before it was known whether it can stand"
    )
    return DroppedPin(**pin.model_dump(), code=DROPPED, because=because)


def _shares(problem: Problem, constraint: HardConstraint, pin: Pair) -> Shares:
    """What a pin counts in the groups that other pairs cannot make up for."""
    people = problem.by_reference
    if not constraint.sums_grow:
        return ()
    return constraint.shares(problem, people[pin.mentor], people[pin.mentee])


def _over(
    problem: Problem, constraint: HardConstraint, pin: Pair, others: Sequence[Pair], most: int
) -> DroppedPin:
    shape = constraint.limit(problem).shape
    if shape == "mentor":
        taken = _some([other.mentee for other in others])
        because = f"{pin.mentor} has places for {most}, which the pins with {taken} take"
    elif shape == "mentee":
        taken = _some([other.mentor for other in others])
        because = f"{pin.mentee} wants {most}, and is pinned to {taken}"
    else:
        taken = _some([f"{other.mentor} with {other.mentee}" for other in others])
        because = (
            f"the rule {rule_title(constraint.name)} allows {most} of these together, "
            f"and another is kept: {taken}"
        )
    code = OVER_PINNED.get(shape, GROUP_OVER_PINNED)
    return DroppedPin(**pin.model_dump(), code=code, because=because)


def _some(names: Sequence[str]) -> str:
    more = len(names) - MOST_NAMED
    return listed(names) if more <= 0 else f"{', '.join(names[:MOST_NAMED])} and {more} more"
