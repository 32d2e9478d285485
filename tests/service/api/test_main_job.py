"""The main job over HTTP with the true solver: a round goes in, the best pairs come out."""

from __future__ import annotations

from pathlib import Path

from solver.solve import solve_matching
from tests.rounds_without_answer import a_document_without_an_answer
from tests.service.services import a_service


def test_the_small_sample_is_matched_optimally_over_http(tmp_path: Path) -> None:
    with a_service(tmp_path, solve_matching) as caller:
        sample = caller.get("/v1/sample-round?size=small").content
        answer = caller.post(sample, prefer="wait=60")
        assert answer.status_code == 200, answer.text
        result = answer.json()
        run = answer.headers["location"]
        matched = {pair["mentee"] for pair in result["assignments"]}
        used = {pair["mentor"] for pair in result["assignments"]}
        levels = {level["name"]: level for level in result["levels"]}
        shown = caller.get(run).json()
        explained = caller.get(f"{run}/explanations?limit=1000").json()["items"]
    assert (result["run"]["status"], result["run"]["solve_status"]) == ("solved", "optimal")
    assert (len(matched), len(used)) == (50, 49)
    assert sum(pair["points"] for pair in result["assignments"]) == 1_997_000
    assert {name: level["value"] for name, level in levels.items() if name != "lottery"} == {
        "mentees_matched": 50,
        "mentors_used": 49,
        "points": 1_997_000,
    }
    assert all(level["proof"] == "certified" for level in result["levels"])
    assert result["certificate"]["verified"] is True
    assert shown["levels"] == result["levels"]
    assert explained == result["assignments"]
    for pair in explained:
        assert sum(part["points"] for part in pair["contributions"]) == pair["points"]


def test_a_round_without_an_answer_is_a_finished_run_with_a_conflict(tmp_path: Path) -> None:
    """Over HTTP as at the terminal: no error, no pairs, and the rules that collide."""
    with a_service(tmp_path, solve_matching) as caller:
        answer = caller.post(a_document_without_an_answer(), prefer="wait=60")
        assert answer.status_code == 200, answer.text
        result, run = answer.json(), answer.headers["location"]
        shown = caller.get(run).json()
        pairs = caller.get(f"{run}/assignments")
        explained = caller.get(f"{run}/explanations")
    assert (result["run"]["status"], result["run"]["solve_status"]) == ("solved", "infeasible")
    assert result["conflict"]["rules"] == ["coverage_floor", "group_minimum"]
    assert result["assignments"] == result["levels"] == []
    assert (shown["status"], shown["levels"]) == ("solved", [])
    assert (pairs.status_code, pairs.json()["items"]) == (200, [])
    assert (explained.status_code, explained.json()["items"]) == (200, [])


def test_waived_and_dropped_pins_are_kept_with_the_result(tmp_path: Path) -> None:
    people = [
        {"reference": "M1", "grade": "AA", "remote": True, "mentor": {}},
        *({"reference": f"E{n}", "grade": "SEO", "remote": True, "mentee": {}} for n in (1, 2)),
    ]
    pins = [{"mentor": "M1", "mentee": "E1"}]
    waive = {"on_conflict": "waive", "waivable": ["grade_seniority"]}
    drop = {"on_conflict": "drop", "off": ["grade_seniority"]}
    two = [*pins, {"mentor": "M1", "mentee": "E2"}]
    with a_service(tmp_path, solve_matching) as caller:
        waived, dropped = (
            caller.post({"participants": people, "policy": policy, "pins": some}, prefer="wait=60")
            for policy, some in ((waive, pins), (drop, two))
        )
    because = "AA is four grades below SEO, and the mentor should be at least one grade above"
    assert waived.json()["waived_pins"] == [
        pins[0] | {"checks": [{"rule": "grade_seniority", "because": because}]}
    ]
    (pin,) = dropped.json()["dropped_pins"]
    assert pin["code"] == "MENTOR_OVER_PINNED"
    assert dropped.json()["levels"][0]["name"] == "pins_kept"
    assert [issue["code"] for issue in dropped.json()["issues"]] == ["PIN_DROPPED"]
