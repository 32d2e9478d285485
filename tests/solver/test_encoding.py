import numpy as np
import pytest

from solver.encoding import (
    MISSING,
    PairTable,
    bitmasks,
    codes,
    equal,
    in_full,
    membership,
    two_texts,
)
from tests.builders import a_mentee, a_mentor, a_problem


def test_columns_share_one_code_for_one_text() -> None:
    first, second = codes(["a", None, "b"], ["b", "c", "a"])
    assert first[1] == MISSING
    assert [first[0], first[2]] == [second[2], second[0]]
    assert len({*first.tolist(), *second.tolist()}) == 4


def test_equal_is_true_of_what_is_given_on_both_sides_and_the_same() -> None:
    same = equal(["a", None, "b"], ["a", None])
    mentors, mentees = np.ogrid[:3, :2]
    assert same(mentors, mentees).tolist() == [[True, False], [False, False], [False, False]]


def test_a_test_that_holds_is_worth_the_full_value() -> None:
    values = in_full(equal(["a", "b"], ["a"]))(np.array([0, 1]), np.array([0, 0]))
    assert values.tolist() == [1000, 0]
    assert values.dtype == np.int32


def test_membership_marks_the_known_words_that_are_held() -> None:
    table = membership([["a", "z"], [], ["b", "a"]], {"a": 0, "b": 1})
    assert table.tolist() == [[True, False], [False, False], [True, True]]


@pytest.mark.parametrize("columns", [0, 1, 63, 64, 65, 128, 130])
def test_bitmasks_keep_every_column_of_its_own(columns: int) -> None:
    """In a table where row n holds column n alone, no two rows have a bit in common."""
    masks = bitmasks(np.eye(columns, dtype=np.bool_))
    assert masks.shape == (max(1, -(-columns // 64)), columns)
    common = (masks[:, :, None] & masks[:, None, :]) != 0
    assert (common.any(axis=0) == np.eye(columns, dtype=np.bool_)).all()


def test_a_pair_table_gives_its_entries_and_nothing_elsewhere() -> None:
    problem = a_problem(
        *(a_mentor(f"M{n}") for n in range(40)), *(a_mentee(f"E{n}") for n in range(30))
    )
    entries = {(m, (7 * m) % 30): m + 1 for m in range(40)}
    table = PairTable(problem, entries)
    mentors, mentees = np.ogrid[:40, :30]
    block = table(mentors, mentees)
    assert block.dtype == np.int32
    expected = [[entries.get((m, e), 0) for e in range(30)] for m in range(40)]
    assert block.tolist() == expected
    rows, columns = np.nonzero(np.ones((40, 30)))
    assert table(rows, columns).tolist() == [cell for row in expected for cell in row]


def test_an_empty_pair_table_is_nothing_everywhere() -> None:
    table = PairTable(a_problem(), {})
    assert table(np.array([0, 0]), np.array([0, 0])).tolist() == [0, 0]


def test_a_pair_table_of_humans_ignores_those_who_are_not_in_the_round() -> None:
    problem = a_problem(a_mentor("M1", person="P-9"), a_mentee("E1"))
    place = np.array([0])
    present = PairTable.of_humans(problem, {("P-9", "E1"): 5})
    absent = PairTable.of_humans(problem, {("M1", "E1"): 5, ("P-9", "X9"): 5})
    assert (present(place, place).item(), absent(place, place).item()) == (5, 0)


def test_two_texts_are_read_from_a_list_of_two_and_from_nothing_else() -> None:
    assert two_texts('["M1","T \\"one\\""]') == ("M1", 'T "one"')
    for label in ("M1", '["M1"]', '["M1",2]', '{"a":1}', "[" * 100_000):
        with pytest.raises(KeyError):
            two_texts(label)
