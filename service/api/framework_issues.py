"""What the framework refuses, as issues of ours."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from litestar import Request
from litestar.datastructures import State
from litestar.exceptions import HTTPException, ValidationException

from models.domain.issue import Issue
from service.errors import one_issue

DOCUMENTATION = "See the API's documentation at /docs."


def framework_issues(request: Request[Any, Any, State], error: HTTPException) -> tuple[Issue, ...]:
    """At least one issue, whatever it was that the framework refused."""
    if isinstance(error, ValidationException) and isinstance(error.extra, list) and error.extra:
        return tuple(_parameter_issue(request, problem) for problem in error.extra)
    match error.status_code:
        case HTTPStatus.NOT_FOUND:
            return one_issue(
                "PATH_UNKNOWN",
                "There is nothing at this path.",
                hint=f"Ids of rounds and runs are UUIDs. {DOCUMENTATION}",
                value=request.url.path,
            )
        case HTTPStatus.METHOD_NOT_ALLOWED:
            return one_issue(
                "METHOD_REFUSED",
                f"This path does not take {request.method}.",
                hint=f"It takes {(error.headers or {}).get('allow', 'other methods')}.",
                value=request.method,
            )
        case HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
            limit = request.route_handler.resolve_request_max_body_size()
            return one_issue(
                "BODY_TOO_LARGE",
                f"The body is larger than {limit:,} bytes.",
                hint="Send less. The service's setting PAIRWELL_BODY_LIMIT is for rounds alone.",
                limit=limit,
            )
        case status:
            phrase = HTTPStatus(status).phrase
            return one_issue(
                "REQUEST_REFUSED", f"The request is refused: {phrase}.", hint=DOCUMENTATION
            )


def misnamed_by_framework(error: HTTPException) -> ValidationException | None:
    """What a server error really is where a field of a body has the name of a dependency.

    The framework takes a fault at such a name for one of the dependency. What has `errors` is a
    pydantic model, and only bodies are.
    """
    faults = getattr(error.__cause__, "errors", ())
    if isinstance(error, ValidationException) or not faults:
        return None
    return ValidationException(
        extra=[
            {"key": ".".join(map(str, fault["loc"])), "message": fault["msg"]} for fault in faults
        ]
    )


def _parameter_issue(request: Request[Any, Any, State], problem: dict[str, Any]) -> Issue:
    # What is wrong with a body as a whole has no name.
    name = problem.get("key") or "body"
    return Issue(
        code="PARAMETER_INVALID",
        message=f"`{name}`: {problem['message']}",
        hint="The API's documentation lists what each parameter takes.",
        detail={"parameter": name, "value": request.query_params.get(name)},
    )
