"""`pairwell serve`; that it serves is shown by the demo, which does the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from service.cli import serving
from service.settings import Settings
from tests.service.cli.commands import pairwell


@pytest.fixture(autouse=True)
def _database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAIRWELL_DATABASE_URL", f"sqlite:///{tmp_path}/pairwell.sqlite3")


def test_it_serves_the_database_of_the_settings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    served: list[str] = []

    def serve(settings: Settings, listening: object) -> None:
        served.append(settings.database_url)

    monkeypatch.setattr(serving, "serve_until_stopped", serve)
    pairwell("database", "upgrade")
    done = pairwell("serve", "--port", "0")
    assert done.exit_code == 0
    assert served == [f"sqlite+aiosqlite:///{tmp_path}/pairwell.sqlite3"]
    assert "Pairwell is at http://127.0.0.1:" in done.stderr


def test_solving_can_be_left_to_workers(monkeypatch: pytest.MonkeyPatch) -> None:
    served: list[bool] = []

    def serve(settings: Settings, listening: object) -> None:
        served.append(settings.with_worker)

    monkeypatch.setattr(serving, "serve_until_stopped", serve)
    pairwell("database", "upgrade")
    assert pairwell("serve", "--port", "0").exit_code == 0
    assert pairwell("serve", "--port", "0", "--without-worker").exit_code == 0
    assert served == [True, False]


def test_without_a_schema_it_says_what_to_run() -> None:
    done = pairwell("serve", "--port", "0")
    assert done.exit_code == 1
    assert "pairwell database upgrade" in done.stderr


def test_in_production_it_tells_everything_that_is_not_safe_and_does_not_start(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What no setting may be is told together with what production must not be."""
    monkeypatch.setenv("PAIRWELL_ENVIRONMENT", "production")
    monkeypatch.setenv("PAIRWELL_WEBHOOK_LOOPBACK", "true")
    monkeypatch.setenv("PAIRWELL_PUBLIC_URL", "http://pairwell.example.gov.uk")
    monkeypatch.setenv("PAIRWELL_ALLOWED_HOSTS", "*")
    done = pairwell("serve", "--port", "0", "--without-worker")
    assert done.exit_code == 2
    for variable in ("PUBLIC_URL", "ALLOWED_HOSTS"):
        assert f"SETTING_INVALID: PAIRWELL_{variable}: " in done.stderr
    for variable in ("AUDIT_KEY", "DATABASE_URL", "WEBHOOK_LOOPBACK"):
        assert f"INSECURE_IN_PRODUCTION: PAIRWELL_{variable}: " in done.stderr
    assert done.stderr.count("PAIRWELL_") == 5
