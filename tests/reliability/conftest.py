"""A test that tells a figure is run on SQLite, then on PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.conftest import FIGURE
from tests.reliability.counts import SEED
from tests.service.conftest import database_kind, postgresql_server
from tests.service.databases import KINDS

__all__ = ["database_kind", "postgresql_server"]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Give each such test both kinds of database, or the one that it is marked with."""
    if "tell" in metafunc.fixturenames:
        only = metafunc.definition.get_closest_marker("only_on")
        metafunc.parametrize("database_kind", only.args if only else KINDS, indirect=True)


@pytest.fixture
def tell(
    record_property: Callable[[str, object], None], database_kind: str
) -> Callable[[str, str], None]:
    """Shows the figure of a target, such as R1, with the kind of database and the seed."""

    def tell(target: str, figure: str) -> None:
        record_property(FIGURE, f"{target} {database_kind}, seed {SEED}: {figure}")

    return tell


@pytest.fixture(autouse=True)
def _no_limits_of_one_caller(monkeypatch: pytest.MonkeyPatch) -> None:
    """Floods here are of other kinds."""
    for name in ("REQUESTS_PER_MINUTE", "PROGRAMME_REQUESTS_PER_MINUTE", "UNFINISHED_RUNS"):
        monkeypatch.setenv(f"PAIRWELL_{name}", "1000000")
