"""S3: nobody sets a field that is not theirs to set, and nobody is shown one that is not described.

The names that are tried are those of every column of every table, and of every field that the
API itself gives out.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from models.tables import Base
from tests.conftest import FIGURE
from tests.service.bodies import a_body, described, description_of, objects_in, with_value
from tests.service.programmes import ROLES, TwoProgrammes, two_programmes
from tests.service.routes import Endpoint, endpoints_of, objects_of
from tests.service.services import PROGRAMME, a_service
from tests.service.shapes import unfit

pytestmark = pytest.mark.slow

ANY_VERSION = ", ".join(f'"{version}"' for version in range(1, 100))
MORE = ("is_admin", "admin", "role", "roles", "__proto__", "constructor", "$ref", "_id", "tenant")


@pytest.mark.only_on("sqlite")  # what is refused is refused before any database matters
def test_no_body_sets_more_than_it_is_there_for(
    tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    """Every column's name, in every object of every body, with a value that might do something."""
    names = {column.name for table in Base.metadata.tables.values() for column in table.columns}
    tried, accepted, changed = 0, [], False
    with two_programmes(tmp_path) as both:
        for endpoint in (e for e in endpoints_of(both.caller.client.app) if e.roles):
            document = a_body(both.caller, endpoint)
            if document is None:
                continue
            before = both.rows_of(PROGRAMME)
            given = next(objects_of(both.rows(), endpoint, PROGRAMME))
            key = both.keys[PROGRAMME, min(endpoint.roles or ())]
            (kind,) = described(both.caller, endpoint)["requestBody"]["content"]
            headers = {"content-type": kind, "if-match": ANY_VERSION}
            for place in objects_in(document):
                for name in sorted(names | set(MORE)):
                    if name in _fields_at(both, endpoint, document, place):
                        continue
                    body = json.dumps(with_value(document, (*place, name), "admin")).encode()
                    answer = both.ask(
                        key, endpoint.method, endpoint.address(given), body, **headers
                    )
                    tried += 1
                    if answer.status not in (400, 422):
                        accepted.append((endpoint.operation, place, name, answer.status))
            changed |= both.rows_of(PROGRAMME) != before
    record_property(
        FIGURE, f"S3: {tried} fields that are nobody's to set, {len(accepted)} not refused"
    )
    assert accepted == []
    assert not changed
    assert tried > 200


def test_every_answer_to_every_role_holds_what_is_described_and_nothing_else(
    tmp_path: Path, record_property: Callable[[str, object], None], database_kind: str
) -> None:
    read, more = 0, []
    with two_programmes(tmp_path) as both:
        components = description_of(both.caller.client.app)["components"]["schemas"]
        for endpoint in (e for e in endpoints_of(both.caller.client.app) if e.method == "GET"):
            answers = described(both.caller, endpoint).get("responses")
            if answers is None:  # pages and the description itself
                continue
            for role in ROLES:
                for given in objects_of(both.rows(), endpoint, PROGRAMME):
                    answer = both.ask(both.keys[PROGRAMME, role], "GET", endpoint.address(given))
                    shape = answers.get(str(answer.status))
                    if shape is None:
                        more.append((endpoint.path, role, answer.status, "not described"))
                        continue
                    ((kind, content),) = shape.get("content", {"": {"schema": {}}}).items()
                    read += 1
                    for value in _values(kind, answer.body.decode()):
                        faults = unfit(value, content["schema"], components)
                        more += ((endpoint.path, role, answer.status, where) for where in faults)
    record_property(
        FIGURE,
        f"S3 {database_kind}: {read} answers read field by field, "
        f"{len(more)} that hold something else",
    )
    assert more == []
    assert read > 100


def test_no_answer_names_what_the_database_keeps_to_itself(tmp_path: Path) -> None:
    with a_service(tmp_path) as caller:
        text = json.dumps(description_of(caller.client.app)["components"])
    for column in ("secret_digest", "programme_key", "audit_key", "body_digest", "contact_email"):
        assert f'"{column}"' not in text


def _values(kind: str, text: str) -> list[Any]:
    """What an answer tells: one value, or one for each event of a stream."""
    if kind != "text/event-stream":
        return [json.loads(text) if text else None]
    events = text.replace("\r", "").split("\n\n")
    return [
        dict(line.split(": ", 1) for line in event.splitlines() if not line.startswith("retry"))
        for event in events
        if "data: " in event
    ]


def _fields_at(
    both: TwoProgrammes, endpoint: Endpoint, document: Any, place: tuple[str | int, ...]
) -> set[str]:
    """The names that are known in this place, whether they are given or not."""
    components = description_of(both.caller.client.app)["components"]["schemas"]
    body = described(both.caller, endpoint)["requestBody"]["content"]
    shape = next(iter(body.values()))["schema"]
    return set(_at(shape, list(place), components).get("properties", {}))


def _at(
    shape: dict[str, Any], place: list[str | int], components: dict[str, Any]
) -> dict[str, Any]:
    while "$ref" in shape or "oneOf" in shape or "anyOf" in shape:
        if "$ref" in shape:
            shape = components[shape["$ref"].rpartition("/")[2]]
        else:
            shape = next(
                each
                for each in shape.get("oneOf", shape.get("anyOf", []))
                if each.get("type") != "null"
            )
    if not place:
        return shape
    step, *rest = place
    inner = shape.get("items") if isinstance(step, int) else shape.get("properties", {}).get(step)
    return _at(inner or {}, rest, components)
