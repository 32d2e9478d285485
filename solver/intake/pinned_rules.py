"""Pins that the rules do not allow: found before solving, rule by rule."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from models.domain.participant import Pair
from models.domain.problem import Problem
from solver.answers.pins import GROUP_OVER_PINNED, OVER_PINNED
from solver.intake.display import quoted
from solver.intake.issue_log import Path
from solver.intake.pairs import Placed, in_words
from solver.intake.pin_log import PinLog
from solver.judge.facts import failures
from solver.rule import HardConstraint
from solver.rulebook import Rules, choose_rules
from solver.wording import listed

BARS = "barred_pairs"
"""The rule whose refusal of a pin is a contradiction in the round, not a matter of its policy."""


def check_pinned_rules(
    unpinned: Problem, pins: Placed, bars: Sequence[Pair], faults: PinLog
) -> Placed:
    """Every pin passes every rule that is not waived for it, and all together keep every limit.

    Gives back the pins that do. `unpinned` is the problem without its pins; `bars` are the
    planner's in the order of the document. Pins of people who are not in it in these roles,
    because something else is wrong with them, are passed over. Where pins may be dropped only
    those are that cannot stand by themselves: which of the others stand is for the search.
    """
    people = unpinned.by_reference
    mentors = {reference for reference, person in people.items() if person.mentor}
    mentees = {reference for reference, person in people.items() if person.mentee}
    known = [(path, pin) for path, pin in pins if pin.mentor in mentors and pin.mentee in mentees]
    if not known:
        return known
    rules = choose_rules(unpinned.policy)
    for path, pin in known:
        _check_eligibility(unpinned, rules, path, pin, bars, faults)
    together = [[one] for one in known] if faults.drops else [known]
    for constraint in rules.constraints:
        for some in together:
            _check_limit(unpinned, constraint, some, faults)
    return [(path, pin) for path, pin in known if not faults.is_dropped(pin)]


def _check_eligibility(
    problem: Problem, rules: Rules, path: Path, pin: Pair, bars: Sequence[Pair], faults: PinLog
) -> None:
    mentor, mentee = problem.by_reference[pin.mentor], problem.by_reference[pin.mentee]
    failing = failures(problem, rules, mentor, mentee)
    waivable = set(problem.policy.waivable)
    if failing and {rule for rule, _ in failing} <= waivable:
        message = f"{in_words(pin)} is pinned, so this is waived: {_because(failing)}"
        hint = "Remove the pin if this is not meant."
        faults.log.warning("PIN_WAIVED", path, message, hint, rules=_detail(failing))
        return
    others = [each for each in failing if each[0] != BARS]
    barred = [each for each in failing if each[0] == BARS and BARS not in waivable]
    if barred:
        message = f"{in_words(pin)} is both pinned and barred: {_because(barred)}"
        by = [number for number, bar in enumerate(bars) if _names_the_same(problem, bar, pin)]
        hint = "Remove the pin or the bar." if by else "Remove the pin, or the name in `avoids`."
        detail = {"bar": by[0]} if by else {"rules": _detail(barred)}
        faults.refuse("PIN_VS_BAR", path, pin, message, hint, **detail)
    if {rule for rule, _ in others} - waivable:
        message = f"{quoted(pin.mentor)} may not mentor {quoted(pin.mentee)}: {_because(others)}"
        hint = f"Remove the pin, or change {listed([f'`{rule}`' for rule, _ in others])}."
        faults.refuse("PIN_INELIGIBLE", path, pin, message, hint, rules=_detail(others))


def _because(failing: Sequence[tuple[str, str]]) -> str:
    return "; ".join(because for _, because in failing)


def _detail(failing: Sequence[tuple[str, str]]) -> list[dict[str, str]]:
    return [{"rule": rule, "because": because} for rule, because in failing]


def _names_the_same(problem: Problem, bar: Pair, pin: Pair) -> bool:
    """Whether two pairs are of the same two humans."""
    one, other = (
        (problem.person_of(pair.mentor), problem.person_of(pair.mentee)) for pair in (bar, pin)
    )
    return one == other


def _check_limit(
    problem: Problem, constraint: HardConstraint, pins: Placed, faults: PinLog
) -> None:
    """One issue for each group with more pins than its limit allows, at the first pin too many."""
    if not constraint.sums_grow:
        return  # Other pairs may make up for what the pins count.
    groups: dict[str, list[tuple[Path, Pair]]] = defaultdict(list)
    for path, pin in pins:
        mentor, mentee = problem.by_reference[pin.mentor], problem.by_reference[pin.mentee]
        for label, size in constraint.shares(problem, mentor, mentee):
            groups[label] += [(path, pin)] * size
    for label, members in groups.items():
        _, most = constraint.group_bounds(problem, label)
        if len(members) > most:
            _report_group(problem, constraint, label, members, most, faults)


def _report_group(
    problem: Problem,
    constraint: HardConstraint,
    label: str,
    members: Placed,
    most: int,
    faults: PinLog,
) -> None:
    shape = constraint.limit(problem).shape
    numbers = [path[1] for path, _ in members]
    path, pin = members[most]
    hint = f"Remove {len(members) - most} of these pins."
    if shape in OVER_PINNED:
        own = "capacity" if shape == "mentor" else "wants"
        message = f"the {shape} {quoted(label)} has {len(members)} pins and `{own}` {most}"
        detail = {"value": label, own: most, "pins": numbers}
        faults.refuse(OVER_PINNED[shape], path, pin, message, hint, **detail)
        return
    message = (
        f"{len(members)} pins fall under one limit of `{constraint.name}`, which allows {most}"
    )
    detail = {"rule": constraint.name, "group": label, "cap": most, "pins": numbers}
    faults.refuse(GROUP_OVER_PINNED, path, pin, message, hint, **detail)
