"""A migration that is killed at its first statement, then later and later until it gets through.

    python -m tests.service.storage.killed_migration OWNER_URL UNRESTRICTED_URL

Says how many were killed, and after how many of them the database held anything else.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from itertools import count
from typing import Any

from sqlalchemy import Engine, event

from service.storage import schema
from service.storage.database import Database
from tests.service.populated import Contents, contents


def main(owner_url: str, unrestricted_url: str) -> None:
    """Kill migrations, each a statement later than the one before, until one is whole."""
    before = asyncio.run(_contents(unrestricted_url))
    left_something = 0
    for kills in count():
        if not _is_killed_at(kills + 1, owner_url):
            break
        left_something += asyncio.run(_contents(unrestricted_url)) != before
    print(f"killed {kills} times, left something behind {left_something} times")


def _is_killed_at(statement: int, url: str) -> bool:
    """Whether an upgrade in a process of its own has so many statements, and died at that one."""
    child = os.fork()
    if child == 0:
        _die_at(statement)
        asyncio.run(_upgrade(url))
        os._exit(0)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        assert os.WTERMSIG(status) == signal.SIGKILL
        return True
    assert os.WEXITSTATUS(status) == 0
    return False


def _die_at(statement: int) -> None:
    seen = count(1)

    def after_each(*_: Any) -> None:
        if next(seen) == statement:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(Engine, "after_cursor_execute", after_each)


async def _upgrade(url: str) -> None:
    database = Database(url, migrating=True)
    await schema.upgrade(database)
    await database.close()


async def _contents(url: str) -> Contents:
    database = Database(url, migrating=True)
    try:
        return await contents(database)
    finally:
        await database.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
