from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from random import Random

import numpy as np

from models.domain.participant import Pair
from models.reference import civil_service
from scenarios.generate import generate_round
from solver.intake import read_round
from solver.rulebook import choose_rules
from solver.scoring.candidates import CandidatePairs
from solver.scoring.every_pair import EveryPair
from solver.scoring.screen import Screen
from solver.scoring.threshold import Threshold


def test_every_pair_that_reaches_a_threshold_is_found_once_and_every_pin() -> None:
    """Also where a threshold is met to the point, and rounding might hide it."""
    every, chance = _a_round(), Random(1)
    pairs = every.pairs
    for _ in range(100):
        place = chance.randrange(len(pairs))
        share = chance.random() * 2.0**50
        mentors = np.full(40, share)
        mentees = np.full(60, pairs.points[place] - share)
        mentees[chance.randrange(60)] -= 1e4
        found = _codes(every.reaching(Threshold(mentors, mentees)))
        asked = mentors[pairs.mentors] + mentees[pairs.mentees]
        reaching = _codes([pairs.where(np.flatnonzero(asked <= pairs.points))])
        assert set(reaching) <= set(found)
        assert len(set(found)) == len(found)
        assert {_code(every, pin) for pin in every.problem.pins} <= set(found)


def test_pairs_of_two_with_free_places_are_found_whatever_their_points() -> None:
    every = _a_round()
    mentors, mentees = np.ones(40, dtype=np.int64), np.ones(60, dtype=np.int64)
    mentors[:5], mentees[::2] = 0, 0
    found = set(_codes(every.reaching(Threshold(mentors, mentees, counts_points=False))))
    free = (every.pairs.mentors < 5) & (every.pairs.mentees % 2 == 0)
    assert free.any()
    assert set(_codes([every.pairs.where(free)])) <= found


def test_options_are_those_that_a_screen_counts() -> None:
    every = _a_round()
    mentors, mentees = np.arange(40) % 3 == 0, np.arange(60) % 4 == 0
    counted = Screen(every.problem, every.rules).options(mentors, mentees)
    for held, screened in zip(every.options(mentors, mentees), counted, strict=True):
        assert held.tolist() == screened.tolist()


def test_a_pair_has_its_place_and_one_that_is_no_candidate_has_none() -> None:
    every = _a_round()
    mentors, mentees = np.divmod(np.arange(40 * 60), 60)
    places = every.places(mentors, mentees)
    assert (every.pairs.mentors[places[places >= 0]] == mentors[places >= 0]).all()
    assert (every.pairs.mentees[places[places >= 0]] == mentees[places >= 0]).all()
    assert (places >= 0).sum() == len(every.pairs) < len(places)


@cache
def _a_round() -> EveryPair:
    """Forty mentors and sixty mentees, of whose candidate pairs the first and the last are pins."""
    problem = read_round(generate_round(40, 60, 1), civil_service()).problem
    assert problem is not None
    every = EveryPair.of(problem, choose_rules(problem.policy))
    for place in (0, -1):
        mentor = problem.mentors[every.pairs.mentors[place]].reference
        mentee = problem.mentees[every.pairs.mentees[place]].reference
        problem = problem.with_pin(Pair(mentor=mentor, mentee=mentee))
    return EveryPair(problem, every.rules, every.pairs)


def _codes(blocks: Iterable[CandidatePairs]) -> list[int]:
    return [
        code
        for block in blocks
        for code in (block.mentors.astype(np.int64) * 60 + block.mentees).tolist()
    ]


def _code(every: EveryPair, pair: Pair) -> int:
    return every.problem.mentor_at[pair.mentor] * 60 + every.problem.mentee_at[pair.mentee]
