from __future__ import annotations

import pytest
from pydantic import ValidationError

from service.settings import Settings


def test_settings_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAIRWELL_DATABASE_URL", "sqlite:///somewhere.sqlite3")
    monkeypatch.setenv("PAIRWELL_TIME_LIMIT", "12.5")
    settings = Settings()
    assert settings.database_url == "sqlite+aiosqlite:///somewhere.sqlite3"
    assert settings.time_limit == 12.5


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("", r"try sqlite:///pairwell\.sqlite3"),
        ("somewhere", r"try sqlite:///pairwell\.sqlite3"),
        ("mysql://host/base", "a SQLite file or a PostgreSQL database"),
        ("sqlite://", "must name a file"),
        ("sqlite:///:memory:", "must name a file"),
        ("postgresql://host", "must name a database"),
        ("postgresql://host/base?options=-csearch_path%3Dx", "does not take: options"),
    ],
)
def test_a_database_that_cannot_be_used_is_refused(url: str, why: str) -> None:
    with pytest.raises(ValidationError, match=why):
        Settings(database_url=url)


@pytest.mark.parametrize("scheme", ["postgresql", "postgres", "postgresql+psycopg"])
def test_a_postgresql_database_is_opened_with_the_driver_of_the_service(scheme: str) -> None:
    settings = Settings(database_url=f"{scheme}://me:secret@host/base?sslmode=require")
    assert settings.database_url == "postgresql+asyncpg://me:secret@host/base?ssl=require"


def test_without_the_driver_of_postgresql_it_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("service.database_url.find_spec", lambda name: None)
    with pytest.raises(ValidationError, match=r"install pairwell\[postgres\]"):
        Settings(database_url="postgresql://me@host/base")


def test_no_password_of_a_database_is_shown() -> None:
    settings = Settings(
        database_url="postgresql://me:secret@host/base",
        database_owner_url="postgresql://owner:secret@host/base",
    )
    assert settings.shown_database == "postgresql://me:***@host/base"
    assert "secret" not in repr(settings)


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("sqlite:///pairwell.sqlite3", "is for PostgreSQL only"),
        ("postgresql://host/base", "needs a user in PAIRWELL_DATABASE_URL"),
    ],
)
def test_an_owner_needs_a_service_role_beside_it(url: str, why: str) -> None:
    with pytest.raises(ValidationError, match=why) as refused:
        Settings(database_url=url, database_owner_url="postgresql://owner@host/base")
    assert [fault["loc"] for fault in refused.value.errors()] == [("database_owner_url",)]


def test_every_wrong_setting_is_told_at_once() -> None:
    with pytest.raises(ValidationError) as refused:
        Settings(body_limit=0, time_limit=-1, solves_at_once=0)
    assert {fault["loc"] for fault in refused.value.errors()} == {
        ("body_limit",),
        ("time_limit",),
        ("solves_at_once",),
    }


def test_every_setting_says_what_it_is_for() -> None:
    assert all(field.description for field in Settings.model_fields.values())
