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
from pydantic import BaseModel

from models.domain.base import Frozen
from service.operations.samples import sample_round
from tests.service.services import a_service
from tests.service.shapes import unfit

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


def test_every_field_with_free_keys_is_described_as_an_object(schema: dict[str, Any]) -> None:
    described = schema["components"]["schemas"]
    found = [
        (model.__name__, name)
        for model in _models(Frozen)
        if model.__name__ in described
        for name, field in model.model_fields.items()
        if str(field.annotation).startswith("dict[")
    ]
    assert {("PolicySubmission", "weights"), ("RunReport", "versions")} <= set(found)
    for model, name in found:
        shape = described[model]["properties"][name]
        kinds = {part["type"] for part in shape.get("anyOf", [shape])}
        assert "object" in kinds <= {"object", "null"}, (model, name)


def test_limits_are_described_as_whole_numbers_and_also_where_a_field_is_optional(
    schema: dict[str, Any],
) -> None:
    described = schema["components"]["schemas"]
    capacity = described["MentorSubmission"]["properties"]["capacity"]["anyOf"]
    assert {"type": "integer", "minimum": 0, "maximum": 1000} in capacity
    levels = described["PolicySubmission"]["properties"]["levels"]["anyOf"][0]
    assert levels == {"type": "array", "maxItems": 1000, "items": {"type": "string"}}
    (limit,) = (
        parameter["schema"]
        for parameter in schema["paths"]["/v1/runs/{run_id}/unmatched"]["get"]["parameters"]
        if parameter["name"] == "limit"
    )
    assert (repr(limit["minimum"]), repr(limit["maximum"])) == ("1", "1000")


@pytest.mark.parametrize("profile", ["staff-network", "civil-service"])
def test_a_sample_round_has_the_shape_that_is_described(
    schema: dict[str, Any], profile: Any
) -> None:
    document = sample_round("small", profile)
    policy = {"weights": {"shared_region": 3}, "rules": {"shared_region": {}}}
    document = document | {"policy": document.get("policy", {}) | policy}
    components = schema["components"]["schemas"]
    assert not [*unfit(document, components["RoundSubmission"], components)]
    document["policy"]["weights"] = ["shared_region"]
    assert [*unfit(document, components["RoundSubmission"], components)]


def _models(model: type[BaseModel]) -> set[type[BaseModel]]:
    """A model and all that are derived from it."""
    return {model}.union(*(_models(derived) for derived in model.__subclasses__()))
