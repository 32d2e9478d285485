"""Every rule says everything twice. Here its two voices are held together, rule by rule.

The rules are those that exist: a new file in a rule's folder is tested without a word here.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.domain.participant import Pair
from models.domain.problem import Problem
from solver.encoding import MISSING
from solver.rule import (
    FULL_VALUE,
    LARGEST_SIZE,
    EligibilityRule,
    HardConstraint,
    KeyedLimit,
    LoadObjective,
    PointsRule,
    Rule,
    SoftObjective,
)
from solver.rulebook import all_rules
from tests.rule_settings import rules_of
from tests.strategies import CHARACTERISTICS, small_rounds
from tests.voices import vectorised_shares

MANY = settings(max_examples=60, deadline=None, derandomize=True)
NOT_FOR_PLANNERS = re.compile(r"_|\bNone\b|\bTrue\b|\bFalse\b|[{}]")


def each(kind: type[Rule]) -> pytest.MarkDecorator:
    """Runs a test once for each rule of a kind."""
    found = [rule for rule in all_rules().values() if issubclass(rule, kind)]
    return pytest.mark.parametrize("rule_class", found, ids=lambda rule: rule.name)


@each(EligibilityRule)
@MANY
@given(problem=small_rounds(), data=st.data())
def test_an_eligibility_rule_permits_the_same_pairs_in_both_voices(
    rule_class: type[EligibilityRule], problem: Problem, data: st.DataObject
) -> None:
    rule = data.draw(rules_of(rule_class))
    spoken = _table(problem, lambda m, e: rule.permits(problem, m, e), np.bool_)
    _assert_says_the_same(rule.vectorised(problem), spoken)


@each(EligibilityRule)
@MANY
@given(problem=small_rounds(), data=st.data())
def test_classes_pass_over_no_permitted_pair(
    rule_class: type[EligibilityRule], problem: Problem, data: st.DataObject
) -> None:
    rule = data.draw(rules_of(rule_class))
    classes = rule.classes(problem)
    if classes is None:
        return
    permitted = _table(problem, lambda m, e: rule.permits(problem, m, e), np.bool_)
    may_meet = classes.compatible[classes.mentors[None, :], classes.mentees[:, None]]
    assert not (permitted & ~may_meet).any()


@each(PointsRule)
@MANY
@given(points=st.lists(st.integers(0, 2_000_000)), data=st.data())
def test_a_rule_on_points_permits_the_same_points_in_both_voices(
    rule_class: type[PointsRule], points: list[int], data: st.DataObject
) -> None:
    rule = data.draw(rules_of(rule_class))
    permitted = rule.vectorised(np.array(points, dtype=np.int32))
    assert permitted.dtype == np.bool_
    assert permitted.tolist() == [rule.permits(worth) for worth in points]


@each(SoftObjective)
@MANY
@given(problem=small_rounds(), data=st.data())
def test_a_soft_objective_has_the_same_values_in_both_voices(
    rule_class: type[SoftObjective], problem: Problem, data: st.DataObject
) -> None:
    rule = data.draw(rules_of(rule_class))
    spoken = _table(problem, lambda m, e: rule.value(problem, m, e), np.int32)
    assert ((spoken >= 0) & (spoken <= FULL_VALUE)).all()
    _assert_says_the_same(rule.vectorised(problem), spoken)


@each(HardConstraint)
@MANY
@given(problem=small_rounds(), data=st.data())
def test_a_hard_constraint_has_the_same_groups_and_limits_in_both_voices(
    rule_class: type[HardConstraint], problem: Problem, data: st.DataObject
) -> None:
    rule = data.draw(rules_of(rule_class))
    limit = rule.limit(problem)
    for member in limit.members:
        groups = member.groups(*_block(problem))
        _assert_says_the_same(member.groups, groups)
        if member.sizes is not None:
            sizes = member.sizes(*_block(problem))
            _assert_says_the_same(member.sizes, sizes)
            assert (np.abs(sizes) <= LARGEST_SIZE).all()
            assert ((sizes >= member.between[0]) & (sizes <= member.between[1])).all()
    for at_mentor, mentor in enumerate(problem.mentors):
        for at_mentee, mentee in enumerate(problem.mentees):
            one, other = np.array([at_mentor]), np.array([at_mentee])
            shares = sorted(rule.shares(problem, mentor, mentee))
            assert shares == sorted(vectorised_shares(limit, one, other))
            assert not rule.sums_grow or all(size > 0 for _, size in shares)
    for at_mentee, mentee in enumerate(problem.mentees):
        code = MISSING if limit.matched is None else int(limit.matched[at_mentee])
        label = None if code == MISSING else limit.label(code)
        assert rule.matched_group(problem, mentee) == label
    codes = _codes(problem, limit)
    least, most = limit.bounds(codes)
    for code, *bounds in zip(codes.tolist(), least.tolist(), most.tolist(), strict=True):
        assert rule.group_bounds(problem, limit.label(code)) == tuple(bounds)
        assert limit.code is None or limit.code(limit.label(code)) == code
        if bounds[0] > 0:
            assert limit.shape == "pair" or code in limit.needed


@each(HardConstraint)
@MANY
@given(problem=small_rounds(), data=st.data())
def test_what_every_pair_of_a_mentor_counts_costs_the_same_in_both_voices(
    rule_class: type[HardConstraint], problem: Problem, data: st.DataObject
) -> None:
    rule = data.draw(rules_of(rule_class))
    limit = rule.limit(problem)
    codes = _codes(problem, limit)
    prices = {limit.label(code): data.draw(st.integers(-9, 9)) for code in codes.tolist()}
    expected: Counter[str] = Counter()
    if limit.mentor_of is not None:
        for code, mentor in zip(codes.tolist(), limit.mentor_of(codes).tolist(), strict=True):
            expected[problem.mentors[mentor].reference] -= prices[limit.label(code)]
    found = rule.price_of_mentors(problem, prices)
    assert {name: cost for name, cost in found.items() if cost} == {
        name: cost for name, cost in expected.items() if cost
    }


@each(HardConstraint)
@MANY
@given(problem=small_rounds(), data=st.data())
def test_a_hard_constraint_is_broken_where_a_group_is_outside_its_limits(
    rule_class: type[HardConstraint], problem: Problem, data: st.DataObject
) -> None:
    rule = data.draw(rules_of(rule_class))
    limit = rule.limit(problem)
    pairs = [(m, e) for e in range(len(problem.mentees)) for m in range(len(problem.mentors))]
    made = sorted(data.draw(st.sets(st.sampled_from(pairs)) if pairs else st.just(set())))
    if limit.shape == "group":
        made = _within_own_limits(problem, made)
    sums = _sums(limit, made)
    codes = _codes(problem, limit)
    least, most = limit.bounds(codes)
    count = np.array([sums[code] for code in codes.tolist()], dtype=np.int64)
    breaches = rule.breaches(
        problem,
        [
            Pair(mentor=problem.mentors[m].reference, mentee=problem.mentees[e].reference)
            for m, e in made
        ],
    )
    assert bool(breaches) == bool(((count < least) | (count > most)).any())
    assert all(breach and not re.search(r"\bNone\b", breach) for breach in breaches)


def _codes(problem: Problem, limit: KeyedLimit) -> np.ndarray:
    """Every group that a pair, a matched mentee or an answer without any pair meets."""
    found = [member.groups(*_block(problem)).ravel() for member in limit.members]
    if limit.matched is not None:
        found.append(limit.matched)
    codes = np.concatenate([*found, np.array(limit.needed, dtype=np.int64)])
    return np.unique(codes[codes >= 0])


def _within_own_limits(problem: Problem, made: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """As many of the pairs as keep capacity and demand: what a group's limits may count on."""
    kept: list[tuple[int, int]] = []
    for m, e in made:
        load = sum(mentor == m for mentor, _ in kept)
        got = sum(mentee == e for _, mentee in kept)
        has_place = load < problem.mentors[m].mentoring.capacity
        if has_place and got < problem.mentees[e].learning.wants:
            kept.append((m, e))
    return kept


