"""The HTTP door: routes, their guards and what they are given."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from importlib.metadata import version
from threading import Event

from litestar import Litestar, MediaType, Router
from litestar.datastructures import State
from litestar.di import NamedDependency, Provide
from litestar.exceptions import HTTPException
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.openapi.spec import Components, SecurityScheme, Tag

from models.domain.api_key import ApiKey
from models.domain.session import Session
from service.api.accounts import AccountController
from service.api.allowed_methods import tell_allowed_methods
from service.api.body_patience import BodyPatience
from service.api.body_shares import BodyShares
from service.api.by_hand import ByHandController
from service.api.catalogue import CatalogueController
from service.api.closing import LastAnswers
from service.api.cookies import SESSION
from service.api.described_models import DescribedModels
from service.api.disconnects import ClientGone, Disconnects, answer_nobody
from service.api.docs import DocsController
from service.api.guards import holds_key, open_to_everybody
from service.api.health import HealthController
from service.api.hosts import KnownHosts
from service.api.keys import KeyController
from service.api.me import MeController
from service.api.once import once_per_key
from service.api.problems import (
    AnyRequest,
    answer_http_error,
    answer_incident,
    answer_refusal,
)
from service.api.questions import QuestionController, about_run
from service.api.rate_limit_headers import RateLimitHeaders
from service.api.request_log import RequestLog
from service.api.request_spans import RequestSpans
from service.api.round_editing import RoundEditingController
from service.api.round_life import RoundLifeController
from service.api.rounds import RoundController
from service.api.run_events import EventFeed, RunEventController
from service.api.runs import RunController
from service.api.security_headers import add_security_headers
from service.api.sessions import SessionController
from service.api.sign_in import SignInController
from service.api.waiting import Waiting
from service.api.webhooks import WebhookController
from service.errors import Refusal
from service.operations.admission import Admission
from service.operations.desk import QuestionDesk
from service.operations.editing import RoundEditor
from service.operations.failed_tries import FailedTries
from service.operations.idempotency import InFlight
from service.operations.rate_limits import RateLimits
from service.operations.work import RunDelivery
from service.outbound.guard import Guard
from service.security.identity_provider import IdentityProvider
from service.settings import Settings
from service.storage.database import Database

DESCRIPTION = (
    "Submit a round of mentors and mentees; get the provably best pairs back, each with its "
    "reasons. Every error is `application/problem+json` with every issue at once."
)

TAGS = (
    *("Rounds", "Runs", "Questions", "By hand"),
    *("Catalogue", "Keys", "Accounts", "Webhooks", "Health"),
)

SMALL_BODY = 64 * 1024
"""The most bytes of a body that holds no round."""

API_KEY = SecurityScheme(
    type="http",
    scheme="bearer",
    description="An API key, `pw_…`, made by `pairwell keys create`.",
)

SESSION_COOKIE = SecurityScheme(
    type="apiKey",
    name=SESSION,
    security_scheme_in="cookie",
    description="The session of somebody who signed in at `/sign-in`. Requests that change "
    "something also need `X-CSRF-Token`, with the `csrf_token` of `GET /v1/me`.",
)


def create_app(
    settings: Settings,
    database: Database,
    delivery: RunDelivery,
    guard: Guard,
    lifespan: Callable[[Litestar], AbstractAsyncContextManager[None]],
    closing: Event,
) -> Litestar:
    """The application. `lifespan` holds what must run while it serves, such as a worker;
    `closing` is set when it is about to end."""

    def programme_of_caller(request: AnyRequest) -> str:
        caller: ApiKey | Session = request.auth
        return caller.programme

    def admission_of_caller(request: AnyRequest) -> Admission:
        return Admission(request.auth)

    def actor_of_caller(request: AnyRequest) -> str:
        caller: ApiKey | Session = request.auth
        return caller.actor

    def editor_of(programme: NamedDependency[str], actor: NamedDependency[str]) -> RoundEditor:
        return RoundEditor(database, programme, actor, intakes)

    def waiting_of(admission: NamedDependency[Admission]) -> Waiting:
        return Waiting(database, delivery, admission, settings.longest_wait, closing)

    desk = QuestionDesk(database, settings.question_time_limit)
    in_flight = InFlight()
    rate_limits = RateLimits(
        database, settings.requests_per_minute, settings.programme_requests_per_minute
    )
    feed = EventFeed(database, settings.most_listeners, settings.heartbeat_every, closing)
    provider = IdentityProvider(settings.oidc) if settings.oidc else None
    intakes = asyncio.Semaphore(settings.intakes_at_once)
    return Litestar(
        route_handlers=[
            Router(
                "/v1",
                guards=[holds_key],
                route_handlers=[
                    Router(
                        "/",
                        route_handlers=[RoundController, RoundEditingController],
                        request_max_body_size=settings.body_limit,
                    ),
                    RoundLifeController,
                    RunController,
                    RunEventController,
                    QuestionController,
                    ByHandController,
                    CatalogueController,
                    KeyController,
                    WebhookController,
                    MeController,
                    AccountController,
                    SessionController,
                ],
            ),
            SignInController,
            HealthController,
            DocsController,
        ],
        state=State(
            {
                "database": database,
                "failed_tries": FailedTries(rate_limits),
                "rate_limits": rate_limits,
                "settings": settings,
            }
        ),
        dependencies={
            "database": Provide(lambda: database, sync_to_thread=False),
            "desk": Provide(lambda: desk, sync_to_thread=False),
            "about": Provide(about_run, sync_to_thread=False),
            "closing": Provide(lambda: closing, sync_to_thread=False),
            "once": Provide(once_per_key),
            "in_flight": Provide(lambda: in_flight, sync_to_thread=False),
            "intakes": Provide(lambda: intakes, sync_to_thread=False),
            "guard": Provide(lambda: guard, sync_to_thread=False),
            "settings": Provide(lambda: settings, sync_to_thread=False),
            "provider": Provide(lambda: provider, sync_to_thread=False),
            "programme": Provide(programme_of_caller, sync_to_thread=False),
            "admission": Provide(admission_of_caller, sync_to_thread=False),
            "actor": Provide(actor_of_caller, sync_to_thread=False),
            "editor": Provide(editor_of, sync_to_thread=False),
            "feed": Provide(lambda: feed, sync_to_thread=False),
            "waiting": Provide(waiting_of, sync_to_thread=False),
        },
        exception_handlers={
            Refusal: answer_refusal,
            ClientGone: answer_nobody,
            HTTPException: answer_http_error,
            Exception: answer_incident,
        },
        middleware=[
            RequestSpans(),
            RequestLog(),
            KnownHosts(settings.hosts),
            LastAnswers(closing),
            Disconnects(),
            BodyPatience(settings.body_seconds),
            BodyShares(settings.body_limit, settings.body_seconds),
            RateLimitHeaders(),
        ],
        before_send=[add_security_headers, tell_allowed_methods],
        lifespan=[lifespan],
        logging_config=None,
        # Not left to a variable of the framework: debugging shows errors to callers.
        debug=False,
        openapi_config=_openapi(),
        plugins=[DescribedModels(prefer_alias=True)],
        request_max_body_size=min(SMALL_BODY, settings.body_limit),
    )


def _openapi() -> OpenAPIConfig:
    return OpenAPIConfig(
        title="Pairwell",
        version=version("pairwell"),
        description=DESCRIPTION,
        components=Components(security_schemes={"api_key": API_KEY, "session": SESSION_COOKIE}),
        security=[{"api_key": []}, {"session": []}],
        tags=[Tag(name=name) for name in TAGS],
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
