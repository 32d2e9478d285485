"""Callers who ask again and again whatever happens, and write down what they were answered."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import wait
from threading import Event
from typing import Any
from uuid import uuid4

import httpx

ASK_EVERY = 0.05
TRY_AGAIN_AFTER = 0.3
NEXT_ROUND_AFTER = 4.0
"""Seconds; no more rounds are submitted than a worker can solve meanwhile."""


@dataclass(frozen=True)
class Answer:
    """What was asked at some moment (by the monotonic clock), and what came of it.

    `status` is 0 where no answer came.
    """

    what: str
    at: float
    seconds: float
    status: int
    retry_after: str | None
    location: str


class Observers:
    """Threads that call a service while a block lasts."""

    def __init__(self, address: str, key: str, questions: tuple[str, ...]) -> None:
        self._address, self._key, self._questions = address, key, questions
        self._over = Event()
        self.answers: list[Answer] = []

    @contextmanager
    def watching(self, *documents: dict[str, Any]) -> Iterator[None]:
        """The questions are asked, and rounds submitted, by a thread for each of them."""
        with ThreadPoolExecutor() as threads:
            work = [threads.submit(self._ask, what) for what in self._questions]
            work += [threads.submit(self._submit, document) for document in documents]
            try:
                yield
            finally:
                self._over.set()
            for each in work:
                each.result()

    def accepted(self) -> set[str]:
        """The runs of the rounds that were taken in."""
        return {answer.location for answer in self.answers if answer.status == 202}

    def first(self, what: str, after: float, holds: Callable[[Answer], bool]) -> Answer | None:
        """The first answer to a question, complete after a moment, of which something holds."""
        found = (
            answer
            for answer in list(self.answers)
            if answer.what == what and answer.at + answer.seconds > after and holds(answer)
        )
        return next(found, None)

    def _ask(self, what: str) -> None:
        with self._client() as client:
            while not self._over.is_set():
                self._note(what, lambda: client.get(what))
                wait([], ASK_EVERY)

    def _submit(self, document: dict[str, Any]) -> None:
        """One round after the other; each is repeated under its key until it is taken in."""
        with self._client() as client:
            while not self._over.is_set():
                headers = {"idempotency-key": str(uuid4())}
                while (
                    self._note(
                        "submit",
                        lambda: client.post("/v1/rounds", json=document, headers=headers),  # noqa: B023
                    )
                    != 202
                    and not self._over.is_set()
                ):
                    wait([], TRY_AGAIN_AFTER)
                self._over.wait(NEXT_ROUND_AFTER)

    def _client(self) -> httpx.Client:
        # A connection a request, as behind a load balancer that keeps none.
        return httpx.Client(
            base_url=self._address,
            headers={"authorization": f"Bearer {self._key}", "connection": "close"},
            timeout=60,
        )

    def _note(self, what: str, ask: Callable[[], httpx.Response]) -> int:
        started = time.monotonic()
        try:
            answer = ask()
        except httpx.TransportError:
            answer = httpx.Response(299)
        status = 0 if answer.status_code == 299 else answer.status_code
        self.answers.append(
            Answer(
                what=what,
                at=started,
                seconds=time.monotonic() - started,
                status=status,
                retry_after=answer.headers.get("retry-after"),
                location=answer.headers.get("location", ""),
            )
        )
        return status