def _sums(limit: KeyedLimit, made: list[tuple[int, int]]) -> Counter[int]:
    """What the pairs made, given as positions, come to in each group."""
    sums: Counter[int] = Counter()
    if not made:
        return sums
    mentors, mentees = np.array(made).T
    for member in limit.members:
        codes = member.groups(mentors, mentees)
        sizes = np.ones_like(codes) if member.sizes is None else member.sizes(mentors, mentees)
        for code, size in zip(codes.tolist(), sizes.tolist(), strict=True):
            sums[code] += size
    if limit.matched is not None:
        sums.update(limit.matched[np.unique(mentees)].tolist())
    if limit.mentor_of is not None:
        loads = Counter(mentors.tolist())
        for code in [code for code in sums if code >= 0]:
            sums[code] -= loads[int(limit.mentor_of(np.array([code]))[0])]
    return sums


@each(LoadObjective)
@MANY
@given(data=st.data(), nth=st.integers(1, 1000))
def test_a_load_never_costs_less_as_it_grows(
    rule_class: type[LoadObjective], data: st.DataObject, nth: int
) -> None:
    rule = data.draw(rules_of(rule_class))
    assert 0 <= rule.cost_of(nth) <= rule.cost_of(nth + 1)


@pytest.mark.parametrize(
    "rule_class",
    [r for r in all_rules().values() if issubclass(r, EligibilityRule | SoftObjective)],
    ids=lambda rule: rule.name,
)
@MANY
@given(problem=small_rounds(), data=st.data())
def test_a_reason_is_in_plain_words_and_names_no_characteristic(
    rule_class: type[EligibilityRule | SoftObjective], problem: Problem, data: st.DataObject
) -> None:
    """Special category data is never shown in a reason, nor is any name from the code."""
    rule = data.draw(rules_of(rule_class))
    for mentor in problem.mentors:
        for mentee in problem.mentees:
            because = rule.because(problem, mentor, mentee)
            assert because
            assert not NOT_FOR_PLANNERS.search(because), because
            assert not any(word in because for word in CHARACTERISTICS), because


