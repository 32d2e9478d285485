from __future__ import annotations

import numpy as np

from models.domain.policy import Policy
from solver.rulebook import all_rules
from solver.scoring.candidates import CandidatePairs
from solver.search import promising
from solver.search.promising import promising_pairs
from tests.in_process import solve_here
from tests.limited_rounds import a_limited_round
from tests.medium_rounds import a_medium_round
from tests.worlds import World


def promising_of(world: World) -> CandidatePairs:
    levels = [level for level in world.levels if level.name != "lottery"]
    pairs, used = promising_pairs(world.problem, world.network, levels, world.pairs)
    assert len(used) == len(pairs)
    return pairs


def codes(pairs: CandidatePairs) -> list[tuple[int, int]]:
    return list(zip(pairs.mentors.tolist(), pairs.mentees.tolist(), strict=True))


def test_no_pair_is_taken_twice_and_every_pin_is() -> None:
    for seed in range(40):
        world = World(a_limited_round(seed))
        taken = codes(promising_of(world))
        assert len(taken) == len(set(taken)), seed
        assert set(taken) <= set(codes(world.pairs)), seed
        pins = zip(world.network.pinned_mentors, world.network.pinned_mentees, strict=True)
        assert {(int(m), int(e)) for m, e in pins} <= set(taken), seed


def test_they_are_few_and_everybody_has_some() -> None:
    """About so many of each person as are asked for; nobody who could be paired is left out."""
    world = World(a_medium_round(0, most_people=60))
    taken = promising_of(world)
    most = (2 * promising.BEST_EACH + promising.MOST_EACH) * world.network.nodes
    assert len(taken) < min(most, len(world.pairs))
    assert set(taken.mentees.tolist()) == set(world.pairs.mentees.tolist())
    assert set(taken.mentors.tolist()) == set(world.pairs.mentors.tolist())


def test_the_optimum_without_further_limits_is_among_them() -> None:
    """So the first prices are already near to the last."""
    world = World(a_medium_round(1, most_people=60))
    taken = set(codes(promising_of(world)))
    free = world.problem.model_copy(update={"policy": _without_limits(world)})
    made = {(pair.mentor, pair.mentee) for pair in solve_here(free).assignments}
    assert made
    places = dict(zip(world.names, codes(world.pairs), strict=True))
    assert {places[pair] for pair in made} <= taken


def test_they_come_with_an_answer_that_fits_everybodys_places() -> None:
    """It may break every other limit; which ones says what a relaxation has to hold."""
    for seed in range(40):
        world = World(a_limited_round(seed))
        levels = [level for level in world.levels if level.name != "lottery"]
        pairs, used = promising_pairs(world.problem, world.network, levels, world.pairs)
        chosen, most = pairs.where(used), world.network.most_partners
        assert (np.bincount(chosen.mentees, minlength=len(most.mentees)) <= most.mentees).all()
        assert (np.bincount(chosen.mentors, minlength=len(most.mentors)) <= most.mentors).all()


def _without_limits(world: World) -> Policy:
    always = {name for name, rule in all_rules().items() if not rule.can_be_switched_off}
    policy = world.problem.policy
    rules = [rule for rule in policy.rules if rule.kind != "constraint" or rule.name in always]
    return policy.model_copy(update={"rules": tuple(rules)})
