"""Large bodies of one programme take turns; another's wait for none of them."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest

from service.api.body_shares import AT_ONCE, BodyShares
from service.errors import TooManyBodies

pytestmark = pytest.mark.anyio

LONGEST = 4 * AT_ONCE
LONG_ENOUGH = 30
ANNOUNCED = [(b"content-length", str(AT_ONCE // 2 + 1).encode())]
CHUNKED = [(b"transfer-encoding", b"chunked")]
SMALL = [(b"content-length", b"1000")]


class Requests:
    """Requests whose bodies are read at once, and which are answered when the test says so."""

    def __init__(self, patience: float = LONG_ENOUGH) -> None:
        self._shares = BodyShares(LONGEST, patience)
        self.reading: list[str] = []

    def send(self, name: str, headers: Any, answered: asyncio.Event) -> asyncio.Task[None]:
        """One that comes in; the first letter of its name is its programme."""

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": b""}

        async def app(_scope: Any, receive: Any, _send: Any) -> None:
            await receive()
            self.reading.append(name)
            await answered.wait()

        scope: Any = {"headers": headers, "auth": SimpleNamespace(programme=name[0])}
        handled = self._shares.handle(scope, receive, None, app)  # type: ignore[arg-type]
        return asyncio.create_task(handled)  # type: ignore[arg-type]

    async def settled(self) -> list[str]:
        """Whose bodies are being read once nobody can go on without somebody else."""
        for _ in range(20):
            await asyncio.sleep(0)
        return sorted(self.reading)


@pytest.mark.parametrize("headers", [ANNOUNCED, CHUNKED], ids=["announced", "chunked"])
async def test_a_second_large_body_is_read_once_the_first_is_answered(headers: Any) -> None:
    requests, first, others = Requests(), asyncio.Event(), asyncio.Event()
    tasks = [requests.send("a1", headers, first), requests.send("a2", headers, others)]
    tasks += [requests.send("b1", headers, others)]
    assert await requests.settled() == ["a1", "b1"]
    first.set()
    assert await requests.settled() == ["a1", "a2", "b1"]
    others.set()
    await asyncio.gather(*tasks)


async def test_small_bodies_are_read_side_by_side() -> None:
    requests, answered = Requests(), asyncio.Event()
    tasks = [requests.send(f"a{number}", SMALL, answered) for number in range(100)]
    assert len(await requests.settled()) == 100
    answered.set()
    await asyncio.gather(*tasks)


async def test_whose_turn_does_not_come_is_told_to_come_back() -> None:
    requests, answered = Requests(patience=0.05), asyncio.Event()
    held = requests.send("a1", CHUNKED, answered)
    await requests.settled()
    with pytest.raises(TooManyBodies) as refused:
        await requests.send("a2", CHUNKED, answered)
    assert refused.value.issues[0].code == "TOO_MANY_BODIES"
    answered.set()
    await held


async def test_a_request_that_ends_in_a_fault_gives_its_room_back() -> None:
    requests, never = Requests(), asyncio.Event()
    broken = requests.send("a1", CHUNKED, never)
    await requests.settled()
    broken.cancel()
    answered = asyncio.Event()
    answered.set()
    async with asyncio.timeout(LONG_ENOUGH):
        await requests.send("a2", CHUNKED, answered)
    assert requests.reading == ["a1", "a2"]
