"""What integrators start from: the rules, and a round to submit."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated, Any

from litestar import Controller, Response, get
from litestar.di import NamedDependency
from litestar.params import QueryParameter

from models.domain.submission import RoundSubmission
from service.api.problems import behind_key
from service.operations.catalogue import RuleCard, list_rules
from service.operations.rounds import read_programme
from service.operations.samples import SampleProfile, SampleSize, sample_round
from service.storage.database import Database

Size = Annotated[
    SampleSize, QueryParameter(description="50 (`small`) or 500 (`large`) people on each side.")
]
Profile = Annotated[
    SampleProfile, QueryParameter(description="The weight profile that the people are made for.")
]


class CatalogueController(Controller):
    """What can be set, and something to try it on."""

    path = "/"
    tags = ("Catalogue",)

    @get("/rules", operation_id="listRules", summary="List the rules", responses=behind_key())
    async def rules(
        self, database: NamedDependency[Database], programme: NamedDependency[str]
    ) -> tuple[RuleCard, ...]:
        """Every rule: what it means, its settings as JSON Schema, and who uses it how."""
        async with database.reading(programme) as store:
            return list_rules(await read_programme(store))

    @get(
        "/sample-round",
        operation_id="readSampleRound",
        summary="Get a round to submit",
        responses=behind_key(HTTPStatus.BAD_REQUEST),
    )
    async def sample(
        self, size: Size = "small", profile: Profile = "staff-network"
    ) -> Response[RoundSubmission]:
        """A round of made-up people that can be posted to `/v1/rounds` as it is."""
        document: Any = sample_round(size, profile)
        return Response(document)
