"""The candidate pairs of a round like one whose pairs are held: only those of different people
are scored."""

from __future__ import annotations

import numpy as np

from models.domain.problem import Problem
from solver.judge.facts import points_of, refusals
from solver.rule import IntArray
from solver.rulebook import Rules
from solver.scoring.candidates import CandidatePairs, Scorer, joined
from solver.scoring.every_pair import EveryPair, codes_of
from solver.warm.likeness import GONE, Likeness


def carried_pairs(before: EveryPair, problem: Problem, rules: Rules, like: Likeness) -> EveryPair:
    """Every candidate pair of the round, which has the rules of the one before.

    What is carried over are pairs of two people who are both the same.
    """
    kept = _kept(before, problem, like)
    fresh = joined(_of_the_others(problem, rules, like), _asked_again(problem, rules, like))
    if not len(fresh):
        return EveryPair(problem, rules, kept)
    width = len(problem.mentors)
    codes = np.sort(codes_of(fresh, width))
    order = np.argsort(codes_of(fresh, width))
    places = np.searchsorted(codes_of(kept, width), codes)
    return EveryPair(
        problem,
        rules,
        CandidatePairs(
            np.insert(kept.mentors, places, fresh.mentors[order]),
            np.insert(kept.mentees, places, fresh.mentees[order]),
            np.insert(kept.points, places, fresh.points[order]),
        ),
    )


def _kept(before: EveryPair, problem: Problem, like: Likeness) -> CandidatePairs:
    """The pairs of two who are the same; whoever is left stands in the same order as before."""
    pairs = before.pairs
    if _is_everybody(like.mentors) and _is_everybody(like.mentees):
        kept = pairs
    else:
        mentors, mentees = like.mentors[pairs.mentors], like.mentees[pairs.mentees]
        stay = np.flatnonzero((mentors != GONE) & (mentees != GONE))
        kept = CandidatePairs(mentors[stay], mentees[stay], pairs.points[stay])
    if not like.again:
        return kept
    width = max(1, len(problem.mentors))
    again = np.array([mentee * width + mentor for mentor, mentee in like.again], dtype=np.int64)
    codes = codes_of(kept, width)
    places = np.searchsorted(codes, again)
    held = places[codes[np.minimum(places, len(codes) - 1)] == again] if len(codes) else places[:0]
    return CandidatePairs(
        np.delete(kept.mentors, held), np.delete(kept.mentees, held), np.delete(kept.points, held)
    )


def _of_the_others(problem: Problem, rules: Rules, like: Likeness) -> CandidatePairs:
    """The candidate pairs with somebody who is not the same as before."""
    mentors = _others(like.mentors, len(problem.mentors))
    mentees = _others(like.mentees, len(problem.mentees))
    if not len(mentors) and not len(mentees):
        return joined()
    scorer = Scorer(problem, rules)
    everybody = np.arange(len(problem.mentors), dtype=np.int32)
    rest = np.setdiff1d(np.arange(len(problem.mentees), dtype=np.int32), mentees)
    return joined(scorer.in_block(everybody, mentees), scorer.in_block(mentors, rest))


def _asked_again(problem: Problem, rules: Rules, like: Likeness) -> CandidatePairs:
    """The few pairs of the same people that may have become candidates, or none."""
    found = []
    for mentor, mentee in like.again:
        people = problem.mentors[mentor], problem.mentees[mentee]
        if not refusals(problem, rules, *people):
            found.append((mentor, mentee, points_of(problem, rules, *people)))
    mentors, mentees, points = np.array(found, dtype=np.int32).reshape(-1, 3).T
    return CandidatePairs(mentors, mentees, points)


def _others(like: IntArray, people: int) -> IntArray:
    found: IntArray = np.setdiff1d(np.arange(people, dtype=np.int32), like)
    return found


def _is_everybody(like: IntArray) -> bool:
    return bool((like == np.arange(len(like))).all())
