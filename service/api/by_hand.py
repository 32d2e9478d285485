"""Changes by hand over HTTP: choices among equals and overrides, each a run of its own."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import Self
from uuid import UUID

from litestar import Controller, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from models.domain.by_hand import ByHand
from models.domain.change_by_hand import ChangeByHand
from models.domain.result import MatchResult
from service.api.links import run_links, run_path
from service.api.once import Once
from service.api.problems import behind_key, behind_key_with_body
from service.operations.by_hand import (
    OverrideRequest,
    TieChoice,
    choose_tie,
    list_changes_by_hand,
    override_pair,
    require_changeable,
    store_change,
)
from service.operations.desk import AboutRun
from service.storage.database import Database, Store
from solver.questions.words import losses_in_words

CHANGE_PROBLEMS = behind_key_with_body(HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT)
MADE = "The run that holds the new result, which is finished."


class ChangeByHandView(ChangeByHand):
    """A change by hand, with what it cost in words."""

    because: str
    links: dict[str, str]

    @classmethod
    def of(cls, change: ChangeByHand) -> Self:
        """The view of a stored change."""
        return cls(
            because=_in_words(change.pair),
            links={**run_links(change.run_id), "origin": run_path(change.origin_id)},
            **dict(change),
        )


class ByHandController(Controller):
    """Pairs made by hand. The run that they change stays as it is; the new result has its own."""

    path = "/runs/{run_id:uuid}"
    tags = ("By hand",)

    @post(
        "/override",
        operation_id="overridePair",
        summary="Make a pair whatever it costs",
        response_description=MADE,
        responses=CHANGE_PROBLEMS,
    )
    async def override(
        self,
        about: NamedDependency[AboutRun],
        once: NamedDependency[Once],
        data: JSONBody[OverrideRequest],
    ) -> Response[ChangeByHandView]:
        """Solve the round again with the pair pinned; the answer says what that costs each level.

        It is refused where the rules forbid the pair, and where the best result with it was not
        proved in the time that the service gives a question.
        """
        return await _made(once, about.run_id, data.reason, lambda: override_pair(about, data))

    @post(
        "/tie-choice",
        operation_id="chooseTie",
        summary="Choose among equals",
        response_description=MADE,
        responses=CHANGE_PROBLEMS,
    )
    async def tie_choice(
        self,
        about: NamedDependency[AboutRun],
        once: NamedDependency[Once],
        data: JSONBody[TieChoice],
    ) -> Response[ChangeByHandView]:
        """Make a pair that is just as good at every level but the lottery; `ties` lists them."""
        return await _made(once, about.run_id, data.reason, lambda: choose_tie(about, data))

    @get(
        "/changes-by-hand",
        operation_id="listChangesByHand",
        summary="List what was changed by hand",
        responses=behind_key(HTTPStatus.BAD_REQUEST, HTTPStatus.NOT_FOUND),
    )
    async def changes(
        self,
        run_id: FromPath[UUID],
        database: NamedDependency[Database],
        programme: NamedDependency[str],
    ) -> tuple[ChangeByHandView, ...]:
        """Every change between the solve and this run, the first one first: by whom and why."""
        async with database.reading(programme) as store:
            found = await list_changes_by_hand(store, run_id)
        return tuple(ChangeByHandView.of(change) for change in found)


async def _made(
    once: Once, origin_id: UUID, reason: str, choose: Callable[[], Awaitable[MatchResult]]
) -> Response[ChangeByHandView]:
    async def chosen() -> MatchResult:
        async with once.database.reading(once.programme) as store:
            await require_changeable(store, origin_id)
        return await choose()

    async def keep(store: Store, result: MatchResult) -> tuple[UUID, ChangeByHandView]:
        change = await store_change(store, origin_id, result, reason)
        return change.run_id, ChangeByHandView.of(change)

    view = await once.answer(ChangeByHandView, chosen, keep)
    return Response(view, headers={"Location": view.links["run"]})


def _in_words(pair: ByHand) -> str:
    return f"{pair.mentor} now mentors {pair.mentee}: {losses_in_words(pair.losses)}"
