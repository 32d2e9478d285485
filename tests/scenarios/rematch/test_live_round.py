"""How many earlier pairs can stand together, by counting and where counting does not do."""

from __future__ import annotations

from typing import Any

from scenarios.rematch.live_round import LiveRound
from scenarios.scenario import Scenario
from tests.scenarios.rematch.rounds import a_rematching, changes


def live(*raw: dict[str, Any]) -> LiveRound:
    found = a_rematching().after(changes(*raw))
    assert not isinstance(found, Scenario)
    return found


def test_places_are_counted_without_a_solve() -> None:
    found = live()
    assert found.most_kept == len(found.standing) == 3
    assert "keeping_first" not in vars(found)


def test_under_a_quota_the_round_is_solved_for_the_most() -> None:
    quota = {"change": "rule_on", "rule": "department_quota"}
    found = live(
        {"change": "edit_person", "reference": "E1", "fields": {"department": "DfE"}},
        {**quota, "settings": {"mentees": {"DfE": {"most": 0}}}},
    )
    assert (found.most_kept, len(found.standing)) == (2, 3)
    assert "keeping_first" in vars(found)


def test_a_round_without_an_answer_has_no_most() -> None:
    """The department's only mentee has no mentor they could have."""
    quota = {"change": "rule_on", "rule": "department_quota"}
    found = live(
        {"change": "edit_person", "reference": "E1", "fields": {"department": "DfE"}},
        {"change": "pin", "mentor": "M1", "mentee": "E2"},
        {"change": "pin", "mentor": "M3", "mentee": "E3"},
        {"change": "capacity", "mentor": "M1", "capacity": 1},
        {"change": "bar", "mentor": "M2", "mentee": "E1"},
        {**quota, "settings": {"mentees": {"DfE": {"least": 1}}}},
    )
    assert found.most_kept is None
