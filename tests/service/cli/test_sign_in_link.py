"""`pairwell sign-in-link`, and the links that `pairwell serve` shows."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path

import pytest

from service.cli import serving
from tests.service.cli.commands import pairwell
from tests.service.services import A_SAFE_KEY, all_rows

LINK = re.compile(r"http://127\.0\.0\.1:\d+/sign-in/link/[A-Za-z0-9_-]{43}")


@pytest.fixture(autouse=True)
def _database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAIRWELL_DATABASE_URL", f"sqlite:///{tmp_path}/test.sqlite3")
    monkeypatch.setattr(serving, "serve_until_stopped", lambda settings, listening: None)
    pairwell("database", "upgrade")


def test_a_link_is_made_for_a_role_and_the_database_does_not_hold_it(tmp_path: Path) -> None:
    done = pairwell("sign-in-link", "--role", "admin")
    assert LINK.fullmatch(done.stdout.strip())
    rows = asyncio.run(all_rows(tmp_path))
    assert [row["role"] for row in rows["sign_in_links"]] == ["admin"]
    assert done.stdout.strip()[-43:] not in str(rows)


def test_production_makes_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAIRWELL_ENVIRONMENT", "production")
    done = pairwell("sign-in-link")
    assert done.exit_code == 2
    assert "SIGN_IN_LINK_REFUSED" in done.stderr


def test_serve_shows_one_on_this_machine_only(monkeypatch: pytest.MonkeyPatch) -> None:
    here = pairwell("serve", "--port", "0")
    everywhere = pairwell("serve", "--port", "0", "--host", "0.0.0.0")  # noqa: S104
    monkeypatch.setenv("PAIRWELL_ENVIRONMENT", "production")
    monkeypatch.setenv("PAIRWELL_AUDIT_KEY", A_SAFE_KEY)
    production = pairwell("serve", "--port", "0")
    assert LINK.search(here.stderr)
    for done in (everywhere, production):
        assert done.exit_code == 0
        assert "link" not in done.stderr
