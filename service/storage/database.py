"""The one place that opens a database, and the transactions that the doors work in."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager, nullcontext
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from service.database_url import is_postgresql
from service.storage.outages import outages_at_work, outages_while_opening
from service.storage.postgresql import open_postgresql, opened_in_time
from service.storage.pulse import Pulse, Watch
from service.storage.scope import enter
from service.storage.sqlite import open_sqlite


@dataclass(frozen=True)
class Store:
    """An open transaction, bound to one programme: everything read and written is within it.

    `actor` is who acts in it, and `audit_key` the key under which that is written down;
    `unfinished_runs` is how many the programme may have, None for any number.
    """

    session: AsyncSession
    programme: str
    actor: str = "service"
    audit_key: bytes = b""
    unfinished_runs: int | None = None


class Database:
    """A database of the service. Whoever opens a transaction is its edge and closes it.

    A transaction ends well with its block and is taken back when the block raises. A database
    that is not there, or fails meanwhile, is a `DatabaseUnavailable`. `migrating` is for the
    role that owns the tables.
    """

    def __init__(
        self,
        url: str,
        audit_key: bytes = b"",
        *,
        migrating: bool = False,
        unfinished_runs: int | None = None,
    ) -> None:
        self._audit_key, self._unfinished_runs = audit_key, unfinished_runs
        if is_postgresql(url):
            self._engine, self._reading = open_postgresql(url, migrating=migrating)
            self._opening: Callable[[], AbstractAsyncContextManager[None]] = opened_in_time
            self._pulse = None if migrating else Pulse(url)
        else:
            self._engine, self._reading = open_sqlite(url)
            # A file is never silent, but the wait for its lock may be long.
            self._opening = nullcontext
            self._pulse = None

    @asynccontextmanager
    async def reading(self, programme: str) -> AsyncIterator[Store]:
        """A transaction that sees one state of the database and changes nothing."""
        async with self.across_programmes(writing=False) as session:
            await enter(session, programme)
            yield Store(session, programme, audit_key=self._audit_key)

    @asynccontextmanager
    async def writing(self, programme: str, actor: str = "service") -> AsyncIterator[Store]:
        """A transaction that may change what belongs to one programme, in somebody's name."""
        async with self.across_programmes(writing=True) as session:
            await enter(session, programme)
            yield Store(session, programme, actor, self._audit_key, self._unfinished_runs)

    @asynccontextmanager
    async def across_programmes(self, *, writing: bool) -> AsyncIterator[AsyncSession]:
        """A transaction for the few questions that come before the programme is known.

        On PostgreSQL it sees no row until a function of `service.storage.scope` has declared
        what it is for.
        """
        engine = self._engine if writing else self._reading
        with outages_at_work():
            async with (
                AsyncSession(engine, expire_on_commit=False) as session,
                self._watched() as watch,
                session.begin(),
            ):
                with outages_while_opening():
                    async with self._opening():
                        connection = await session.connection()
                        watch.connection = await connection.get_raw_connection()
                yield session

    @asynccontextmanager
    async def connection(self, *, writing: bool) -> AsyncIterator[AsyncConnection]:
        """A transaction below the level of rows: for migrations and questions about the schema."""
        engine = self._engine if writing else self._reading
        with outages_at_work():
            async with AsyncExitStack() as given_back:
                with outages_while_opening():
                    async with self._opening():
                        connection = await given_back.enter_async_context(engine.connect())
                async with self._watched() as watch, connection.begin():
                    watch.connection = await connection.get_raw_connection()
                    yield connection

    def _watched(self) -> AbstractAsyncContextManager[Watch]:
        return nullcontext(Watch()) if self._pulse is None else self._pulse.watching()

    async def close(self) -> None:
        """Gives back every connection."""
        await self._engine.dispose()
        if self._pulse is not None:
            await self._pulse.close()
