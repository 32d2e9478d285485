"""The pairs of a mended flow, and its prices as a certificate claims them."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from models.domain.participant import Pair
from solver.judge.claims import Claim
from solver.levels import LEVELS
from solver.relaxation.binding_groups import side_groups
from solver.relaxation.proof import OwnPrices, Proof
from solver.rulebook import Rules
from solver.scoring.candidates import joined
from solver.warm.flow import Flow
from solver.warm.sums import Sums


def pairs_of(flow: Flow, before: Iterable[Pair]) -> list[Pair]:
    """The pairs that stand; those that stood before are the same objects."""
    known = {(pair.mentor, pair.mentee): pair for pair in before}
    mentors, mentees = flow.every.problem.mentors, flow.every.problem.mentees
    names = [
        (mentors[mentor - flow.mentees].reference, mentees[mentee].reference)
        for mentee in range(flow.mentees)
        for mentor in flow.partners[mentee]
    ]
    return [
        known.get((mentor, mentee)) or Pair(mentor=mentor, mentee=mentee)
        for mentor, mentee in names
    ]


def claims_of(flow: Flow, rules: Rules, sums: Sums) -> list[Claim]:
    """What the heights prove, level by level. Raises `PriceTooLargeError`."""
    problem = flow.every.problem
    sign = np.where(np.arange(flow.root) < flow.mentees, 1, -1)
    height, at_ties = flow.heights[:, :-1]
    proof = Proof(problem, rules, flow.network, side_groups((), joined()))
    none = np.zeros(0, dtype=np.int64)
    return [
        Claim(name=name, prices=proof.add_level(LEVELS[name], OwnPrices(own * sign, none)))
        for name, own in zip(problem.policy.levels, [*sums.apart(height), at_ties], strict=True)
    ]
