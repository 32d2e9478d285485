"""Prices over arrays cost every pair what the rules' plain voices say it counts."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest

from solver.relaxation import group_prices
from solver.relaxation.binding_groups import side_limits
from solver.relaxation.group_prices import GroupPrices
from solver.relaxation.side_limits import GroupKey
from tests.limited_rounds import a_limited_round
from tests.worlds import World


@pytest.mark.parametrize("dense_up_to", [1 << 22, 3, 0])
def test_a_pair_costs_what_it_counts_in_every_priced_group(
    dense_up_to: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whether the prices lie in a table or are searched for, and where a mentor's pairs count."""
    monkeypatch.setattr(group_prices, "DENSE_UP_TO", dense_up_to)
    for seed in range(40):
        _assert_as_plain(World(a_limited_round(seed)), Random(seed))


def test_without_prices_nothing_costs_anything() -> None:
    world = World(a_limited_round(0))
    limits = side_limits(world.problem, world.rules)
    costs = GroupPrices(limits, {(0, 0): 0}, world.network.mentors)
    assert not costs.cost_of(world.pairs).any()


def _assert_as_plain(world: World, chance: Random) -> None:
    problem, limits = world.problem, side_limits(world.problem, world.rules)
    prices = _random_prices(world, chance)
    costs = GroupPrices(limits, prices, world.network.mentors).cost_of(world.pairs)
    rules = {rule.name: rule for rule in world.rules.constraints}
    expected = np.zeros(len(world.pairs), dtype=np.int64)
    for which, limit in enumerate(limits):
        rule = rules[limit.rule]
        by_label = {limit.label(code): price for (at, code), price in prices.items() if at == which}
        by_mentor = rule.price_of_mentors(problem, by_label)
        for place, (mentor, mentee) in enumerate(world.names):
            pair = problem.by_reference[mentor], problem.by_reference[mentee]
            expected[place] += by_mentor.get(mentor, 0)
            for label, size in rule.shares(problem, *pair):
                expected[place] += size * by_label.get(label, 0)
    np.testing.assert_array_equal(costs, expected)


def _random_prices(world: World, chance: Random) -> dict[GroupKey, int]:
    """Prices of either sign for about half of the groups that any pair is in."""
    found: dict[GroupKey, int] = {}
    for which, limit in enumerate(side_limits(world.problem, world.rules)):
        for member in limit.members:
            codes = np.unique(member.groups(world.pairs.mentors, world.pairs.mentees))
            for code in codes[codes >= 0].tolist():
                found[which, code] = chance.choice((0, 0, -7, 3, 11))
    return found
