"""Faults while an answer is being sent, or after: the very last ones, beyond the framework's."""

from __future__ import annotations

from http import HTTPStatus

from litestar.enums import ScopeType
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from service.api.problems import PROBLEM_JSON, incident_content
from service.logs import log_incident


class BrokenAnswers:
    """The application, whose last faults are told and logged as any other, without their text.

    Left to itself the server would write the whole fault into its log. An answer that has begun
    is not whole then, and the server breaks the connection off.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes everything on."""
        if scope["type"] != ScopeType.HTTP:
            await self._app(scope, receive, send)
            return
        begun = False

        async def watched(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self._app(scope, receive, watched)
        except Exception as error:
            cause = error.__cause__ or error
            if begun:
                log_incident("answer broken off", cause)
            else:
                await _tell(cause, send)


async def _tell(error: BaseException, send: Send) -> None:
    content = incident_content(error)
    await send(
        {
            "type": "http.response.start",
            "status": int(HTTPStatus.INTERNAL_SERVER_ERROR),
            "headers": [
                (b"content-type", PROBLEM_JSON.encode()),
                (b"content-length", str(len(content)).encode()),
            ],
        }
    )
    await send({"type": "http.response.body", "body": content, "more_body": False})
