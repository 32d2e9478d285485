"""The body of a submission: documented as the contract has it, and handed on as it came."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any, ClassVar

from litestar._openapi.schema_generation import SchemaCreator
from litestar.dto import AbstractDTO
from litestar.dto.data_structures import DTOFieldDefinition
from litestar.openapi.spec import Reference, Schema
from litestar.typing import FieldDefinition
from pydantic import Field

from models.domain.base import Frozen
from models.domain.submission import EarlierSubmission, PairSubmission, RoundSubmission


class RoundPatch(Frozen):
    """Changes to a round's document: what is given replaces what was there, null removes it.

    `participants` is an object by reference.
    """

    name: str | None = None
    policy: dict[str, Any] | None = None
    participants: dict[str, dict[str, Any] | None] = Field(default_factory=dict)
    pins: list[PairSubmission] | None = None
    bars: list[PairSubmission] | None = None
    earlier: EarlierSubmission | None = None
    tie_salt: str | None = None


class RoundBody(AbstractDTO[RoundSubmission]):
    """Leaves the bytes alone, so that the intake can find every issue in them at once.

    A framework's own validation would stop at the first bad byte, and name places in its
    own way.
    """

    described: ClassVar[type[Frozen]] = RoundSubmission

    def decode_bytes(self, value: bytes) -> bytes:
        """The body as it came."""
        return value

    @classmethod
    def create_openapi_schema(
        cls, field_definition: FieldDefinition, handler_id: str, schema_creator: SchemaCreator
    ) -> Reference | Schema:
        """The schema of the contract's round."""
        return schema_creator.for_field_definition(FieldDefinition.from_annotation(cls.described))

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


class PatchBody(RoundBody):
    """The same for changes to a round."""

    described = RoundPatch
