"""How a rule turns what people say into arrays. Shared by the rules; knows none of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from models.domain.problem import Problem
from solver.rule import FULL_VALUE, BoolArray, IntArray, PairTest, PairValues

MISSING = -1
"""The code of a value that is not given."""


def codes(*columns: Sequence[str | None]) -> tuple[IntArray, ...]:
    """The columns with a shared whole number for each text; `MISSING` for None."""
    known: dict[str | None, int] = {None: MISSING}
    for column in columns:
        for text in column:
            if text not in known:
                known[text] = len(known) - 1
    return tuple(np.array([known[text] for text in column], dtype=np.int32) for column in columns)


def equal(mentors: Sequence[str | None], mentees: Sequence[str | None]) -> PairTest:
    """A test of pairs: true where both values are given and the same."""
    giver, taker = codes(mentors, mentees)
    # Two different codes for what is missing, so that one comparison does.
    taker[taker == MISSING] = MISSING - 1
    return lambda some_mentors, some_mentees: giver[some_mentors] == taker[some_mentees]


def in_full(test: PairTest) -> PairValues:
    """A soft objective's values from a test: the full value where it holds, else nothing."""
    return lambda mentors, mentees: test(mentors, mentees) * np.int32(FULL_VALUE)


def membership(rows: Sequence[Iterable[str]], words: Mapping[str, int]) -> BoolArray:
    """A table with a row for each person and a column for each word: true where it is held."""
    table = np.zeros((len(rows), len(words)), dtype=np.bool_)
    for row, held in enumerate(rows):
        for word in held:
            column = words.get(word)
            if column is not None:
                table[row, column] = True
    return table


def bitmasks(table: BoolArray) -> NDArray[np.uint64]:
    """The rows of a table as bits: 64 columns to a word, and a row of words for each 64.

    Two people hold something in common where `and` leaves a bit in some word.
    """
    words = max(1, -(-table.shape[1] // 64))
    padded = np.zeros((len(table), words * 64), dtype=np.bool_)
    padded[:, : table.shape[1]] = table
    packed = np.packbits(padded, axis=1).view(np.uint64)
    return np.ascontiguousarray(packed.T)


class PairTable:
    """A sparse table of whole numbers over (mentor position, mentee position); 0 elsewhere."""

    def __init__(self, problem: Problem, entries: Mapping[tuple[int, int], int]) -> None:
        self._width = max(1, len(problem.mentees))
        cells = sorted((m * self._width + e, value) for (m, e), value in entries.items())
        self._codes = np.array([code for code, _ in cells], dtype=np.int64)
        self._values = np.array([value for _, value in cells], dtype=np.int32)
        # Most pairs are in no table. A few bits for each entry tell most of them apart from
        # the entries at the price of one look-up, and only the others are searched for.
        self._filter = np.zeros(1 << (16 * len(cells)).bit_length(), dtype=np.bool_)
        self._filter[self._codes & (len(self._filter) - 1)] = True

    @classmethod
    def of_humans(cls, problem: Problem, entries: Mapping[tuple[str, str], int]) -> PairTable:
        """A table from (mentor, mentee) pairs of humans; those not in the round are ignored."""
        mentors, mentees = positions(problem)
        return cls(
            problem,
            {
                (m, e): value
                for (giver, taker), value in entries.items()
                for m in mentors.get(giver, ())
                for e in mentees.get(taker, ())
            },
        )

    def __call__(self, mentors: IntArray, mentees: IntArray) -> IntArray:
        """The table's values for arrays of pairs."""
        shape = np.broadcast_shapes(np.shape(mentors), np.shape(mentees))
        found = np.zeros(shape, dtype=np.int32)
        if not len(self._codes):
            return found
        wanted = np.asarray(mentors, dtype=np.int64) * self._width + mentees
        likely = self._filter[wanted & (len(self._filter) - 1)]
        wanted = wanted[likely]
        places = np.minimum(np.searchsorted(self._codes, wanted), len(self._codes) - 1)
        found[likely] = np.where(self._codes[places] == wanted, self._values[places], 0)
        return found


def positions(problem: Problem) -> tuple[dict[str, list[int]], dict[str, list[int]]]:
    """The mentor and the mentee positions of each human, by `person`."""
    mentors: dict[str, list[int]] = {}
    mentees: dict[str, list[int]] = {}
    for place, mentor in enumerate(problem.mentors):
        mentors.setdefault(mentor.person, []).append(place)
    for place, mentee in enumerate(problem.mentees):
        mentees.setdefault(mentee.person, []).append(place)
    return mentors, mentees
