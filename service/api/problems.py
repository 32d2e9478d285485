"""Errors as `application/problem+json` (RFC 9457), with every issue at once."""

from __future__ import annotations

import json
from http import HTTPStatus
from math import ceil
from typing import Any

from litestar import Request, Response
from litestar.datastructures import State
from litestar.exceptions import HTTPException
from litestar.openapi import ResponseSpec
from pydantic import Field

from models.domain.base import Frozen
from models.domain.issue import Issue
from service import errors
from service.api.etags import etag_of
from service.api.framework_issues import framework_issues, misnamed_by_framework
from service.logs import log_incident

PROBLEM_JSON = "application/problem+json"

STATUSES: dict[type[errors.Refusal], HTTPStatus] = {
    errors.BadRequest: HTTPStatus.BAD_REQUEST,
    errors.NotAuthenticated: HTTPStatus.UNAUTHORIZED,
    errors.TooManyTries: HTTPStatus.TOO_MANY_REQUESTS,
    errors.TooManyRequests: HTTPStatus.TOO_MANY_REQUESTS,
    errors.TooManyBodies: HTTPStatus.TOO_MANY_REQUESTS,
    errors.QueueFull: HTTPStatus.TOO_MANY_REQUESTS,
    errors.NotPermitted: HTTPStatus.FORBIDDEN,
    errors.Conflicting: HTTPStatus.CONFLICT,
    errors.PreconditionMissing: HTTPStatus.PRECONDITION_REQUIRED,
    errors.ChangedMeanwhile: HTTPStatus.PRECONDITION_FAILED,
    errors.SettingRefused: HTTPStatus.UNPROCESSABLE_ENTITY,
    errors.NotFound: HTTPStatus.NOT_FOUND,
    errors.NoResult: HTTPStatus.CONFLICT,
    errors.RunFinished: HTTPStatus.CONFLICT,
    errors.KeyInFlight: HTTPStatus.CONFLICT,
    errors.TooManyListeners: HTTPStatus.SERVICE_UNAVAILABLE,
    errors.ContentTypeRefused: HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    errors.ContentEncodingRefused: HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    errors.BodyTooSlow: HTTPStatus.REQUEST_TIMEOUT,
    errors.DatabaseOutdated: HTTPStatus.SERVICE_UNAVAILABLE,
    errors.DatabaseUnavailable: HTTPStatus.SERVICE_UNAVAILABLE,
    errors.ServiceClosing: HTTPStatus.SERVICE_UNAVAILABLE,
    errors.RoundRefused: HTTPStatus.UNPROCESSABLE_ENTITY,
    errors.ProviderUnavailable: HTTPStatus.SERVICE_UNAVAILABLE,
}

HEADERS: dict[type[errors.Refusal], dict[str, str]] = {
    errors.NotAuthenticated: {"WWW-Authenticate": "Bearer"},
    errors.KeyInFlight: {"Retry-After": "1"},
    errors.BodyTooSlow: {"Connection": "close"},
    errors.TooManyListeners: {"Retry-After": "5"},
    errors.DatabaseOutdated: {"Retry-After": "5"},
    errors.DatabaseUnavailable: {"Retry-After": "5"},
    errors.ServiceClosing: {"Retry-After": "5"},
    errors.ProviderUnavailable: {"Retry-After": "30"},
}

AnyRequest = Request[Any, Any, State]


class ProblemDetails(Frozen):
    """What went wrong. `issues` holds every reason; `instance` names an incident of ours."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    instance: str | None = None
    issues: tuple[Issue, ...] = Field(default=())


def answer_refusal(_request: AnyRequest, refusal: errors.Refusal) -> Response[bytes]:
    """A refusal of the service with the status that is its kind's."""
    status = STATUSES[type(refusal)]
    if isinstance(refusal, errors.DatabaseUnavailable):
        log_incident("database not available", refusal.__cause__ or refusal)
    count = len(refusal.issues)
    detail = refusal.issues[0].message if count == 1 else f"There are {count} issues."
    headers = dict(HEADERS.get(type(refusal), {}))
    if isinstance(refusal, errors.ComeBackLater):
        headers["Retry-After"] = str(ceil(refusal.seconds))
    if isinstance(refusal, errors.ChangedMeanwhile):
        headers |= etag_of(refusal.version)
    return _problem(status, detail, refusal.issues, headers=headers)


def answer_http_error(request: AnyRequest, error: HTTPException) -> Response[bytes]:
    """What the framework refuses: an unknown path, a method, a parameter, too large a body."""
    error = misnamed_by_framework(error) or error
    status = HTTPStatus(error.status_code)
    if status == HTTPStatus.INTERNAL_SERVER_ERROR:
        return answer_incident(request, error)
    issues = framework_issues(request, error)
    detail = "; ".join(issue.message for issue in issues)
    return _problem(status, detail, issues, headers=error.headers or {})


def answer_incident(_request: AnyRequest, error: Exception) -> Response[bytes]:
    """A fault of ours: an opaque id that the log knows, and nothing else."""
    return Response(
        incident_content(error),
        status_code=int(HTTPStatus.INTERNAL_SERVER_ERROR),
        media_type=PROBLEM_JSON,
    )


def incident_content(error: BaseException) -> bytes:
    """Logs a fault of ours, and gives the problem that tells of it."""
    return _content(
        HTTPStatus.INTERNAL_SERVER_ERROR,
        "Something went wrong on our side. Quote the instance when you report it.",
        instance=f"urn:uuid:{log_incident('request failed', error)}",
    )


def documented(*statuses: HTTPStatus) -> dict[int, ResponseSpec]:
    """The problems of a route, for the OpenAPI document."""
    return {
        int(status): ResponseSpec(
            data_container=ProblemDetails,
            generate_examples=False,
            description=status.phrase,
            media_type=PROBLEM_JSON,
        )
        for status in statuses
    }


def behind_key(*statuses: HTTPStatus) -> dict[int, ResponseSpec]:
    """The problems of a route that needs a key, for the OpenAPI document."""
    return documented(
        HTTPStatus.UNAUTHORIZED,
        HTTPStatus.FORBIDDEN,
        *statuses,
        HTTPStatus.TOO_MANY_REQUESTS,
        HTTPStatus.SERVICE_UNAVAILABLE,
    )


def behind_key_with_body(*statuses: HTTPStatus) -> dict[int, ResponseSpec]:
    """The problems of a route that needs a key and reads a body, for the OpenAPI document."""
    return behind_key(
        HTTPStatus.BAD_REQUEST,
        *statuses,
        HTTPStatus.REQUEST_TIMEOUT,
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
        HTTPStatus.UNPROCESSABLE_ENTITY,
    )


def _problem(
    status: HTTPStatus,
    detail: str,
    issues: tuple[Issue, ...] = (),
    *,
    headers: dict[str, str] | None = None,
) -> Response[bytes]:
    return Response(
        _content(status, detail, issues),
        status_code=int(status),
        headers=headers or {},
        media_type=PROBLEM_JSON,
    )


def _content(
    status: HTTPStatus,
    detail: str,
    issues: tuple[Issue, ...] = (),
    instance: str | None = None,
) -> bytes:
    body = ProblemDetails(
        title=status.phrase, status=int(status), detail=detail, instance=instance, issues=issues
    )
    # ASCII escapes carry even a lone surrogate, which no UTF-8 encoder takes.
    return json.dumps(body.model_dump(exclude_none=True)).encode()
