"""S11: one programme and strangers abuse the service; it stays up, small, and fair to another."""

from __future__ import annotations

import asyncio
import math
import os
import re
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import pytest

from service.cli.serving import listen
from service.settings import Settings
from tests.reliability.attackers import MEGABYTE, Attacker
from tests.reliability.counts import ATTACKS
from tests.reliability.layout import Proxy, settings_of_processes
from tests.reliability.machine import load
from tests.reliability.processes import CONTEXT, an_api, ended_at_last
from tests.reliability.readers import TOOL, Read, Readers
from tests.service.programmes import OTHER, prepared
from tests.service.services import PROGRAMME, some_settings

READS_A_SECOND, SECONDS = 50, 4
SLOW, IDLE = 200, 1_000
QUOTA = 20
LARGE_AT_ONCE = 2
MOST_MEMORY = 512 * MEGABYTE
ELSEWHERE = 19
"""The niceness of whoever sends large bodies, which on another machine would slow nobody down."""


@pytest.mark.reliability
def test_abuse_by_one_programme_leaves_the_service_up_small_and_fair(
    tmp_path: Path, database_kind: str, tell: Callable[[str, str], None]
) -> None:
    """Another programme may feel nothing of it where rounds are taken in by a process of their
    own, as the operator's page has it for PostgreSQL. On SQLite one process does everything:
    there large bodies, which make the service work, may be felt."""
    busy, (keys, _) = load(), asyncio.run(prepared(tmp_path))
    apart = database_kind == "postgresql"
    given = settings_of_processes() if apart else [{}]
    with ExitStack() as stack:
        listening = [stack.enter_context(listen("127.0.0.1", 0)) for _ in given]
        started = [
            an_api(_settings(tmp_path, **own), tmp_path / "log", sockets)
            for own, sockets in zip(given, listening, strict=True)
        ]
        servers = stack.enter_context(ended_at_last(started))
        addresses = [one.getsockname() for one in listening]
        attacker = Attacker(Proxy(addresses[0], addresses[-1]), keys[PROGRAMME, "planner"])
        abuse = _Abuse(attacker, addresses[0], keys[OTHER, "auditor"])
        asyncio.run(abuse.run())
        assert all(server.is_alive() for server in servers)
        most_memory = max(_most_memory_of(server.pid) for server in servers)
    held, bodies = abuse.beside_held / abuse.alone, abuse.beside_bodies / abuse.alone
    tell(
        "S11",
        f"{SLOW + IDLE} connections held ({attacker.cut_off} cut off), bodies answered "
        f"{dict(sorted(attacker.answers.items()))} by {len(servers)} processes; another "
        f"programme's p99 alone {abuse.alone * 1000:.0f} ms by {TOOL}, beside held connections "
        f"and a full queue {held:.1f} times that, beside large bodies {bodies:.1f} times; "
        f"{most_memory / MEGABYTE:.0f} MB at most; load {busy:.1f} beforehand",
    )
    assert abuse.failed == 0
    assert most_memory < MOST_MEMORY
    assert held < 2 * busy
    assert bodies < 2 * busy or not apart
    assert {200, 202, 400, 404, 413, 415, 422, 429} <= set(attacker.answers) <= {*range(200, 500)}
    assert 0 < attacker.answers[202] <= QUOTA
    assert attacker.cut_off >= SLOW


class _Abuse:
    """Another programme's reads, alone and beside each attack; the best of several rounds, since
    the machine does other things too."""

    def __init__(self, attacker: Attacker, address: tuple[str, int], key: str) -> None:
        self._attacker = attacker
        self._url = f"http://{address[0]}:{address[1]}/v1/rules"
        self._header = f"Authorization: Bearer {key}"
        self.alone = self.beside_held = self.beside_bodies = math.inf
        self.failed = 0

    async def run(self) -> None:
        for _ in range(ATTACKS):
            self.alone = min(self.alone, _p99(await self._read()))
            async with self._attacker.holding(SLOW, IDLE):
                await self._attacker.queue_rounds(QUOTA)
                self.beside_held = min(self.beside_held, _p99(await self._read()))
        async with self._attacker.holding(SLOW, 0):
            await self._attacker.are_cut_off(SLOW)
        with ProcessPoolExecutor(1, CONTEXT, os.nice, (ELSEWHERE,)) as elsewhere:
            loop, reads = asyncio.get_running_loop(), list[Read]()
            attacking = loop.run_in_executor(elsewhere, _attack, self._attacker)
            while not attacking.done():
                reads += await self._read()
            self._attacker.answers += await attacking
        self.beside_bodies = _p99(reads)

    async def _read(self) -> list[Read]:
        readers = Readers([self._url], self._header, READS_A_SECOND, SECONDS)
        reads = await asyncio.to_thread(readers.finished)
        self.failed += sum(read.status != 200 for read in reads)
        return reads


def _attack(attacker: Attacker) -> Counter[int]:
    """What large bodies were answered."""
    sender = Attacker(attacker.proxy, attacker.key)
    asyncio.run(sender.send_large_bodies(LARGE_AT_ONCE))
    return sender.answers


def _settings(folder: Path, **own: str) -> Settings:
    return some_settings(folder, with_worker=False, unfinished_runs=QUOTA, **own)


def _p99(reads: list[Read]) -> float:
    return sorted(read.seconds for read in reads)[len(reads) * 99 // 100]


def _most_memory_of(pid: int) -> int:
    """The most bytes that a process has held."""
    found = re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text())
    assert found
    return int(found[1]) * 1024
