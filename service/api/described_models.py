"""Models in the OpenAPI document as they describe themselves."""

from __future__ import annotations

import inspect
from typing import Any

from litestar._openapi.schema_generation import SchemaCreator
from litestar.openapi.spec import Schema
from litestar.plugins.pydantic import PydanticSchemaPlugin
from litestar.typing import FieldDefinition
from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema

COMPONENT = "#/components/schemas/{model}"


class DescribedModels(PydanticSchemaPlugin):
    """Takes a model's fields and docstring from the model itself.

    The framework's own derivation turns an object with free keys into a list where a limit is
    set on it, loses the limits of optional fields and leaves docstrings out.
    """

    def to_openapi_schema(
        self, field_definition: FieldDefinition, schema_creator: SchemaCreator
    ) -> Schema:
        """The framework's component, which also enters the models within it, with our fields."""
        schema = super().to_openapi_schema(field_definition, schema_creator)
        model: type[BaseModel] = field_definition.annotation
        described: dict[str, Any] = model.model_json_schema(
            ref_template=COMPONENT, schema_generator=_WithoutFieldTitles
        )
        schema.properties = described["properties"]
        schema.description = " ".join(inspect.cleandoc(model.__doc__ or "").split())
        return schema


class _WithoutFieldTitles(GenerateJsonSchema):
    def field_title_should_be_set(self, schema: Any) -> bool:
        return False
