from __future__ import annotations

import numpy as np
import pytest

from solver.judge.bound import Priced
from solver.judge.facts import candidate_pairs
from solver.judge.survey import Question, plain_survey
from solver.levels import LEVELS
from solver.relaxation import linear
from solver.relaxation.answer import named_prices
from solver.relaxation.linear import (
    LinearFailedError,
    LinearRound,
    ValueRow,
    pair_reduced,
    relax_with_limits,
    segment_reduced,
)
from solver.relaxation.proof import OwnPrices, Proof
from solver.scoring import columns
from tests.builders import a_mentee, a_mentor, a_problem
from tests.exhaustive import best_answer
from tests.mutual_rounds import a_fractional_round, a_mutual_round
from tests.worlds import World

SMALL = range(6)


def given(world: World, level: str, rows: tuple[ValueRow, ...] = ()) -> LinearRound:
    return LinearRound(
        network=world.network,
        face=world.face,
        groups=world.groups,
        slacks=world.face.slacks,
        rows=rows,
        pair_gains=world.gains(level),
        segment_gains=world.network.segments.gains[level],
    )


def priced(world: World, level: str) -> linear.LinearAnswer:
    return relax_with_limits(given(world, level), world.greedy, world.gains(level))


def bound_of(world: World, level: str, own: OwnPrices) -> int:
    """What a judge says that a first level's prices prove."""
    proof = Proof(world.problem, world.rules, world.network, world.groups)
    prices = proof.add_level(LEVELS[level], own)
    question = Question(
        world.problem,
        world.rules,
        (),
        (),
        [Priced(world.problem, world.rules, LEVELS[level], prices)],
    )
    return plain_survey(question, candidate_pairs(world.problem, world.rules)).bounds[level]


@pytest.mark.parametrize("scales", [(1,), (7,), linear.SCALES])
@pytest.mark.parametrize("seed", SMALL)
def test_rounded_prices_give_a_true_bound(
    seed: int, scales: tuple[int, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    """However coarse: rounding costs sharpness, never truth."""
    monkeypatch.setattr(linear, "SCALES", scales)
    world = World(a_mutual_round(seed, people=5))
    level = world.levels[0].name
    best = best_answer(world.problem)
    assert best is not None
    assert bound_of(world, level, priced(world, level).prices) >= best.values[0]


def test_the_bound_is_what_the_fractional_answer_gains() -> None:
    """With halves the answer is worth half a unit more than any whole one may be."""
    world = World(a_fractional_round())
    answer = priced(world, "points")
    shares = answer.shares
    assert set(np.round(shares * 2, 6)) == {0, 1, 2}
    gained = shares @ world.gains("points")
    loads = np.bincount(world.pairs.mentors, weights=shares, minlength=world.network.mentors)
    costs = _load_costs(world, loads)
    assert bound_of(world, "points", answer.prices) == int(gained - costs)


def test_the_fractional_answer_keeps_every_limit() -> None:
    for seed in range(8):
        world = World(a_mutual_round(seed, people=12))
        shares = priced(world, "points").shares
        assert len(world.groups.exceeded(shares)) == 0
        assert shares.min() >= -1e-6
        assert shares.max() <= 1 + 1e-6


def test_pricing_finds_the_optimum_over_pairs_that_are_never_held(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for seed in range(8):
        world = World(a_mutual_round(seed, people=14))
        right = bound_of(world, "points", priced(world, "points").prices)
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(columns, "START_COLUMNS", 1)
            patched.setattr(columns, "ADDED_COLUMNS", 1)
            few = priced(world, "points").prices
        assert abs(bound_of(world, "points", few) - right) <= 1


def test_no_pair_of_the_face_is_violated_by_more_than_rounding() -> None:
    for seed in range(8):
        world = World(a_mutual_round(seed, people=14))
        answer = priced(world, "points")
        reduced = pair_reduced(given(world, "points"), answer.prices)
        unused = answer.shares < 1e-9
        assert (reduced[unused] <= 2).all()


def test_an_earlier_level_that_is_kept_at_its_value_has_its_price() -> None:
    """M1 is worth 40,000 to E1, and the only one whom E2 may have: matching both costs that."""
    world = World(
        a_problem(
            a_mentor("M1", offers=("law",)),
            a_mentor("M2", grade="SEO"),
            a_mentee("E1", grade="HEO", seeks=("law",)),
            a_mentee("E2"),
        )
    )
    own = relax_with_limits(_both_matched(world, 2), world.greedy, world.gains("points")).prices
    assert own.earlier == {"mentees_matched": 40_000 * own.scale}
    rules, points = world.rules, LEVELS["points"]
    update = {"earlier": own.earlier, "scale": own.scale}
    prices = named_prices(world.problem, own.nodes).model_copy(update=update)
    priced_points = [Priced(world.problem, rules, points, prices)]
    question = Question(world.problem, rules, (), (), priced_points, {"mentees_matched": 2})
    assert plain_survey(question, candidate_pairs(world.problem, rules)).bounds == {"points": 0}


def test_a_row_that_costs_nothing_has_no_price() -> None:
    world = World(a_problem())
    own = relax_with_limits(_both_matched(world, 1), world.greedy, world.gains("points")).prices
    assert own.earlier == {}


def test_rows_that_cannot_be_kept_are_an_error_with_a_name() -> None:
    world = World(a_problem())
    with pytest.raises(LinearFailedError, match="infeasible"):
        relax_with_limits(_both_matched(world, 2), world.greedy, world.gains("points"))


def test_the_segments_reduced_gains_count_every_row() -> None:
    world = World(a_mutual_round(0, people=6))
    segments = world.network.segments
    matched = ValueRow(
        "mentees_matched", world.gains("mentees_matched"), segments.gains["mentees_matched"], 1
    )
    round_given = given(world, "points", (matched,))
    nodes = np.arange(world.network.nodes)
    own = OwnPrices(nodes, np.zeros(len(world.groups), np.int64), 2, {"mentees_matched": 5})
    expected = 2 * segments.gains["points"] + nodes[segments.node]
    expected += 5 * segments.gains["mentees_matched"]
    assert (segment_reduced(round_given, own) == expected).all()


def _load_costs(world: World, loads: np.ndarray) -> float:
    """What these loads cost, the cheapest places first."""
    segments = world.network.segments
    cost = 0.0
    for node, load in enumerate(loads, start=world.network.mentees):
        for place in np.flatnonzero(segments.node == node):
            used = min(load, segments.capacity[place])
            cost -= used * segments.gains["points"][place]
            load -= used
    return cost


def _both_matched(world: World, value: int) -> LinearRound:
    """The points with so many mentees matched."""
    matched = world.network.segments.gains["mentees_matched"]
    row = ValueRow("mentees_matched", world.gains("mentees_matched"), matched, value)
    return given(world, "points", (row,))
