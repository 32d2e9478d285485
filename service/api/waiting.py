"""What a caller is answered who has queued a run: the promise of a result, or the result."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from threading import Event
from typing import Annotated, Any

from litestar import Response
from litestar.openapi import ResponseSpec
from litestar.params import HeaderParameter

from models.domain.result import MatchResult
from models.domain.run import Run
from service.api.links import run_path
from service.api.prefer import seconds_to_wait, wait_until_finished
from service.api.representations import AcceptedView, RunReference
from service.errors import NotAuthenticated
from service.operations.admission import Admission
from service.operations.runs import read_result
from service.operations.work import RunDelivery
from service.storage.database import Database

Prefer = Annotated[
    str | None,
    HeaderParameter(
        name="prefer",
        description="`wait=20` answers with the result itself if it is there within 20 seconds.",
    ),
]

IN_TIME = {
    int(HTTPStatus.OK): ResponseSpec(
        MatchResult,
        generate_examples=False,
        description="The result, where `Prefer: wait` was given and it came in time.",
    )
}


class Waiting:
    """Wakes the worker, and waits for it on behalf of a caller.

    `longest` is the longest wait in seconds; `closing` is set when the service is about to end.
    """

    def __init__(
        self,
        database: Database,
        delivery: RunDelivery,
        admission: Admission,
        longest: float,
        closing: Event,
    ) -> None:
        self._database, self._delivery, self._admission = database, delivery, admission
        self._longest, self._closing = longest, closing

    async def answer(
        self, accepted: AcceptedView, prefer: str | None, headers: Mapping[str, str] = {}
    ) -> Response[Any]:
        """The result where it is wanted and there in time, or what was accepted."""
        await self._delivery.announce(accepted.run.id)
        seconds = seconds_to_wait(prefer, self._longest)
        if seconds:
            try:
                run = await wait_until_finished(
                    self._database, self._admission, accepted.run.id, seconds, self._closing
                )
            except NotAuthenticated:
                # What was accepted stays so; what came of it is not for them any more.
                return _promise(accepted, headers)
            if run.has_result:
                return await self._in_time(run)
            reached = RunReference(id=run.id, status=run.status)
            accepted = accepted.model_copy(update={"run": reached})
        return _promise(accepted, headers)

    async def _in_time(self, run: Run) -> Response[MatchResult]:
        async with self._database.reading(self._admission.programme) as store:
            result = await read_result(store, run.id)
        headers = {
            "Location": run_path(run.id),
            "Content-Location": f"{run_path(run.id)}/result",
            "Preference-Applied": "wait",
        }
        return Response(result, status_code=int(HTTPStatus.OK), headers=headers)


def _promise(accepted: AcceptedView, headers: Mapping[str, str]) -> Response[AcceptedView]:
    return Response(accepted, headers={**headers, "Location": accepted.links["run"]})
