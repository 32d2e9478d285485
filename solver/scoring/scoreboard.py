"""Every candidate pair and its points, found block by block.

People are sorted into the classes by which a rule can pass over whole blocks; in a block
the cheap rules are asked of every cell, the others only of the pairs that are left. Memory
is bounded by the block, not by the number of cells.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from models.domain.problem import Problem
from solver.rule import BoolArray, Classes, IntArray
from solver.rulebook import Rules

CELLS_IN_A_BLOCK = 2_000_000


@dataclass(frozen=True)
class CandidatePairs:
    """Candidate pairs as columns: positions of mentor and mentee, and whole points."""

    mentors: IntArray
    mentees: IntArray
    points: IntArray

    def __len__(self) -> int:
        return len(self.points)

    def where(self, chosen: BoolArray | IntArray) -> CandidatePairs:
        """The chosen ones, by mask or by index."""
        return CandidatePairs(self.mentors[chosen], self.mentees[chosen], self.points[chosen])


def joined(*parts: CandidatePairs) -> CandidatePairs:
    """Several lists of candidate pairs, one after the other."""
    none = np.zeros(0, dtype=np.int32)
    return CandidatePairs(
        np.concatenate([none, *(part.mentors for part in parts)]),
        np.concatenate([none, *(part.mentees for part in parts)]),
        np.concatenate([none, *(part.points for part in parts)]),
    )


def score_pairs(problem: Problem, rules: Rules) -> CandidatePairs:
    """Every pair that all eligibility rules permit, with its points."""
    return joined(*candidate_blocks(problem, rules))


def candidate_blocks(problem: Problem, rules: Rules) -> Iterator[CandidatePairs]:
    """The candidate pairs in blocks, in an order that depends on the problem alone."""
    dense = [rule.vectorised(problem) for rule in rules.eligibility if rule.dense]
    sparse = [rule.vectorised(problem) for rule in rules.eligibility if not rule.dense]
    worth = [(rule.weight, rule.vectorised(problem)) for rule in rules.objectives]
    for some_mentors, some_mentees in _blocks(problem, rules):
        allowed = np.ones((len(some_mentees), len(some_mentors)), dtype=np.bool_)
        for permits in dense:
            allowed &= permits(some_mentors[None, :], some_mentees[:, None])
        rows, columns = np.nonzero(allowed)
        mentors, mentees = some_mentors[columns], some_mentees[rows]
        for permits in sparse:
            kept = permits(mentors, mentees)
            mentors, mentees = mentors[kept], mentees[kept]
        points = np.zeros(len(mentors), dtype=np.int32)
        for weight, values in worth:
            points += np.int32(weight) * values(mentors, mentees).astype(np.int32, copy=False)
        block = CandidatePairs(mentors, mentees, points)
        for floor in rules.floors:
            block = block.where(floor.vectorised(block.points))
        yield block


def _blocks(problem: Problem, rules: Rules) -> Iterator[tuple[IntArray, IntArray]]:
    """Mentor and mentee positions of each block that can hold a candidate pair."""
    classes = _sharpest_classes(problem, rules)
    for mentee_class in range(classes.compatible.shape[1]):
        mentees = np.flatnonzero(classes.mentees == mentee_class).astype(np.int32)
        meets = classes.compatible[classes.mentors, mentee_class]
        mentors = np.flatnonzero(meets).astype(np.int32)
        if not len(mentees) or not len(mentors):
            continue
        step = max(1, CELLS_IN_A_BLOCK // len(mentors))
        for start in range(0, len(mentees), step):
            yield mentors, mentees[start : start + step]


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
