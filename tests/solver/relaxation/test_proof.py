from __future__ import annotations

import numpy as np
import pytest

from models.domain.certificate import Prices
from solver.judge.bound import Priced
from solver.judge.facts import candidate_pairs
from solver.judge.survey import Question, plain_survey
from solver.levels import LEVELS, value_of
from solver.relaxation import proof as proofs
from solver.relaxation.proof import OwnPrices, PriceTooLargeError, Proof
from solver.relaxation.relax import relax_level
from tests.builders import a_mentee, a_mentor, a_problem
from tests.strategies import a_small_round
from tests.worlds import World, network_seeds


def a_proof(world: World) -> Proof:
    return Proof(world.problem, world.rules, world.network, world.groups)


def proved(world: World) -> tuple[dict[str, Prices], dict[str, int]]:
    """The combined prices of every level of a network round, and the values they are to prove.

    Each level is priced on its own on the face that the ones before it leave.
    """
    proof, face, prices = a_proof(world), world.face, {}
    used = np.zeros(len(world.pairs), dtype=np.bool_)
    for level in world.levels:
        segments = world.network.segments
        held = np.ones(len(face.free), dtype=np.bool_)
        gains = world.gains(level.name)[face.free_places]
        own = relax_level(world.network, face, gains, segments.gains[level.name], held)
        none = np.zeros(0, dtype=np.int64)
        prices[level.name] = proof.add_level(level, OwnPrices(own.prices, none))
        used = face.standing(own.used)
        reduced = segments.gains[level.name] + own.prices[segments.node]
        face = face.settle(own.reduced, reduced, none)
    return prices, values(world, used)


def values(world: World, used: np.ndarray) -> dict[str, int]:
    points = world.pairs.points.tolist()
    triples = [(*world.names[place], points[place]) for place in np.flatnonzero(used)]
    return {
        level.name: value_of(level, world.problem, world.rules, triples) for level in world.levels
    }


@pytest.mark.parametrize("seed", network_seeds(80))
def test_combined_prices_prove_every_level_over_all_pairs(seed: int) -> None:
    """On a face prices say nothing of what is settled; with the earlier levels' they do."""
    world = World(a_small_round(seed))
    problem, rules = world.problem, world.rules
    prices, best = proved(world)
    priced = [Priced(problem, rules, LEVELS[name], some) for name, some in prices.items()]
    question = Question(problem, rules, (), (), priced, best)
    assert plain_survey(question, candidate_pairs(problem, rules)).bounds == best


def test_the_first_levels_prices_are_its_own() -> None:
    world = World(a_problem())
    own = OwnPrices(np.array([2, -3]), np.zeros(0, dtype=np.int64))
    prices = a_proof(world).add_level(LEVELS["mentees_matched"], own)
    assert prices == Prices(mentees={"E1": 2}, mentors={"M1": -3})


def test_an_earlier_level_is_multiplied_beyond_any_gain_of_the_next() -> None:
    """40,000 is the most that a pair can gain here, and each of the two prices adds to that."""
    world = World(a_problem())
    proof, none = a_proof(world), np.zeros(0, dtype=np.int64)
    proof.add_level(LEVELS["mentees_matched"], OwnPrices(np.array([1, 0]), none))
    prices = proof.add_level(LEVELS["points"], OwnPrices(np.array([5, 6]), none))
    factor = prices.earlier["mentees_matched"]
    assert factor > 40_000 + 5 + 6
    assert prices == Prices(
        mentees={"E1": 5 + factor}, mentors={"M1": 6}, earlier={"mentees_matched": factor}
    )


def test_parts_of_a_unit_multiply_what_came_before() -> None:
    """At a scale of 6 the multiplier of the level before counts its own scale too."""
    world = World(a_problem())
    proof, none = a_proof(world), np.zeros(0, dtype=np.int64)
    halves = OwnPrices(np.array([1, 0]), none, scale=2)
    proof.add_level(LEVELS["mentees_matched"], halves)
    prices = proof.add_level(LEVELS["points"], OwnPrices(np.array([0, 0]), none, scale=6))
    assert prices.scale == 6
    factor = prices.earlier["mentees_matched"]
    assert factor % 2 == 0
    assert prices.mentees["E1"] == factor // 2


def test_what_a_level_says_an_earlier_one_is_worth_is_added() -> None:
    world = World(a_problem())
    proof, none = a_proof(world), np.zeros(0, dtype=np.int64)
    proof.add_level(LEVELS["mentees_matched"], OwnPrices(np.array([1, 0]), none))
    held = OwnPrices(np.array([0, 0]), none, earlier={"mentees_matched": 9})
    combined = proof.combined(LEVELS["points"], held)
    factor = combined.own.nodes[0]
    assert combined.multipliers == {"mentees_matched": factor + 9}


def test_asking_for_combined_prices_adds_no_level() -> None:
    world = World(a_problem())
    proof = a_proof(world)
    own = OwnPrices(np.array([2, -3]), np.zeros(0, dtype=np.int64))
    proof.combined(LEVELS["mentees_matched"], own)
    assert proof.so_far.level == ""
    assert proof.so_far.terms == []


def test_the_terms_are_the_level_and_those_before_it_with_their_factors() -> None:
    world = World(a_problem(a_mentor(), a_mentee()))
    proof, none = a_proof(world), np.zeros(0, dtype=np.int64)
    own = OwnPrices(np.array([1, 0]), none)
    proof.add_level(LEVELS["mentees_matched"], own)
    proof.add_level(LEVELS["points"], own)
    factors = {level.name: factor for factor, level in proof.so_far.terms}
    assert factors["points"] == 1
    assert factors["mentees_matched"] > 40_000


def test_prices_that_would_leave_64_bits_are_an_error_with_both_numbers() -> None:
    world = World(a_problem())
    proof, none = a_proof(world), np.zeros(0, dtype=np.int64)
    huge = OwnPrices(np.array([proofs.LARGEST_PRICE, 0]), none)
    proof.add_level(LEVELS["mentees_matched"], huge)
    with pytest.raises(PriceTooLargeError, match=r"^\d+ x 1152921504606846976$"):
        proof.add_level(LEVELS["points"], OwnPrices(np.array([0, 0]), none))
