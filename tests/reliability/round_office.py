"""Those who work on rounds by their keys, and whoever does the work of a worker for them."""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any
from uuid import UUID

import httpx

from service.operations.keys import KeyRequest, create_key
from service.operations.work import claim_run, fail_run, finish_run, give_back_run, load_errand
from service.storage.database import Database
from tests.service.runs import FAILURE
from tests.service.services import PROGRAMME, Caller, a_result

ACTORS = 4
OUTCOMES = ("optimal", "optimal", "infeasible", "failed", "given back")


@dataclass
class Office:
    """The service, the keys of those who work on rounds, and a count of what happened."""

    admin: Caller
    requests: int = 0
    races: int = 0
    rotated: int = 0
    done: Counter[str] = field(default_factory=Counter)
    refused: Counter[HTTPStatus] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        made = [self.await_(_new_key, self.database) for _ in range(ACTORS)]
        self.ids = [key.id for key, _ in made]
        self.keys = [text for _, text in made]

    @property
    def database(self) -> Database:
        return self.admin.client.app.state.database

    def await_(self, function: Any, *given: Any) -> Any:
        """What an asynchronous function gives, run beside the service's requests."""
        return self.admin.client.blocking_portal.call(function, *given)

    def ask(self, actor: int, method: str, path: str, seen: int = 0, body: Any = None) -> Any:
        """The answer to a request of one of the authors."""
        self.requests += 1
        headers = self.headers(actor, seen)
        return self.admin.client.request(method, path, json=body, headers=headers)

    def ask_at_once(self, method: str, path: str, seen: int, bodies: list[Any]) -> list[Any]:
        """The answers to requests of all authors, sent in the same moment."""
        self.requests += len(bodies)

        async def send() -> list[Any]:
            service = httpx.ASGITransport(self.admin.client.app)
            address = str(self.admin.client.base_url)
            async with httpx.AsyncClient(transport=service, base_url=address) as client:
                return await asyncio.gather(
                    *(
                        client.request(method, path, json=body, headers=self.headers(actor, seen))
                        for actor, body in enumerate(bodies)
                    )
                )

        answers: list[Any] = self.await_(send)
        return answers

    def headers(self, actor: int, seen: int) -> dict[str, str]:
        return {"authorization": f"Bearer {self.keys[actor]}", "if-match": f'"{seen}"'}

    def rotate(self, actor: int) -> None:
        """Gives an author another key; the old one lets nobody in from that moment."""
        old = self.headers(actor, 0)
        path = f"/v1/keys/{self.ids[actor]}/rotate?overlap_hours=0"
        answer = self.admin.do(path)
        assert answer.status_code == HTTPStatus.CREATED, answer.text
        self.ids[actor], self.keys[actor] = answer.json()["key"]["id"], answer.json()["text"]
        refused = self.admin.client.get("/v1/rounds", headers=old)
        assert refused.status_code in (HTTPStatus.UNAUTHORIZED, HTTPStatus.TOO_MANY_REQUESTS)
        self.requests += 2
        self.rotated += 1

    def report(self) -> str:
        done = ", ".join(f"{count} {act}" for act, count in sorted(self.done.items()))
        return (
            f"{self.requests} requests by {ACTORS} people, 0 divergences ({done}; "
            f"{self.refused[HTTPStatus.PRECONDITION_FAILED]} came too late, "
            f"{self.refused[HTTPStatus.CONFLICT]} not permitted; {self.races} races with one "
            f"winner each; {self.rotated} keys replaced)"
        )


async def work_off(database: Database, outcome: str) -> UUID | None:
    """What a worker does with the run that has waited longest; gives the run."""
    async with database.across_programmes(writing=True) as session:
        claim = await claim_run(session)
    if claim is None:
        return None
    async with database.writing(claim.programme, "worker") as store:
        result = a_result((await load_errand(store, claim.run)).problem)
        if outcome == "given back":
            assert await give_back_run(store, claim.run)
        elif outcome == "failed":
            assert await fail_run(store, claim.run, FAILURE)
        else:
            report = result.run.model_copy(update={"solve_status": outcome})
            changed = result.model_copy(update={"run": report})
            assert await finish_run(store, claim.run, changed)
    return claim.run.id


async def _new_key(database: Database) -> Any:
    async with database.writing(PROGRAMME) as store:
        return await create_key(store, KeyRequest(name="author", role="planner"))
