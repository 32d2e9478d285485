"""A proved answer carried over to a changed round: the flow with which mending begins."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from models.domain.participant import Pair
from solver.rule import IntArray
from solver.scoring.candidates import CandidatePairs
from solver.warm.flow import NOTHING, Flow
from solver.warm.likeness import Likeness
from solver.warm.sums import Sums


def open_flow(
    flow: Flow,
    sums: Sums,
    like: Likeness,
    pairs: Sequence[Pair],
    own: Sequence[IntArray],
    doubted: frozenset[tuple[str, str]],
) -> None:
    """Sets the pairs and the prices of the answer before, so that no length is below nothing.

    Whoever is not the same has the least price at which no pair of theirs would gain; all pairs
    that lose are ended, and pins are made. `own` are each level's own prices by node, the tie
    rule's last; `doubted` are pairs that may lose though neither of the two is another.
    """
    parts = [_moved(flow, like, prices) for prices in own]
    flow.heights[0, :-1] = sums.together(parts[:-1])
    flow.heights[1, :-1] = parts[-1]
    mentees = np.setdiff1d(np.arange(flow.mentees), like.mentees)
    mentors = np.setdiff1d(np.arange(flow.root - flow.mentees), like.mentors)
    for mentor in mentors.tolist():
        _price_mentor(flow, mentor, mentees)
    for mentee in mentees.tolist():
        _price_mentee(flow, mentee)
    _carry_over(flow, pairs, {*mentees.tolist(), *(mentors + flow.mentees).tolist()}, doubted)
    flow.settle_places()
    for mentee, mentor in flow.pinned:
        if mentor not in flow.partners[mentee]:
            flow.put(mentee, mentor)
    for position, mentee in like.again:
        _make_if_it_gains(flow, mentee, position + flow.mentees)


def _moved(flow: Flow, like: Likeness, prices: IntArray) -> IntArray:
    """Heights from prices by node of the round before; nothing for those who are others now."""
    heights = np.zeros(flow.root, dtype=np.int64)
    of_mentees, of_mentors = np.split(prices, [len(like.mentees)])
    heights[like.mentees[like.mentees_kept]] = of_mentees[like.mentees_kept]
    heights[like.mentors[like.mentors_kept] + flow.mentees] = -of_mentors[like.mentors_kept]
    return heights


def _price_mentor(flow: Flow, mentor: int, left_out: IntArray) -> None:
    """By all pairs but those with mentees who have no price yet."""
    every = flow.every.pairs
    pairs = every.where(np.flatnonzero(every.mentors == mentor))
    pairs = pairs.where(~np.isin(pairs.mentees, left_out))
    flow.heights[:, mentor + flow.mentees] = -_least_price(
        flow, mentor + flow.mentees, pairs, -flow.heights[:, pairs.mentees]
    )


def _price_mentee(flow: Flow, mentee: int) -> None:
    pairs = flow.pairs_of(mentee)
    others = flow.heights[:, pairs.mentors + np.int64(flow.mentees)]
    flow.heights[:, mentee] = _least_price(flow, mentee, pairs, others)


def _least_price(flow: Flow, node: int, pairs: CandidatePairs, others: IntArray) -> IntArray:
    """The least at which no pair gains; without any pair, that at which no place does.

    `others` are the prices on the other side of the pairs, with the other sign.
    """
    if not len(pairs):
        return np.array([-flow.worth_of_first_place(node), 0])
    needed = flow.gains(pairs) + others[0]
    most = np.flatnonzero(needed == needed.max())
    at_ties = [
        flow.draw(int(pairs.mentees[place]), int(pairs.mentors[place]) + flow.mentees)
        + int(others[1, place])
        for place in most.tolist()
    ]
    return np.array([needed.max(), max(at_ties)])


def _carry_over(
    flow: Flow, pairs: Sequence[Pair], others: set[int], doubted: frozenset[tuple[str, str]]
) -> None:
    """The pairs that can stand and do not lose, and the places that were taken before."""
    problem = flow.every.problem
    mentee_at, mentor_at = problem.mentee_at, problem.mentor_at
    taken = Counter[int]()
    standing = list[tuple[int, int]]()
    for pair in pairs:
        mentee, mentor = mentee_at.get(pair.mentee), mentor_at.get(pair.mentor)
        if mentee is not None:
            taken[mentee] += 1
        if mentor is not None:
            mentor += flow.mentees
            taken[mentor] += 1
        if mentee is None or mentor is None:
            continue
        in_doubt = mentee in others or mentor in others or (pair.mentor, pair.mentee) in doubted
        if not in_doubt or _loses_nothing(flow, mentee, mentor):
            standing.append((mentee, mentor))
    flow.put_all([mentee for mentee, _ in standing], [mentor for _, mentor in standing])
    flow.taken[list(taken.keys())] = list(taken.values())
    flow.taken = np.minimum(flow.taken, flow.most)


def _loses_nothing(flow: Flow, mentee: int, mentor: int) -> bool:
    gain = flow.gain(mentee, mentor)
    return gain is not None and flow.making(mentee, mentor, gain) <= NOTHING


def _make_if_it_gains(flow: Flow, mentee: int, mentor: int) -> None:
    gain = flow.gain(mentee, mentor)
    if gain is not None and flow.making(mentee, mentor, gain) < NOTHING:
        flow.put(mentee, mentor)
