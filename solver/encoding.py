"""How a rule turns what people say into arrays. Shared by the rules; knows none of them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress

import numpy as np
from numpy.typing import NDArray

from models.domain.problem import Problem
from solver.rule import (
    FULL_VALUE,
    BoolArray,
    Ceiling,
    Factor,
    IntArray,
    KeyedLimit,
    Membership,
    PairTest,
    PairValues,
)

KEPT = "kept"
"""The level that counts the pairs of an earlier result that are made again."""

MISSING = -1
"""The code of a value that is not given."""

MOST_COLUMNS = 64
"""A ceiling has no more columns: of more words some share one, which only lifts it."""


MOST_LISTED = 2_000_000
"""So many pairs that a rule refuses are listed at most."""


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


def for_each_side(mentors: IntArray, mentees: IntArray) -> tuple[Membership, Membership]:
    """A pair counts in the group of its mentor and in that of its mentee, given by position."""

    def of_mentor(some_mentors: IntArray, some_mentees: IntArray) -> IntArray:
        return np.broadcast_arrays(mentors[some_mentors], some_mentees)[0]

    def of_mentee(some_mentors: IntArray, some_mentees: IntArray) -> IntArray:
        return np.broadcast_arrays(some_mentors, mentees[some_mentees])[1]

    return Membership(of_mentor), Membership(of_mentee)


def equal_pairs(giver: IntArray, taker: IntArray) -> tuple[IntArray, IntArray] | None:
    """Every (mentor, mentee) position whose codes are given and the same; None where too many."""
    order = np.argsort(taker, kind="stable").astype(np.int32)
    sorted_takers = taker[order]
    given = np.flatnonzero(giver != MISSING).astype(np.int32)
    first = np.searchsorted(sorted_takers, giver[given])
    counts = np.searchsorted(sorted_takers, giver[given], side="right") - first
    total = int(counts.sum())
    if total > MOST_LISTED:
        return None
    nth = np.arange(total) - np.repeat(np.cumsum(counts) - counts, counts)
    return np.repeat(given, counts), order[np.repeat(first, counts) + nth]


def in_full(test: PairTest) -> PairValues:
    """A soft objective's values from a test: the full value where it holds, else nothing."""
    return lambda mentors, mentees: test(mentors, mentees) * np.int32(FULL_VALUE)


def equal_ceiling(mentors: Sequence[str | None], mentees: Sequence[str | None]) -> Ceiling:
    """The ceiling of `in_full(equal(mentors, mentees))`."""
    giver, taker = codes(mentors, mentees)
    width = max(giver.max(initial=MISSING), taker.max(initial=MISSING)) + 1
    return Ceiling(one_hot(giver, width), FULL_VALUE * one_hot(taker, width))


def two_texts(label: str) -> tuple[str, str]:
    """The two texts of a group's label that is a JSON list of two; KeyError for anything else."""
    with suppress(ValueError, RecursionError):
        match json.loads(label):
            case [str(one), str(other)]:
                return one, other
    raise KeyError(label)


def coded(
    limit: KeyedLimit, by_label: Mapping[str, int], among: Callable[[], IntArray]
) -> dict[int, int]:
    """What is given by label, by the groups' codes; labels that no group has are left out.

    `among` gives the codes that can matter, for limits that do not know a label's code.
    """
    if limit.code is None:
        known = {limit.label(code): code for code in among().tolist()} if by_label else {}
        return {known[label]: size for label, size in by_label.items() if label in known}
    found = dict[int, int]()
    for label, size in by_label.items():
        with suppress(KeyError):
            found[limit.code(label)] = size
    return found


def one_hot(column: IntArray, width: int) -> Factor:
    """A row for each code with a 1 in the code's column, in none for `MISSING`."""
    table = np.zeros((len(column), min(width, MOST_COLUMNS)), dtype=np.float32)
    given = np.flatnonzero(column != MISSING)
    table[given, column[given] % MOST_COLUMNS] = 1
    return table


def membership(rows: Sequence[Iterable[str]], words: Mapping[str, int]) -> BoolArray:
    """A table with a row for each person and a column for each word: true where it is held."""
    table = np.zeros((len(rows), len(words)), dtype=np.bool_)
    for row, held in enumerate(rows):
        for word in held:
            column = words.get(word)
            if column is not None:
                table[row, column] = True
    return table


def bitmasks(table: BoolArray) -> NDArray[np.unsignedinteger]:
    """The rows of a table as bits: words as short as will do, of at most 64 columns each.

    There is a row for each word of everybody. Two people hold something in common where `and`
    leaves a bit in some word.
    """
    columns = table.shape[1]
    bits = next((size for size in (8, 16, 32) if columns <= size), 64)
    padded = np.zeros((len(table), max(bits, -(-columns // bits) * bits)), dtype=np.bool_)
    padded[:, :columns] = table
    packed = np.packbits(padded, axis=1).view(f"u{bits // 8}")
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
        return cls(problem, _placed(problem, entries))

    @property
    def listed(self) -> tuple[IntArray, IntArray]:
        """The (mentor, mentee) positions of the entries."""
        mentors, mentees = np.divmod(self._codes, self._width)
        return mentors.astype(np.int32), mentees.astype(np.int32)

    def ceiling(self, problem: Problem) -> Ceiling:
        """The ceiling of the table's values: nothing, but for its entries."""
        nothing = np.zeros((len(problem.mentors), 0), dtype=np.float32)
        nothing_too = np.zeros((len(problem.mentees), 0), dtype=np.float32)
        return Ceiling(nothing, nothing_too, self.listed)

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


def droppable_pins(problem: Problem) -> PairTable:
    """1 for each pin that stands if it can."""
    return PairTable(problem, dict.fromkeys(problem.droppable_places, 1))


def wished_pairs(problem: Problem) -> PairTable:
    """1 for each pair that some level counts for its own sake, whatever its points.

    A search holds them from the start, so that pricing need not look for them.
    """
    earlier = problem.earlier_humans if KEPT in problem.policy.levels else ()
    kept = _placed(problem, dict.fromkeys(earlier, 1))
    return PairTable(problem, kept | dict.fromkeys(problem.droppable_places, 1))


def earlier_pairs(problem: Problem) -> PairTable:
    """1 for each pair of the earlier result."""
    return PairTable.of_humans(problem, dict.fromkeys(problem.earlier_humans, 1))


def pin_positions(problem: Problem) -> tuple[IntArray, IntArray]:
    """The pins as mentor and mentee positions, in the problem's order."""
    mentor_at = {p.reference: place for place, p in enumerate(problem.mentors)}
    mentee_at = {p.reference: place for place, p in enumerate(problem.mentees)}
    mentors = [mentor_at[pin.mentor] for pin in problem.pins]
    mentees = [mentee_at[pin.mentee] for pin in problem.pins]
    return np.array(mentors, dtype=np.int32), np.array(mentees, dtype=np.int32)


def _placed(problem: Problem, entries: Mapping[tuple[str, str], int]) -> dict[tuple[int, int], int]:
    """Values of (mentor, mentee) pairs of humans, by the positions of those who take part."""
    mentors, mentees = problem.mentor_places, problem.mentee_places
    return {
        (m, e): value
        for (giver, taker), value in entries.items()
        for m in mentors.get(giver, ())
        for e in mentees.get(taker, ())
    }
