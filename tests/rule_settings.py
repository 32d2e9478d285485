"""Rules with random settings, read off each rule's own schema, so that a new rule needs none."""

from __future__ import annotations

from typing import Any, TypeVar

from hypothesis import assume
from hypothesis import strategies as st
from pydantic import ValidationError

from solver.rule import Rule

WORDS = ("HMRC", "DfE", "Nowhere")
"""Departments, of which some are in most random rounds."""

AnyRule = TypeVar("AnyRule", bound=Rule)


@st.composite
def rules_of(draw: st.DrawFn, rule: type[AnyRule]) -> AnyRule:
    """The rule with random settings that it takes."""
    whole = rule.model_json_schema()
    known = whole.get("$defs", {})
    properties = whole.get("properties", {})
    settings = {name: draw(_values(schema, known)) for name, schema in properties.items()}
    try:
        return rule(**settings)
    except ValidationError:
        assume(False)
        raise


def _values(schema: dict[str, Any], known: dict[str, Any]) -> st.SearchStrategy[Any]:
    """Values that fit a schema; `known` are the named schemas that it may refer to."""
    if "$ref" in schema:
        return _values(known[schema["$ref"].rpartition("/")[2]], known)
    if "anyOf" in schema:
        return st.one_of([_values(choice, known) for choice in schema["anyOf"]])
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    match schema["type"]:
        case "null":
            return st.none()
        case "boolean":
            return st.booleans()
        case "integer":
            least, most = schema["minimum"], schema["maximum"]
            # Small numbers are where a small round's edges lie.
            near = st.integers(max(least, -3), min(most, 5))
            return near | st.sampled_from((least, most)) | st.integers(least, most)
        case "string":
            return st.sampled_from(WORDS)
        case "array":
            return st.lists(_values(schema["items"], known), max_size=3)
        case "object" if "properties" in schema:
            fields = schema["properties"].items()
            return st.fixed_dictionaries({name: _values(field, known) for name, field in fields})
        case "object":
            is_of_words = "vocabulary" in schema
            keys = st.sampled_from(WORDS) if is_of_words else _GAPS
            return st.dictionaries(keys, _values(schema["additionalProperties"], known), max_size=4)
        case other:
            raise NotImplementedError(f"no random settings for {other!r} yet: {schema}")


_GAPS = st.integers(-3, 3).map(str)
