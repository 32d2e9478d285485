"""The limits that are no part of the network, as far as they can bind at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from models.domain.problem import Problem
from solver.relaxation.face import EMPTY, FULL
from solver.rule import BoolArray, IntArray, KeyedLimit
from solver.rulebook import Rules
from solver.scoring.scoreboard import CandidatePairs


@dataclass(frozen=True)
class SideGroup:
    """One group of a limit: how many of its candidate pairs may stand.

    `places` are positions in the list of all candidate pairs.
    """

    rule: str
    label: str
    places: IntArray
    least: int
    most: int


def side_groups(problem: Problem, rules: Rules, pairs: CandidatePairs) -> tuple[SideGroup, ...]:
    """The groups that some choice of candidate pairs would break; the others are left out."""
    limits = (rule.limit(problem) for rule in rules.constraints)
    return tuple(
        group
        for limit in limits
        if limit.shape == "group"
        for group in _binding_groups(limit, pairs)
    )


def keeps(groups: Sequence[SideGroup], slacks: IntArray, used: BoolArray) -> bool:
    """Whether a choice, as a mask of all candidate pairs, keeps every group's limits.

    `slacks` says which groups earlier levels have settled at their most (no slack) or least.
    """
    counts = (int(used[group.places].sum()) for group in groups)
    return all(
        (group.most if slack == EMPTY else group.least)
        <= count
        <= (group.least if slack == FULL else group.most)
        for group, slack, count in zip(groups, slacks.tolist(), counts, strict=True)
    )


def _binding_groups(limit: KeyedLimit, pairs: CandidatePairs) -> list[SideGroup]:
    codes = limit.groups(pairs.mentors, pairs.mentees)
    listed = np.flatnonzero(codes >= 0)
    listed = listed[np.argsort(codes[listed], kind="stable")]
    groups, starts, sizes = np.unique(codes[listed], return_index=True, return_counts=True)
    least, most = limit.bounds(groups)
    binding = np.flatnonzero((sizes > most) | (least > 0))
    return [
        SideGroup(
            rule=limit.rule,
            label=limit.label(int(groups[g])),
            places=listed[starts[g] : starts[g] + sizes[g]],
            least=int(least[g]),
            most=int(most[g]),
        )
        for g in binding
    ]
