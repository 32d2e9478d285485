import pytest
from pydantic import ValidationError

from models.domain.participant import Pair
from solver.constraints.total_commitments import TotalCommitments
from tests.builders import a_mentee, a_mentor, a_person, a_problem
from tests.voices import shares

RULE = TotalCommitments(most=2)
BUSY = a_person("P1", mentor={"capacity": 3}, mentee={"wants": 3})
PROBLEM = a_problem(BUSY, a_mentor("M1"), a_mentor("M2"), a_mentee("E1"), a_mentee("E2"))


def test_pairs_of_both_roles_count_together() -> None:
    pairs = [Pair(mentor="P1", mentee="E1"), Pair(mentor="M1", mentee="P1")]
    assert RULE.breaches(PROBLEM, pairs) == []
    assert RULE.breaches(PROBLEM, [*pairs, Pair(mentor="P1", mentee="E2")]) == [
        "P1 stands in 3 pairs over both roles and may stand in 2"
    ]


def test_a_pair_counts_for_both_of_its_people() -> None:
    assert shares(RULE, PROBLEM, "M1", "E1") == {"M1": 1, "E1": 1}
    assert RULE.group_bounds(PROBLEM, "M1") == (0, 2)


def test_a_human_counts_under_whichever_references() -> None:
    problem = a_problem(
        a_mentor("A1", person="A", capacity=2),
        a_mentee("A2", person="A"),
        *(a_mentor("M1"), a_mentee("E1"), a_mentee("E2")),
    )
    assert shares(RULE, problem, "A1", "E1") == {"A": 1, "E1": 1}
    assert shares(RULE, problem, "M1", "A2") == {"M1": 1, "A": 1}
    pairs = [("A1", "E1"), ("A1", "E2"), ("M1", "A2")]
    assert RULE.breaches(problem, [Pair(mentor=m, mentee=e) for m, e in pairs]) == [
        "A stands in 3 pairs over both roles and may stand in 2"
    ]


@pytest.mark.parametrize("most", [0, -1, 1.5, True, "2", None, 10**6])
def test_the_most_is_a_whole_number_from_1_to_1000(most: object) -> None:
    with pytest.raises(ValidationError):
        TotalCommitments.model_validate({"most": most})
