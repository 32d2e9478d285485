"""What a transaction may see: PostgreSQL's row-level security follows what is declared here.

Nothing is visible before something was declared, and every declaration ends with the
transaction. SQLite has no such line of defence; there the declarations do nothing.
"""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

PROGRAMME = "pairwell.programme"
KEY_PREFIX = "pairwell.key_prefix"
PURPOSE = "pairwell.purpose"
QUEUE = "queue"
DELIVERIES = "deliveries"


async def enter(session: AsyncSession, programme: str) -> None:
    """From here on the transaction works for one programme and sees its rows."""
    await _declare(session, PROGRAMME, programme)


async def look_up_key(session: AsyncSession, prefix: str) -> None:
    """The transaction also sees the API key with this prefix, whosever it is."""
    await _declare(session, KEY_PREFIX, prefix)


async def serve_the_queue(session: AsyncSession) -> None:
    """The transaction also sees and changes the runs of every programme, but nothing of theirs."""
    await _declare(session, PURPOSE, QUEUE)


async def look_for_deliveries(session: AsyncSession) -> None:
    """The transaction also sees the webhooks of every programme and what waits for them."""
    await _declare(session, PURPOSE, DELIVERIES)


async def _declare(session: AsyncSession, name: str, value: str) -> None:
    if session.get_bind().dialect.name == "postgresql":
        await session.execute(select(func.set_config(name, value, True)))
