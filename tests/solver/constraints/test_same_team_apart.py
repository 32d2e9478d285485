from models.domain.participant import Pair
from solver.constraints.same_team_apart import SameTeamApart
from tests.builders import a_mentee, a_mentor, a_problem
from tests.voices import shares

RULE = SameTeamApart()
PROBLEM = a_problem(
    *(a_mentor("M1", capacity=3), a_mentor("M2", capacity=3)),
    *(a_mentee("E1", team="T1", department="DfE"), a_mentee("E2", team="T1", department="HMRC")),
    *(a_mentee("E3", team="T2"), a_mentee("E4"), a_mentee("E5")),
)


def test_two_mentees_of_one_team_have_different_mentors() -> None:
    apart = [Pair(mentor="M1", mentee="E1"), Pair(mentor="M2", mentee="E2")]
    assert RULE.breaches(PROBLEM, apart) == []
    together = [Pair(mentor="M1", mentee=e) for e in ("E2", "E1", "E3")]
    assert RULE.breaches(PROBLEM, together) == [
        "E1 and E2 are all of the team T1 and share the mentor M1"
    ]


def test_people_without_a_team_may_share_a_mentor() -> None:
    pairs = [Pair(mentor="M1", mentee=e) for e in ("E4", "E5")]
    assert RULE.breaches(PROBLEM, pairs) == []
    assert not shares(RULE, PROBLEM, "M1", "E4")


def test_a_group_is_a_mentor_with_a_team_whatever_the_department() -> None:
    assert shares(RULE, PROBLEM, "M1", "E1") == {'["M1","T1"]': 1}
    assert shares(RULE, PROBLEM, "M1", "E2") == {'["M1","T1"]': 1}
    assert shares(RULE, PROBLEM, "M2", "E3") == {'["M2","T2"]': 1}
    assert RULE.group_bounds(PROBLEM, '["M1","T1"]') == (0, 1)


def test_a_round_without_teams_has_no_groups() -> None:
    assert not shares(RULE, a_problem(), "M1", "E1")


def test_the_mentors_own_team_does_not_matter() -> None:
    problem = a_problem(a_mentor("M1", team="T1"), a_mentee("E1", team="T2"))
    assert shares(RULE, problem, "M1", "E1") == {'["M1","T2"]': 1}
