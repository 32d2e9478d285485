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
    "url", ["", "somewhere", "sqlite://", "sqlite:///:memory:", "postgresql://host/base"]
)
def test_a_database_that_cannot_be_used_is_refused(url: str) -> None:
    with pytest.raises(ValidationError, match=r"sqlite:///pairwell\.sqlite3|must name a file"):
        Settings(database_url=url)


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
