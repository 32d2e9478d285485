"""Every candidate pair and its points, found block by block.

People are sorted into the classes by which a rule can pass over whole blocks; in a block
the cheap rules are asked of every cell, the others only of the pairs that are left. Memory
is bounded by the block, not by the number of cells.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from models.domain.problem import Problem
from solver.rule import BoolArray, Classes, IntArray
from solver.rulebook import Rules
from solver.scoring.candidates import CandidatePairs, Scorer, joined

CELLS_IN_A_BLOCK = 2_000_000

__all__ = ["CandidatePairs", "candidate_blocks", "cells", "class_blocks", "joined", "score_pairs"]


def score_pairs(problem: Problem, rules: Rules) -> CandidatePairs:
    """Every pair that all eligibility rules permit, with its points."""
    return joined(*candidate_blocks(problem, rules))


def candidate_blocks(
    problem: Problem,
    rules: Rules,
    mentors: BoolArray | None = None,
    mentees: BoolArray | None = None,
    scorer: Scorer | None = None,
) -> Iterator[CandidatePairs]:
    """The candidate pairs in blocks, in an order that depends on the problem alone.

    Masks of people leave the others out; `scorer` is one that somebody has at hand.
    """
    scorer = scorer or Scorer(problem, rules)
    for some_mentors, some_mentees in class_blocks(problem, rules):
        if mentors is not None:
            some_mentors = some_mentors[mentors[some_mentors]]
        if mentees is not None:
            some_mentees = some_mentees[mentees[some_mentees]]
        step = max(1, CELLS_IN_A_BLOCK // max(1, len(some_mentors)))
        for start in range(0, len(some_mentees), step):
            yield scorer.in_block(some_mentors, some_mentees[start : start + step])
    waived = scorer.waived
    if mentors is not None:
        waived = waived.where(mentors[waived.mentors])
    if mentees is not None:
        waived = waived.where(mentees[waived.mentees])
    if len(waived):
        yield waived


def class_blocks(problem: Problem, rules: Rules) -> Iterator[tuple[IntArray, IntArray]]:
    """For each class of mentees its positions, after those of all mentors it may meet."""
    classes = _sharpest_classes(problem, rules)
    for mentee_class in range(classes.compatible.shape[1]):
        mentees = np.flatnonzero(classes.mentees == mentee_class).astype(np.int32)
        meets = classes.compatible[classes.mentors, mentee_class]
        mentors = np.flatnonzero(meets).astype(np.int32)
        if len(mentees) and len(mentors):
            yield mentors, mentees


def cells(problem: Problem, rules: Rules) -> int:
    """How many pairs lie in those blocks, candidates or not."""
    return sum(len(mentors) * len(mentees) for mentors, mentees in class_blocks(problem, rules))


def _sharpest_classes(problem: Problem, rules: Rules) -> Classes:
    """The classes that pass over most cells; one class for all where no rule offers any."""
    everybody = Classes(
        mentors=np.zeros(len(problem.mentors), dtype=np.int32),
        mentees=np.zeros(len(problem.mentees), dtype=np.int32),
        compatible=np.ones((1, 1), dtype=np.bool_),
    )
    offered = [rule.classes(problem) for rule in rules.eligibility]
    return min([everybody, *(found for found in offered if found)], key=_cells_left)


def _cells_left(classes: Classes) -> int:
    mentors = np.bincount(classes.mentors, minlength=classes.compatible.shape[0])
    mentees = np.bincount(classes.mentees, minlength=classes.compatible.shape[1])
    return int(mentors @ classes.compatible.astype(np.int64) @ mentees)
