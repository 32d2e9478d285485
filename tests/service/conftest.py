"""Tests that await run on asyncio; tests with a database run on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest

from service.storage import postgresql
from tests.postgresql import PostgresqlServer, a_postgresql_server
from tests.service.databases import KINDS, databases_on
from tests.service.services import LONG_ENOUGH

ON_BOTH = {"api", "operations", "storage", "worker"}
"""The folders in which a test that is given a folder keeps a database there."""

ON_THE_SECOND_SLOWLY = ON_BOTH - {"storage"}
"""Further from the database, and many: the quick suite runs them on SQLite alone."""


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Give each such test both kinds of database, or the one that it is marked with."""
    _, _, folder, *_ = metafunc.module.__name__.split(".")
    if folder in ON_BOTH and "tmp_path" in metafunc.fixturenames:
        only = metafunc.definition.get_closest_marker("only_on")
        kinds = only.args if only else _both(slowly=folder in ON_THE_SECOND_SLOWLY)
        metafunc.parametrize("database_kind", kinds, indirect=True)


def _both(*, slowly: bool) -> Sequence[object]:
    first, second = KINDS
    return first, pytest.param(second, marks=pytest.mark.slow) if slowly else second


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(autouse=True)
def database_kind(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The kind of database that the builders of `tests.service.services` make in this test."""
    if getattr(request, "param", "sqlite") == "sqlite":
        yield "sqlite"
        return
    # A machine that is busy with other tests is no outage.
    monkeypatch.setattr(postgresql, "OPENED_WITHIN", LONG_ENOUGH)
    with databases_on(request.getfixturevalue("postgresql_server")):
        yield "postgresql"


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[PostgresqlServer]:
    """One server for all tests of a process, started when the first one asks for it."""
    with a_postgresql_server() as server:
        yield server
