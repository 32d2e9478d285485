"""The pairs of a mended flow, and its prices as a certificate claims them."""

from __future__ import annotations

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


def pairs_of(flow: Flow) -> list[Pair]:
    """The pairs that stand."""
    problem = flow.every.problem
    return [
        Pair(
            mentor=problem.mentors[mentor - flow.mentees].reference,
            mentee=problem.mentees[mentee].reference,
        )
        for mentee in range(flow.mentees)
        for mentor in flow.partners[mentee]
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
