from __future__ import annotations

from pathlib import Path

import pytest

from solver.rulebook import offered_rules
from tests.service.services import a_service


def test_the_rules_are_listed_with_what_can_be_set(tmp_path: Path) -> None:
    with a_service(tmp_path) as caller:
        cards = {card["name"]: card for card in caller.get("/v1/rules").json()}
    assert set(cards) == set(offered_rules())
    seniority = cards["grade_seniority"]
    assert seniority["kind"] == "eligibility"
    assert seniority["can_be_switched_off"] is True
    assert seniority["settings"]["properties"]["min_gap"]["default"] == 1
    assert {use["profile"] for use in seniority["profiles"]} == {"civil-service", "staff-network"}


@pytest.mark.parametrize("question", ["", "?size=large", "?profile=civil-service"])
def test_a_sample_round_can_be_posted_as_it_is(tmp_path: Path, question: str) -> None:
    with a_service(tmp_path) as caller:
        sample = caller.get(f"/v1/sample-round{question}")
        assert sample.status_code == 200
        answer = caller.post(sample.content, prefer="wait=20")
        assert answer.status_code == 200
        assert len(answer.json()["assignments"]) == (500 if "large" in question else 50)


def test_an_unknown_size_is_told(tmp_path: Path) -> None:
    with a_service(tmp_path) as caller:
        answer = caller.get("/v1/sample-round?size=huge")
    assert answer.status_code == 400
    assert answer.json()["issues"][0]["detail"] == {"parameter": "size", "value": "huge"}
