"""Settings for a command."""

from __future__ import annotations

import pytest

from service.cli import exits
from service.cli.configuration import read_settings
from service.cli.failures import CommandFailed


def test_every_wrong_setting_is_told_by_its_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAIRWELL_TIME_LIMIT", "soon")
    monkeypatch.setenv("PAIRWELL_BODY_LIMIT", "-1")
    with pytest.raises(CommandFailed) as failure:
        read_settings()
    assert failure.value.code == exits.INVALID_INPUT
    told = [issue.message.partition(":")[0] for issue in failure.value.issues]
    assert sorted(told) == ["PAIRWELL_BODY_LIMIT", "PAIRWELL_TIME_LIMIT"]


def test_a_list_that_is_none_is_told_like_any_other_setting(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PAIRWELL_WEBHOOK_PORTS", "443, 8443")
    assert read_settings().webhook_ports == (443, 8443)
    monkeypatch.setenv("PAIRWELL_WEBHOOK_PORTS", "https")
    with pytest.raises(CommandFailed) as failure:
        read_settings()
    assert {issue.detail["setting"] for issue in failure.value.issues} == {"PAIRWELL_WEBHOOK_PORTS"}


def test_an_owner_beside_an_address_that_cannot_be_used_is_not_blamed_for_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PAIRWELL_DATABASE_URL", "oracle://service@host/base")
    monkeypatch.setenv("PAIRWELL_DATABASE_OWNER_URL", "postgresql://owner@host/base")
    with pytest.raises(CommandFailed) as failure:
        read_settings()
    assert [issue.detail["setting"] for issue in failure.value.issues] == ["PAIRWELL_DATABASE_URL"]


def test_what_a_command_gives_stands_before_the_environment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PAIRWELL_DATABASE_URL", "sqlite:///one.sqlite3")
    assert "two" in read_settings(database_url="sqlite:///two.sqlite3").database_url
