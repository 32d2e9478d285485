"""The deletion filter: a smallest set of rules and pins that cannot hold together.

Whatever is left out, the rest is solved anew; no engine is asked for its own core. A pin left
out is a pair like any other, and the rules keep the numbers that they have in the round.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Literal

from models.domain.problem import Problem
from models.domain.result import Collision

Verdict = Literal["feasible", "infeasible", "unknown"]

Pins = tuple[int, ...]
"""Pins by their places in the problem's list."""

VerdictOf = Callable[[frozenset[str], Pins], Verdict]
"""Whether these rules and pins can hold together, beside everybody's places and eligibility."""


def smallest_collision(problem: Problem, rules: Sequence[str], verdict_of: VerdictOf) -> Collision:
    """A part of the rules and of all pins, which cannot hold together, that cannot either.

    It is minimal where it is shown of every element that the others can hold without it. Where
    a verdict is not known in time the element is kept.
    """
    known: dict[tuple[frozenset[str], Pins], Verdict] = {}

    def verdict(some_rules: Iterable[str], some_pins: Pins) -> Verdict:
        asked = frozenset(some_rules), some_pins
        if asked not in known:
            known[asked] = verdict_of(*asked)
        return known[asked]

    left, pins = list(rules), tuple(range(len(problem.pins)))
    for rule in rules:
        rest = [other for other in left if other != rule]
        if verdict(rest, pins) == "infeasible":
            left = rest
    pins = _needed(pins, lambda some: verdict(left, some) == "infeasible")
    without_one = [verdict([other for other in left if other != rule], pins) for rule in left]
    without_one += [verdict(left, tuple(p for p in pins if p != pin)) for pin in pins]
    return Collision(
        rules=tuple(left),
        pins=tuple(problem.pins[pin] for pin in pins),
        minimal=all(found == "feasible" for found in without_one),
    )


def _needed(pins: Pins, cannot_hold: Callable[[Pins], bool]) -> Pins:
    """The pins that are left when block after block is left out; a needed block is halved.

    Of many pins few are in the way, so most go in large blocks.
    """
    left, blocks = pins, [pins] if pins else []
    while blocks:
        block = blocks.pop()
        rest = tuple(pin for pin in left if pin not in block)
        if cannot_hold(rest):
            left = rest
        elif len(block) > 1:
            half = len(block) // 2
            blocks += [block[:half], block[half:]]
    return left
