from __future__ import annotations

from contextlib import suppress

import pytest

from models.domain.certificate import Prices
from models.domain.problem import Problem
from solver.judge.bound import PlainBound, Priced, UnusablePricesError
from solver.judge.facts import candidate_pairs
from solver.levels import LEVELS
from solver.rule import HardConstraint
from solver.rulebook import all_rules, choose_rules
from tests.builders import a_mentee, a_mentor, a_person, a_policy, a_problem

CONSTRAINTS = [rule for rule in all_rules().values() if issubclass(rule, HardConstraint)]


def bound_of(
    problem: Problem, level: str, prices: Prices, values: dict[str, int] | None = None
) -> int:
    rules = choose_rules(problem.policy)
    bound = PlainBound(Priced(problem, rules, LEVELS[level], prices), values or {})
    for candidate in candidate_pairs(problem, rules):
        bound.add(*candidate)
    return bound.value


def test_without_prices_every_pair_and_every_place_counts_in_full() -> None:
    problem = a_problem(a_mentor("M1"), a_mentor("M2"), a_mentee("E1", wants=2))
    assert bound_of(problem, "mentees_matched", Prices()) == 1
    seeks = a_mentee("E1", wants=2, seeks=("law",))
    problem = a_problem(a_mentor("M1", offers=("law",)), a_mentor("M2", offers=("law",)), seeks)
    assert bound_of(problem, "points", Prices()) == 2 * 40_000


def test_a_mentors_price_takes_the_place_of_their_pairs_points() -> None:
    """Two pairs of 40,000 compete for one place, which at that price is all that counts."""
    offers = a_mentor("M1", offers=("law",))
    problem = a_problem(offers, a_mentee("E1", seeks=("law",)), a_mentee("E2", seeks=("law",)))
    assert bound_of(problem, "points", Prices(mentors={"M1": 40_000})) == 40_000


def test_prices_are_parts_of_a_unit_and_the_bound_is_rounded_down() -> None:
    problem = a_problem(a_mentor("M1"), a_mentee("E1"), a_mentee("E2"))
    halves = Prices(mentors={"M1": 1}, mentees={"E1": -1, "E2": -2}, scale=2)
    # Three halves: E1's place 2 - 1, M1's place 1, and the pair of M1 and E2 2 - 1.
    assert bound_of(problem, "mentees_matched", halves) == 1


def test_a_pinned_pair_counts_even_where_it_loses() -> None:
    problem = a_problem(a_mentor("M1"), a_mentee("E1"), pins=[("M1", "E1")])
    free = a_problem(a_mentor("M1"), a_mentee("E1"))
    prices = Prices(mentors={"M1": 5})
    assert bound_of(free, "points", prices) == 5
    assert bound_of(problem, "points", prices) == 0


def test_a_price_above_0_counts_a_groups_most_and_one_below_its_least() -> None:
    problem = _two_who_could_mentor_each_other()
    for price, counted in ((7, 7), (-7, 2 * 7)):
        prices = Prices(limits={"one_direction": {'["A","B"]': price}})
        assert bound_of(problem, "points", prices) == counted


def test_an_earlier_levels_multiplier_adds_its_gains_and_takes_its_value_away() -> None:
    problem = a_problem(a_mentor("M1", offers=("law",)), a_mentee("E1", seeks=("law",)))
    prices = Prices(earlier={"mentees_matched": 9})
    assert bound_of(problem, "points", prices, {"mentees_matched": 1}) == 40_000 + 9 - 9
    assert bound_of(problem, "points", prices, {"mentees_matched": 0}) == 40_000 + 9


@pytest.mark.parametrize(
    ("prices", "reason"),
    [
        (Prices(scale=0), "the scale is 0"),
        (Prices(scale=-1), "the scale is -1"),
        (Prices(earlier={"mentors_used": 1}), "mentors_used is no earlier level"),
        (Prices(earlier={"points": 1}), "points is no earlier level"),
        (Prices(earlier={"lottery": 1}), "lottery is no earlier level"),
        (Prices(earlier={"mentees_matched": -1}), "the multiplier of mentees_matched is -1"),
        (Prices(limits={"one_direction": {"x": 1}}), "one_direction is no limit of this policy"),
        (Prices(limits={"pinned_pairs": {"x": -1}}), "x is no group of pinned_pairs"),
        (Prices(limits={"mentor_capacity": {"E1": 1}}), "E1 is no group of mentor_capacity"),
        (Prices(limits={"mentee_demand": {"x": 1}}), "x is no group of mentee_demand"),
        (Prices(mentors={"E1": 1}), "E1 is not a mentor of this round"),
        (Prices(mentees={"x": 1}), "x is not a mentee of this round"),
    ],
)
def test_prices_that_prove_nothing_are_refused(prices: Prices, reason: str) -> None:
    values = {"mentees_matched": 1, "points": 0, "lottery": 0}
    with pytest.raises(UnusablePricesError, match=f"^{reason}$"):
        bound_of(a_problem(), "points", prices, values)


def test_a_later_levels_value_cannot_rule_out_better_answers() -> None:
    """One pair of 40,000 points against two of none: at a multiplier for the points the bound
    of the level before them would be 1, and the one pair would pass for the optimum."""
    problem = a_problem(
        a_mentor("M1", offers=("law",)),
        a_mentor("M2", grade="SEO"),
        a_mentee("E1", seeks=("law",)),
        a_mentee("E2", grade="EO"),
        policy=a_policy(grade_seniority={"min_gap": 1}, expertise_overlap={"weight": 40}),
    )
    prices = Prices(earlier={"points": 1}, mentees={"E2": 1})
    with pytest.raises(UnusablePricesError, match="points is no earlier level"):
        bound_of(problem, "mentees_matched", prices, {"mentees_matched": 1, "points": 40_000})


@pytest.mark.parametrize("rule_class", CONSTRAINTS, ids=lambda rule: rule.name)
def test_a_group_that_does_not_exist_cannot_lower_a_bound(
    rule_class: type[HardConstraint],
) -> None:
    """A price below 0 counts a group's least, which has to be 0 where no pair is in it."""
    with suppress(KeyError, ValueError):
        least, _ = rule_class().group_bounds(a_problem(), '["nobody","at all"]')
        assert least <= 0


def _two_who_could_mentor_each_other() -> Problem:
    return a_problem(a_person("A"), a_person("B"), policy=a_policy("one_direction"))
