"""Rules with random settings, read off each rule's own schema, so that a new rule needs none."""

from __future__ import annotations

from typing import Any, TypeVar

from hypothesis import assume
from hypothesis import strategies as st
from pydantic import ValidationError

from solver.rule import Rule

AnyRule = TypeVar("AnyRule", bound=Rule)


@st.composite
def rules_of(draw: st.DrawFn, rule: type[AnyRule]) -> AnyRule:
    """The rule with random settings that it takes."""
    properties = rule.model_json_schema().get("properties", {})
    settings = {name: draw(_values(schema)) for name, schema in properties.items()}
    try:
        return rule(**settings)
    except ValidationError:
        assume(False)
        raise


def _values(schema: dict[str, Any]) -> st.SearchStrategy[Any]:
    if "anyOf" in schema:
        return st.one_of([_values(choice) for choice in schema["anyOf"]])
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
        case "object":
            gaps = st.integers(-3, 3).map(str)
            return st.dictionaries(gaps, _values(schema["additionalProperties"]), max_size=4)
        case other:
            raise NotImplementedError(f"no random settings for {other!r} yet: {schema}")
