"""Pins that the rules do not allow: found before solving, rule by rule."""

from __future__ import annotations

from collections import defaultdict

from models.domain.participant import Pair
from models.domain.problem import Problem
from solver.intake.display import quoted
from solver.intake.issue_log import IssueLog, Path
from solver.intake.pairs import Placed
from solver.rule import HardConstraint
from solver.rulebook import Rules, choose_rules
from solver.wording import listed

_OVER_PINNED = {"mentor": "MENTOR_OVER_PINNED", "mentee": "MENTEE_OVER_PINNED"}


def check_pinned_rules(unpinned: Problem, pins: Placed, log: IssueLog) -> None:
    """Every pin passes every eligibility rule, and together they keep every limit.

    `unpinned` is the problem without its pins and bars. Pins of people who are not in it in
    these roles, because something else is wrong with them, are passed over.
    """
    people = unpinned.by_reference
    mentors = {reference for reference, person in people.items() if person.mentor}
    mentees = {reference for reference, person in people.items() if person.mentee}
    known = [(path, pin) for path, pin in pins if pin.mentor in mentors and pin.mentee in mentees]
    if not known:
        return
    rules = choose_rules(unpinned.policy)
    for path, pin in known:
        _check_eligibility(unpinned, rules, path, pin, log)
    for constraint in rules.constraints:
        _check_limit(unpinned, constraint, known, log)


def _check_eligibility(
    problem: Problem, rules: Rules, path: Path, pin: Pair, log: IssueLog
) -> None:
    mentor, mentee = problem.by_reference[pin.mentor], problem.by_reference[pin.mentee]
    failing = [
        {"rule": rule.name, "because": rule.because(problem, mentor, mentee)}
        for rule in rules.eligibility
        if not rule.permits(problem, mentor, mentee)
    ]
    points = sum(r.weight * r.value(problem, mentor, mentee) for r in rules.objectives)
    failing += [
        {"rule": floor.name, "because": floor.because(points)}
        for floor in rules.floors
        if not floor.permits(points)
    ]
    if failing:
        message = (
            f"{quoted(pin.mentor)} may not mentor {quoted(pin.mentee)}: "
            f"{'; '.join(each['because'] for each in failing)}"
        )
        names = listed([f"`{each['rule']}`" for each in failing])
        hint = f"Remove the pin, or change {names}."
        log.error("PIN_INELIGIBLE", path, message, hint, rules=failing)


def _check_limit(problem: Problem, constraint: HardConstraint, pins: Placed, log: IssueLog) -> None:
    """One issue for each group with more pins than its limit allows, at the first pin too many."""
    if not constraint.sums_grow:
        return  # Other pairs may make up for what the pins count.
    groups: dict[str, list[Path]] = defaultdict(list)
    for path, pin in pins:
        mentor, mentee = problem.by_reference[pin.mentor], problem.by_reference[pin.mentee]
        for label, size in constraint.shares(problem, mentor, mentee):
            groups[label] += [path] * size
    for label, paths in groups.items():
        _, most = constraint.group_bounds(problem, label)
        if len(paths) > most:
            _report_group(problem, constraint, label, paths, most, log)


def _report_group(
    problem: Problem,
    constraint: HardConstraint,
    label: str,
    paths: list[Path],
    most: int,
    log: IssueLog,
) -> None:
    shape = constraint.limit(problem).shape
    numbers = [path[1] for path in paths]
    hint = f"Remove {len(paths) - most} of these pins."
    if shape in _OVER_PINNED:
        own = "capacity" if shape == "mentor" else "wants"
        message = f"the {shape} {quoted(label)} has {len(paths)} pins and `{own}` {most}"
        detail = {"value": label, own: most, "pins": numbers}
        log.error(_OVER_PINNED[shape], paths[most], message, hint, **detail)
        return
    message = f"{len(paths)} pins fall under one limit of `{constraint.name}`, which allows {most}"
    detail = {"rule": constraint.name, "group": label, "cap": most, "pins": numbers}
    log.error("GROUP_CAP_OVER_PINNED", paths[most], message, hint, **detail)
