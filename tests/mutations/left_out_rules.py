"""For every hard rule that can be switched off, a round whose optimum breaks it once it is off."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from models.domain.participant import Participant
from models.domain.problem import Problem
from tests.builders import a_mentee, a_mentor, a_person, a_policy, a_problem

LEFT_OUT: Mapping[str, Mapping[str, Any]] = {
    "change_budget": {"most": 0},
    "coverage_floor": {"by": "department", "percent": 50},
    "department_quota": {"mentors": {"HMRC": {"most": 1}}},
    "group_minimum": {"minimum": 3},
    "group_rate": {"by": "department", "per_million": 500_000},
    "one_direction": {},
    "same_team_apart": {},
    "share_limit": {"cross_region_percent": 0},
    "total_commitments": {"most": 1},
}
"""Settings under which the rule binds in the round below."""


def a_round_under(*names: str) -> Problem:
    """The same people every time, under the hard rules named.

    Without any, M1 takes both of one team, from another region, M2 takes nobody of DfE, whom
    it had before, and A and B mentor each other.
    """
    settings = {name: LEFT_OUT[name] for name in names}
    policy = a_policy(
        grade_seniority={"min_gap": 0, "max_gap": 2}, expertise_overlap={"weight": 40}, **settings
    )
    return a_problem(*_people(), policy=policy, earlier=[("M2", "E3")])


def _people() -> list[Participant]:
    of_hmrc = {"department": "HMRC", "home_region": "Wales"}
    return [
        a_mentor("M1", capacity=2, offers=("law",), **of_hmrc),
        a_mentor("M2", offers=("data",), department="DfE", home_region="London"),
        a_mentee("E1", seeks=("law",), team="T", department="HO", home_region="London"),
        a_mentee("E2", seeks=("law",), team="T", department="HO", home_region="London"),
        a_mentee("E3", seeks=("policy",), department="DfE", home_region="London"),
        a_mentee("E4", seeks=("data",), department="HO", home_region="London"),
        *(
            a_person(name, mentor={"offers": (name,)}, mentee={"seeks": (other,)})
            for name, other in (("A", "B"), ("B", "A"))
        ),
    ]
