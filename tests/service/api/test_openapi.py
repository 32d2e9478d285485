"""The API's description is a promise: it changes on purpose or not at all.

To renew the snapshot after a change that is meant, run
`PAIRWELL_RENEW=1 uv run pytest tests/service/api/test_openapi.py` and commit the file.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from tests.service.services import a_service

SNAPSHOT = Path(__file__).parents[2] / "golden" / "openapi.json"


@pytest.fixture
def schema(tmp_path: Path) -> dict[str, Any]:
    with a_service(tmp_path) as caller:
        answer = caller.client.get("/openapi.json")
    found: dict[str, Any] = answer.json()
    assert answer.headers["content-type"] == "application/json"
    return found


def test_the_description_is_the_one_that_was_agreed(schema: dict[str, Any]) -> None:
    schema["info"]["version"] = "0"
    described = json.dumps(schema, indent=2, sort_keys=True, ensure_ascii=False) + "\n"
    if os.environ.get("PAIRWELL_RENEW"):
        SNAPSHOT.write_text(described, encoding="utf-8")
    assert described == SNAPSHOT.read_text(encoding="utf-8")


def test_the_description_is_openapi_3_1(schema: dict[str, Any]) -> None:
    assert schema["openapi"].startswith("3.1.")


def test_a_submission_is_described_as_the_contract_has_it(schema: dict[str, Any]) -> None:
    body = schema["paths"]["/v1/rounds"]["post"]["requestBody"]
    assert body["required"] is True
    assert body["content"] == {
        "application/json": {"schema": {"$ref": "#/components/schemas/RoundSubmission"}}
    }
    described = schema["components"]["schemas"]["RoundSubmission"]["properties"]
    assert {"name", "policy", "participants", "pins", "bars", "earlier"} <= set(described)


def test_every_error_is_described_as_a_problem(schema: dict[str, Any]) -> None:
    problem = {"schema": {"$ref": "#/components/schemas/ProblemDetails"}}
    for path, methods in schema["paths"].items():
        for operation in methods.values():
            for status, answer in operation["responses"].items():
                if int(status) >= 400:
                    assert answer["content"] == {"application/problem+json": problem}, path
            assert path.startswith("/health") or "401" in operation["responses"], path


def test_every_reference_in_the_description_leads_somewhere(schema: dict[str, Any]) -> None:
    known = schema["components"]["schemas"]
    text = json.dumps(schema)
    for part in text.split('"$ref": "')[1:]:
        reference = part.partition('"')[0]
        assert reference.removeprefix("#/components/schemas/") in known
