"""The HTTP door: routes, their guards and what they are given."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from importlib.metadata import version
from threading import Event

from litestar import Litestar, MediaType, Router
from litestar.config.allowed_hosts import AllowedHostsConfig
from litestar.datastructures import State
from litestar.di import Provide
from litestar.exceptions import HTTPException
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.openapi.spec import Components, SecurityScheme, Tag

from models.domain.api_key import ApiKey
from service.api.catalogue import CatalogueController
from service.api.closing import LastAnswers
from service.api.described_models import DescribedModels
from service.api.disconnects import ClientGone, Disconnects, answer_nobody
from service.api.docs import DocsController
from service.api.guards import holds_key, open_to_everybody
from service.api.health import HealthController
from service.api.keys import KeyController
from service.api.problems import (
    AnyRequest,
    answer_http_error,
    answer_incident,
    answer_refusal,
)
from service.api.questions import QuestionController
from service.api.request_log import RequestLog
from service.api.request_spans import RequestSpans
from service.api.rounds import RoundController
from service.api.runs import RunController
from service.errors import Refusal
from service.operations.idempotency import InFlight
from service.operations.questions import QuestionDesk
from service.operations.work import RunDelivery
from service.security.tries import FailedTries
from service.settings import Settings
from service.storage.database import Database

DESCRIPTION = (
    "Submit a round of mentors and mentees; get the provably best pairs back, each with its "
    "reasons. Every error is `application/problem+json` with every issue at once."
)

TAGS = ("Rounds", "Runs", "Questions", "Catalogue", "Keys", "Health")

API_KEY = SecurityScheme(
    type="http",
    scheme="bearer",
    description="An API key, `pw_…`, made by `pairwell keys create`.",
)


def create_app(
    settings: Settings,
    database: Database,
    delivery: RunDelivery,
    lifespan: Callable[[Litestar], AbstractAsyncContextManager[None]],
    closing: Event,
) -> Litestar:
    """The application. `lifespan` holds what must run while it serves, such as a worker;
    `closing` is set when it is about to end."""

    def programme_of_key(request: AnyRequest) -> str:
        key: ApiKey = request.auth
        return key.programme

    def actor_of_key(request: AnyRequest) -> str:
        key: ApiKey = request.auth
        return f"key:{key.prefix}"

    desk = QuestionDesk(database, settings.question_time_limit)
    in_flight = InFlight()
    return Litestar(
        route_handlers=[
            Router(
                "/v1",
                guards=[holds_key],
                route_handlers=[
                    RoundController,
                    RunController,
                    QuestionController,
                    CatalogueController,
                    KeyController,
                ],
            ),
            HealthController,
            DocsController,
        ],
        state=State({"database": database, "failed_tries": FailedTries()}),
        dependencies={
            "database": Provide(lambda: database, sync_to_thread=False),
            "desk": Provide(lambda: desk, sync_to_thread=False),
            "closing": Provide(lambda: closing, sync_to_thread=False),
            "in_flight": Provide(lambda: in_flight, sync_to_thread=False),
            "delivery": Provide(lambda: delivery, sync_to_thread=False),
            "settings": Provide(lambda: settings, sync_to_thread=False),
            "programme": Provide(programme_of_key, sync_to_thread=False),
            "actor": Provide(actor_of_key, sync_to_thread=False),
        },
        exception_handlers={
            Refusal: answer_refusal,
            ClientGone: answer_nobody,
            HTTPException: answer_http_error,
            Exception: answer_incident,
        },
        middleware=[RequestSpans(), RequestLog(), LastAnswers(closing), Disconnects()],
        lifespan=[lifespan],
        logging_config=None,
        # Not left to a variable of the framework: debugging shows errors to callers.
        debug=False,
        openapi_config=_openapi(),
        plugins=[DescribedModels(prefer_alias=True)],
        request_max_body_size=settings.body_limit,
        allowed_hosts=AllowedHostsConfig(allowed_hosts=[*settings.allowed_hosts]),
    )


def _openapi() -> OpenAPIConfig:
    return OpenAPIConfig(
        title="Pairwell",
        version=version("pairwell"),
        description=DESCRIPTION,
        components=Components(security_schemes={"api_key": API_KEY}),
        security=[{"api_key": []}],
        tags=[
            Tag(name=name)
            for name in ("Rounds", "Runs", "Questions", "Catalogue", "Keys", "Health")
        ],
        use_handler_docstrings=True,
        # Both paths are named, or Litestar adds a second document of its own.
        render_plugins=[JsonRenderPlugin(path=["/", "/openapi.json"], media_type=MediaType.JSON)],
        openapi_router=Router(
            "/openapi.json",
            route_handlers=[],
            guards=[open_to_everybody],
            include_in_schema=False,
        ),
    )
