"""Values held against the schemas of the API's description."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

TYPES = {
    "array": list,
    "boolean": bool,
    "integer": int,
    "null": type(None),
    "number": (int, float),
    "object": dict,
    "string": str,
}


def unfit(
    value: Any, shape: dict[str, Any], components: dict[str, Any], where: str = ""
) -> Iterator[str]:
    """Where a value lacks the types and fields of a schema, or has more; limits are left aside."""
    if "$ref" in shape:
        shape = components[shape["$ref"].rpartition("/")[2]]
    choices = shape.get("anyOf", shape.get("oneOf"))
    if choices:
        faults = [list(unfit(value, part, components, where)) for part in choices]
        yield from min(faults, key=len)
        return
    if "type" not in shape:
        return
    kinds = shape["type"] if isinstance(shape["type"], list) else [shape["type"]]
    if not any(isinstance(value, TYPES[kind]) for kind in kinds):
        yield f"{where or 'all of it'} is no {' or '.join(kinds)}"
    elif isinstance(value, list):
        for item in value:
            yield from unfit(item, shape.get("items", {}), components, f"{where}/*")
    elif isinstance(value, dict) and "properties" in shape:
        fields = shape["properties"]
        yield from (
            f"{where}/{name} is missing" for name in {*shape.get("required", ())} - {*value}
        )
        yield from (f"{where}/{name} is not described" for name in {*value} - {*fields})
        for name in {*value} & {*fields}:
            yield from unfit(value[name], fields[name], components, f"{where}/{name}")
