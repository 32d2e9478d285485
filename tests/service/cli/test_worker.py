"""`pairwell worker`; that it solves is shown by tests/reliability."""

from __future__ import annotations

from pathlib import Path

import pytest

from service.cli import serving
from service.settings import Settings
from tests.service.cli.commands import pairwell


@pytest.fixture(autouse=True)
def _database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAIRWELL_DATABASE_URL", f"sqlite:///{tmp_path}/pairwell.sqlite3")


def test_it_works_on_the_database_of_the_settings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    worked: list[str] = []

    def work(settings: Settings) -> None:
        worked.append(settings.database_url)

    monkeypatch.setattr(serving, "work_until_stopped", work)
    pairwell("database", "upgrade")
    done = pairwell("worker")
    assert done.exit_code == 0
    assert worked == [f"sqlite+aiosqlite:///{tmp_path}/pairwell.sqlite3"]
    assert "waiting for runs" in done.stderr


def test_without_a_schema_it_says_what_to_run() -> None:
    done = pairwell("worker")
    assert done.exit_code == 1
    assert "pairwell database upgrade" in done.stderr
