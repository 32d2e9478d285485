"""In production nothing starts that is not safe, and every danger is told at once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from service.errors import SettingRefused
from service.production import Part, dangers, require_safe
from service.settings import Settings
from tests.service.services import A_SAFE_KEY

SAFE: dict[str, Any] = {
    "environment": "production",
    "database_url": "postgresql://me:word@host/base?sslmode=verify-full",
    "audit_key": A_SAFE_KEY,
    "allowed_hosts": "matching.example.gov.uk",
}


def found(part: Part = "service", environment: dict[str, str] | None = None, **given: Any) -> Any:
    """The variables that are named as dangerous."""
    settings = Settings(**SAFE | given)
    return [issue.detail["setting"] for issue in dangers(settings, part, environment or {})]


def test_safe_settings_start_whatever_they_are_for() -> None:
    assert found() == found("worker") == []


@pytest.mark.parametrize(
    ("given", "variable"),
    [
        ({"audit_key": None}, "PAIRWELL_AUDIT_KEY"),
        ({"audit_key": "0" * 64}, "PAIRWELL_AUDIT_KEY"),
        ({"audit_key": "please-change-me-" + A_SAFE_KEY}, "PAIRWELL_AUDIT_KEY"),
        ({"trusted_proxies": "10.0.0.7, 0.0.0.0/0"}, "PAIRWELL_TRUSTED_PROXIES"),
        ({"trusted_proxies": "::/0"}, "PAIRWELL_TRUSTED_PROXIES"),
        ({"webhook_loopback": True}, "PAIRWELL_WEBHOOK_LOOPBACK"),
        ({"database_owner_url": "postgresql://owner@host/base"}, "PAIRWELL_DATABASE_OWNER_URL"),
        ({"database_url": "postgresql://me@host/base"}, "PAIRWELL_DATABASE_URL"),
        ({"database_url": "postgresql://me@host/base?sslmode=require"}, "PAIRWELL_DATABASE_URL"),
        ({"database_url": "sqlite:///x.sqlite3", "with_worker": False}, "PAIRWELL_DATABASE_URL"),
        (
            {"database_url": "sqlite:///x.sqlite3", "audit_anchors": Path("anchors")},
            "PAIRWELL_AUDIT_ANCHORS",
        ),
    ],
    ids=lambda given: str(given),
)
def test_each_danger_is_found_by_itself(given: dict[str, Any], variable: str) -> None:
    assert found(**given) == [variable]


@pytest.mark.parametrize("variable", ["PAIRWELL_TRACEBACK", "FAILPOINT", "PYTHONASYNCIODEBUG"])
def test_what_is_for_looking_for_faults_is_refused_and_its_zero_is_not(variable: str) -> None:
    assert found(environment={variable: "1"}) == [variable]
    assert found(environment={variable: "0"}) == []


def test_a_worker_beside_others_is_refused_on_a_sqlite_file() -> None:
    assert found("service", database_url="sqlite:///x.sqlite3") == []
    assert found("worker", database_url="sqlite:///x.sqlite3") == ["PAIRWELL_DATABASE_URL"]


@pytest.mark.parametrize("host", ["?host=/run/postgresql", "127.0.0.1/base", "localhost/base"])
def test_a_database_on_this_machine_needs_no_encryption(host: str) -> None:
    where = f"/base{host}" if host.startswith("?") else host
    assert found(database_url=f"postgresql://me@{where}") == []


def test_every_danger_is_told_at_once_with_a_remedy_and_without_a_secret() -> None:
    settings = Settings(
        environment="production",
        database_url="postgresql://me:hidden@host/base",
        database_owner_url="postgresql://owner:hidden@host/base",
        audit_key="change-me " * 4,
        webhook_loopback=True,
        trusted_proxies="0.0.0.0/0",
    )
    with pytest.raises(SettingRefused) as refused:
        require_safe(settings, "worker", {"FAILPOINT": "after_claim"})
    assert [issue.detail["setting"] for issue in refused.value.issues] == [
        "FAILPOINT",
        "PAIRWELL_WEBHOOK_LOOPBACK",
        "PAIRWELL_AUDIT_KEY",
        "PAIRWELL_DATABASE_OWNER_URL",
        "PAIRWELL_DATABASE_URL",
        "PAIRWELL_TRUSTED_PROXIES",
    ]
    told = " ".join(issue.model_dump_json() for issue in refused.value.issues)
    assert all(issue.hint for issue in refused.value.issues)
    assert "hidden" not in told
    assert "change-me" not in told


def test_in_development_nothing_is_refused() -> None:
    require_safe(Settings(), "worker", {"FAILPOINT": "after_claim"})
