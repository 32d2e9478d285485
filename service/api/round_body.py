"""The body of a submission: documented as the contract has it, and handed on as it came."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

from litestar._openapi.schema_generation import SchemaCreator
from litestar.dto import AbstractDTO
from litestar.dto.data_structures import DTOFieldDefinition
from litestar.openapi.spec import Reference, Schema
from litestar.typing import FieldDefinition

from models.domain.submission import RoundSubmission


class RoundBody(AbstractDTO[RoundSubmission]):
    """Leaves the bytes alone, so that the intake can find every issue in them at once.

    A framework's own validation would stop at the first bad byte, and name places in its
    own way.
    """

    def decode_bytes(self, value: bytes) -> bytes:
        """The body as it came."""
        return value

    @classmethod
    def create_openapi_schema(
        cls, field_definition: FieldDefinition, handler_id: str, schema_creator: SchemaCreator
    ) -> Reference | Schema:
        """The schema of the contract's round."""
        return schema_creator.for_field_definition(FieldDefinition.from_annotation(RoundSubmission))

    @classmethod
    def create_for_field_definition(
        cls, field_definition: FieldDefinition, handler_id: str, backend_cls: Any = None
    ) -> None:
        """Prepares nothing: no field is transferred."""

    @classmethod
    def generate_field_definitions(
        cls, model_type: type[Any]
    ) -> Generator[DTOFieldDefinition, None, None]:
        """No fields: the bytes are not taken apart here."""
        yield from ()

    @classmethod
    def detect_nested_field(cls, field_definition: FieldDefinition) -> bool:
        """No fields, so no nested ones."""
        return False