def _assert_says_the_same(voice: Callable[[Any, Any], np.ndarray], expected: np.ndarray) -> None:
    """The voice gives the expected table, however the positions are laid out."""
    mentees, mentors = np.ogrid[: expected.shape[0], : expected.shape[1]]
    mentees, mentors = mentees.astype(np.int32), mentors.astype(np.int32)
    block = voice(mentors, mentees)
    assert block.dtype == expected.dtype
    np.testing.assert_array_equal(block, expected)
    np.testing.assert_array_equal(voice(mentors.T, mentees.T), expected.T)
    rows, columns = np.nonzero(np.ones_like(expected, dtype=np.bool_))
    np.testing.assert_array_equal(voice(columns, rows), expected.ravel())


def _table(problem: Problem, answer: Callable[..., Any], dtype: type) -> np.ndarray:
    """The answer for every pair, a row for each mentee."""
    rows = [[answer(m, e) for m in problem.mentors] for e in problem.mentees]
    return np.array(rows, dtype=dtype).reshape(len(problem.mentees), len(problem.mentors))


def _block(problem: Problem) -> tuple[np.ndarray, np.ndarray]:
    """Every pair as a dense block of positions."""
    mentors = np.arange(len(problem.mentors), dtype=np.int32)
    mentees = np.arange(len(problem.mentees), dtype=np.int32)
    return mentors[None, :], mentees[:, None]
