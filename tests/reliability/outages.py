"""Ways in which a database goes away: faults between a service and its PostgreSQL server."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from multiprocessing.connection import wait
from threading import Event, Thread

from tests.postgresql import SERVICE, PostgresqlServer
from tests.reliability.network import Network
from tests.reliability.rounds import LOOK_EVERY
from tests.reliability.servers import NAME

LOCKED = 3.0
"""Seconds for which a table is held at a time."""

OF_SERVICE = f"FROM pg_stat_activity WHERE usename = '{SERVICE}'"
END = f"SELECT pg_terminate_backend(pid) {OF_SERVICE}"
LOCK = "BEGIN; LOCK TABLE alembic_version IN ACCESS EXCLUSIVE MODE; SELECT pg_sleep({seconds})"


@dataclass
class Place:
    """A server with the network that leads to it, and ways to break them."""

    server: PostgresqlServer
    network: Network
    ended: int = 0

    @property
    def faults(self) -> tuple[Callable[[], AbstractContextManager[None]], ...]:
        """Each lasts while its block does."""
        return (
            self.crashed,
            self.silent,
            self.cut,
            self.thrown_out,
            self.exhausted,
            self.locked,
        )

    @contextmanager
    def crashed(self) -> Iterator[None]:
        """The server dies and is started again."""
        self.server.stop("immediate")
        try:
            yield
        finally:
            self.server.start()

    @contextmanager
    def silent(self) -> Iterator[None]:
        """The network swallows everything."""
        with self.network.silent():
            yield

    @contextmanager
    def cut(self) -> Iterator[None]:
        """The network resets every connection."""
        with self.network.cut():
            yield

    @contextmanager
    def thrown_out(self) -> Iterator[None]:
        """The server ends every connection, again and again; new ones are let in."""
        with _beside(self._end_until):
            yield

    @contextmanager
    def exhausted(self) -> Iterator[None]:
        """The server has no connection left for the service."""
        self.server.execute(f"ALTER ROLE {SERVICE} CONNECTION LIMIT 0", END)
        try:
            yield
        finally:
            self.server.execute(f"ALTER ROLE {SERVICE} CONNECTION LIMIT -1")

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Somebody holds a table that every request needs, and requests hold all connections."""
        with _beside(self._lock_until):
            yield

    def _end_until(self, over: Event) -> None:
        while not over.is_set():
            self.ended += self.server.execute(END).count("t")
            wait([], LOOK_EVERY)

    def _lock_until(self, over: Event) -> None:
        while not over.is_set():
            self.server.execute(LOCK.format(seconds=LOCKED), database=NAME)


@contextmanager
def _beside(work: Callable[[Event], None]) -> Iterator[None]:
    """Works in a thread of its own, until the block is over."""
    over = Event()
    thread = Thread(target=work, args=(over,))
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
