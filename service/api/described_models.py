"""Models in the OpenAPI document with what their docstrings say."""

from __future__ import annotations

import inspect

from litestar._openapi.schema_generation import SchemaCreator
from litestar.openapi.spec import Schema
from litestar.plugins.pydantic import PydanticSchemaPlugin
from litestar.typing import FieldDefinition


class DescribedModels(PydanticSchemaPlugin):
    """Adds a model's docstring to its schema; the framework leaves it out."""

    def to_openapi_schema(
        self, field_definition: FieldDefinition, schema_creator: SchemaCreator
    ) -> Schema:
        """The framework's schema, described."""
        schema = super().to_openapi_schema(field_definition, schema_creator)
        described = inspect.cleandoc(field_definition.annotation.__doc__ or "")
        schema.description = schema.description or " ".join(described.split())
        return schema
