"""S11: one programme and strangers abuse the service; it stays up, small, and fair to another."""

from __future__ import annotations

import asyncio
import math
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from service.cli.serving import listen
from tests.conftest import FIGURE
from tests.reliability.attackers import MEGABYTE, Attacker, Reader
from tests.reliability.counts import ATTACKS
from tests.reliability.machine import load
from tests.reliability.processes import an_api, ended_at_last
from tests.service.programmes import OTHER, prepared
from tests.service.services import PROGRAMME, some_settings

READS = 200
SLOW, IDLE = 200, 1_000
QUOTA = 20
LARGE_AT_ONCE = 2
MOST_MEMORY = 512 * MEGABYTE


@pytest.mark.reliability
def test_abuse_by_one_programme_leaves_the_service_up_small_and_fair(
    tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    """Held connections and a full queue may not be felt by another programme. Large bodies, which
    make the service work, may: they are checked in the process that also answers."""
    busy, (keys, _) = load(), asyncio.run(prepared(tmp_path))
    settings = some_settings(tmp_path, with_worker=False, unfinished_runs=QUOTA)
    with (
        listen("127.0.0.1", 0) as listening,
        ended_at_last([an_api(settings, tmp_path / "log", listening)]) as (server,),
    ):
        address = listening.getsockname()
        attacker = Attacker(address, keys[PROGRAMME, "planner"])
        reader = Reader(address, keys[OTHER, "auditor"], "/v1/rules")
        abuse = _Abuse(attacker, reader)
        asyncio.run(abuse.run())
        assert server.is_alive()
        most_memory = _most_memory_of(server.pid)
    ratio = abuse.beside_held / abuse.alone
    record_property(
        FIGURE,
        f"S11: {SLOW + IDLE} connections held ({attacker.cut_off} cut off), bodies answered "
        f"{dict(sorted(attacker.answers.items()))}; another programme's p99 alone "
        f"{abuse.alone * 1000:.0f} ms, beside held connections and a full queue {ratio:.1f} "
        f"times that, beside large bodies {abuse.beside_bodies / abuse.alone:.1f} times; "
        f"{most_memory / MEGABYTE:.0f} MB at most; load {busy:.1f} beforehand",
    )
    assert reader.failed == 0
    assert most_memory < MOST_MEMORY
    assert ratio < 2 * busy
    assert {202, 400, 413, 415, 422, 429} <= set(attacker.answers) <= {*range(200, 500)}
    assert 0 < attacker.answers[202] <= QUOTA
    assert attacker.cut_off >= SLOW


class _Abuse:
    """Another programme's reads, alone and beside each attack; the best of several rounds, since
    the machine does other things too."""

    def __init__(self, attacker: Attacker, reader: Reader) -> None:
        self._attacker, self._reader = attacker, reader
        self.alone = self.beside_held = self.beside_bodies = math.inf

    async def run(self) -> None:
        for _ in range(ATTACKS):
            self.alone = min(self.alone, await self._reader.p99(READS))
            async with self._attacker.holding(SLOW, IDLE):
                await self._attacker.queue_rounds(QUOTA)
                self.beside_held = min(self.beside_held, await self._reader.p99(READS))
        async with self._attacker.holding(SLOW, 0):
            await self._attacker.are_cut_off(SLOW)
        attacking = asyncio.create_task(self._attacker.send_large_bodies(LARGE_AT_ONCE))
        while not attacking.done():
            self.beside_bodies = await self._reader.p99(READS)
        await attacking


def _most_memory_of(pid: int) -> int:
    """The most bytes that a process has held."""
    found = re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text())
    assert found
    return int(found[1]) * 1024
