"""Bodies of requests, made from the API's own description, and their parts."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from litestar import Litestar

from tests.service.routes import PARAMETER, Endpoint
from tests.service.services import Caller, a_document

Place = tuple[str | int, ...]

ROUND = "#/components/schemas/RoundSubmission"
PLAIN: dict[str, Any] = {
    "string": "a text",
    "integer": 1,
    "number": 1,
    "boolean": False,
    "array": [],
    "null": None,
}


@lru_cache(maxsize=1)
def description_of(app: Litestar) -> dict[str, Any]:
    """The API's description of itself."""
    return app.openapi_schema.to_schema()


def described(caller: Caller, endpoint: Endpoint) -> dict[str, Any]:
    """What the API's description says of an endpoint; nothing where it is not described."""
    path = PARAMETER.sub(r"{\1}", endpoint.path)
    methods = description_of(caller.client.app)["paths"].get(path, {})
    found: dict[str, Any] = methods.get(endpoint.method.lower(), {})
    return found


def a_body(caller: Caller, endpoint: Endpoint) -> Any:
    """The smallest body that an endpoint takes; None where it takes none."""
    content = described(caller, endpoint).get("requestBody", {}).get("content", {})
    if not content:
        return None
    components = description_of(caller.client.app)["components"]["schemas"]
    return _sample(next(iter(content.values()))["schema"], components)


def places_in(document: Any, here: Place = ()) -> Iterator[Place]:
    """Where in a document a text stands."""
    if isinstance(document, str):
        yield here
    elif isinstance(document, dict):
        for name, value in document.items():
            yield from places_in(value, (*here, name))
    elif isinstance(document, list):
        for number, value in enumerate(document):
            yield from places_in(value, (*here, number))


def objects_in(document: Any, here: Place = ()) -> Iterator[Place]:
    """Where in a document an object stands, the document itself too."""
    if isinstance(document, dict):
        yield here
        for name, value in document.items():
            yield from objects_in(value, (*here, name))
    elif isinstance(document, list):
        for number, value in enumerate(document):
            yield from objects_in(value, (*here, number))


def with_value(document: Any, place: Place, value: Any) -> Any:
    """A copy of a document with something else, or something more, in one place."""
    if not place:
        return value
    changed = copy.deepcopy(document)
    inner = changed
    for step in place[:-1]:
        inner = inner[step]
    inner[place[-1]] = value
    return changed


def _sample(schema: dict[str, Any], components: dict[str, Any]) -> Any:
    if schema.get("$ref") == ROUND:
        return a_document()
    if "$ref" in schema:
        return _sample(components[schema["$ref"].rpartition("/")[2]], components)
    for name in ("oneOf", "anyOf", "allOf"):
        if name in schema:
            return _sample(schema[name][0], components)
    if "const" in schema or "enum" in schema:
        return schema.get("const", schema.get("enum", [None])[0])
    if schema.get("type") == "object":
        fields = schema.get("properties", {})
        return {name: _sample(fields[name], components) for name in schema.get("required", ())}
    kind = schema["type"]
    return PLAIN[kind if isinstance(kind, str) else kind[0]]
