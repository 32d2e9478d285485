"""Changes that are guarded by what they name: how many rows there were to change."""

from __future__ import annotations

from sqlalchemy import CursorResult, Delete, Update
from sqlalchemy.ext.asyncio import AsyncSession


async def rows_changed(session: AsyncSession, statement: Update | Delete) -> int:
    """Make a change; says how many rows it has found."""
    result = await session.execute(statement)
    if not isinstance(result, CursorResult):
        raise TypeError("an update gives a cursor")
    return int(result.rowcount)
