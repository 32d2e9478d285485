"""Lists of candidate pairs as columns, and which of some pairs are candidates at all."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from models.domain.problem import Problem
from solver.encoding import pin_positions
from solver.rule import BoolArray, IntArray
from solver.rulebook import Rules


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


class Scorer:
    """The vectorised rules of a round, made ready once: eligibility first, then points."""

    def __init__(self, problem: Problem, rules: Rules) -> None:
        self._problem = problem
        self._rules = rules
        self._dense = [rule.vectorised(problem) for rule in rules.eligibility if rule.dense]
        self._sparse = [rule.vectorised(problem) for rule in rules.eligibility if not rule.dense]
        self._worth = [(rule.weight, rule.vectorised(problem)) for rule in rules.objectives]
        self._floors = rules.floors
        self.waived = joined()
        self.waived = self._waived_pins()

    def in_block(self, mentors: IntArray, mentees: IntArray) -> CandidatePairs:
        """The candidates among all pairs of these mentors and mentees, mentee by mentee."""
        rows, columns = np.nonzero(self.dense(mentors[None, :], mentees[:, None]))
        return self._scored(mentors[columns], mentees[rows])

    def among(self, mentors: IntArray, mentees: IntArray) -> CandidatePairs:
        """The candidates among these pairs, in their order; then the waived pins among them."""
        asked = mentors, mentees
        for permits in self._dense:
            kept = permits(mentors, mentees)
            mentors, mentees = mentors[kept], mentees[kept]
        found = self._scored(mentors, mentees)
        if not len(self.waived):
            return found
        unasked = KnownPairs(CandidatePairs(*asked, asked[0]), len(self._problem.mentees))
        return joined(found, self.waived.where(~unasked.lacks(self.waived)))

    def dense(self, mentors: IntArray, mentees: IntArray) -> BoolArray:
        """Which pairs the dense rules permit; the others are not asked."""
        allowed = np.ones(np.broadcast_shapes(mentors.shape, mentees.shape), dtype=np.bool_)
        for permits in self._dense:
            allowed &= permits(mentors, mentees)
        return allowed

    def refused(self) -> tuple[IntArray, IntArray] | None:
        """Every pair that only rules that are not dense refuse, once; None where unknown."""
        listed = [np.zeros(0, dtype=np.int64)]
        width = max(1, len(self._problem.mentees))
        if self._floors:
            return None
        for rule in self._rules.eligibility:
            if rule.dense:
                continue
            pairs = rule.refused(self._problem)
            if pairs is None or rule.classes(self._problem) is not None:
                return None
            listed.append(pairs[0].astype(np.int64) * width + pairs[1])
        mentors, mentees = np.divmod(np.unique(np.concatenate(listed)), width)
        permitted = self.dense(mentors, mentees)
        return mentors[permitted], mentees[permitted]

    def _waived_pins(self) -> CandidatePairs:
        """The pins that are candidates only because they are not asked the waivable rules."""
        waivable = frozenset(self._problem.policy.waivable)
        asked = replace(
            self._rules,
            eligibility=tuple(r for r in self._rules.eligibility if r.name not in waivable),
            floors=tuple(rule for rule in self._rules.floors if rule.name not in waivable),
        )
        if asked == self._rules or not self._problem.pins:
            return joined()
        pins = pin_positions(self._problem)
        standing = Scorer(self._problem, asked).among(*pins)
        eligible = KnownPairs(self.among(*pins), len(self._problem.mentees))
        return standing.where(eligible.lacks(standing))

    def _scored(self, mentors: IntArray, mentees: IntArray) -> CandidatePairs:
        for permits in self._sparse:
            kept = permits(mentors, mentees)
            mentors, mentees = mentors[kept], mentees[kept]
        points = np.zeros(len(mentors), dtype=np.int32)
        for weight, values in self._worth:
            points += np.int32(weight) * values(mentors, mentees).astype(np.int32, copy=False)
        found = CandidatePairs(mentors, mentees, points)
        for floor in self._floors:
            found = found.where(floor.vectorised(found.points))
        return found


class KnownPairs:
    """Pairs that are known already, for asking which of some others are new."""

    def __init__(self, pairs: CandidatePairs, mentees: int) -> None:
        self._mentees = mentees
        self._codes = np.sort(self._codes_of(pairs))

    def lacks(self, pairs: CandidatePairs) -> BoolArray:
        """A mask of the pairs that are not known."""
        codes = self._codes_of(pairs)
        if not len(self._codes):
            return np.ones(len(codes), dtype=np.bool_)
        places = np.minimum(np.searchsorted(self._codes, codes), len(self._codes) - 1)
        new: BoolArray = self._codes[places] != codes
        return new

    def _codes_of(self, pairs: CandidatePairs) -> IntArray:
        codes: IntArray = pairs.mentors.astype(np.int64) * self._mentees + pairs.mentees
        return codes
