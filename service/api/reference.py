"""An OpenAPI document, sorted for reading: operations by subject, then what they exchange."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Operation:
    """One request that can be made. Schemas are as OpenAPI has them."""

    id: str
    method: str
    path: str
    summary: str
    description: str
    needs_key: bool
    parameters: list[dict[str, Any]]
    body: dict[str, Any] | None
    responses: list[tuple[str, str, dict[str, Any] | None]]


@dataclass(frozen=True)
class Shape:
    """An object that is sent or received, field by field; `required` holds fields' names."""

    name: str
    description: str
    fields: dict[str, dict[str, Any]]
    required: frozenset[str]


@dataclass(frozen=True)
class Reference:
    """The whole document, in the order in which it is read."""

    title: str
    version: str
    description: str
    subjects: dict[str, list[Operation]] = field(default_factory=dict)
    shapes: list[Shape] = field(default_factory=list)


def reference_of(schema: dict[str, Any]) -> Reference:
    """The page's content from an OpenAPI 3.1 document."""
    info = schema["info"]
    subjects: dict[str, list[Operation]] = {tag["name"]: [] for tag in schema.get("tags", [])}
    for subject, operation in _operations(schema):
        subjects.setdefault(subject, []).append(operation)
    shapes = [
        Shape(
            name=name,
            description=shape.get("description", ""),
            fields=shape.get("properties", {}),
            required=frozenset(shape.get("required", ())),
        )
        for name, shape in sorted(schema["components"]["schemas"].items())
    ]
    return Reference(info["title"], info["version"], info["description"], subjects, shapes)


def _operations(schema: dict[str, Any]) -> Iterator[tuple[str, Operation]]:
    everywhere = schema.get("security", [])
    for path, methods in sorted(schema["paths"].items()):
        for method, operation in methods.items():
            yield (
                operation["tags"][0],
                Operation(
                    id=operation["operationId"],
                    method=method.upper(),
                    path=path,
                    summary=operation["summary"],
                    description=operation.get("description", ""),
                    needs_key={} not in operation.get("security", everywhere),
                    parameters=operation.get("parameters", []),
                    body=_content(operation.get("requestBody", {})),
                    responses=[
                        (status, answer["description"], _content(answer))
                        for status, answer in sorted(operation["responses"].items())
                    ],
                ),
            )


def _content(holder: dict[str, Any]) -> dict[str, Any] | None:
    """The schema of a body, whatever its media type; None where there is no body."""
    for content in holder.get("content", {}).values():
        found: dict[str, Any] = content["schema"]
        return found
    return None
