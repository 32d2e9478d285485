"""`pairwell webhooks`, on a database of its own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.service.cli.commands import pairwell

URL = "http://127.0.0.1:9/hook"


@pytest.fixture(autouse=True)
def _database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAIRWELL_DATABASE_URL", f"sqlite:///{tmp_path}/pairwell.sqlite3")
    monkeypatch.setenv("PAIRWELL_WEBHOOK_LOOPBACK", "true")
    pairwell("database", "upgrade")


def made() -> str:
    """The id of a new webhook."""
    return str(json.loads(pairwell("webhooks", "create", URL, "--json").stdout)["id"])


def test_the_secret_is_the_only_thing_on_the_output() -> None:
    done = pairwell("webhooks", "create", URL)
    assert done.exit_code == 0
    assert done.stdout.startswith("whsec_")
    assert len(done.stdout.split()) == 1
    assert "Keep its secret safe" in done.stderr


def test_webhooks_are_listed_rotated_switched_off_and_on_and_removed() -> None:
    webhook = made()
    rotated = json.loads(pairwell("webhooks", "rotate", webhook, "--json").stdout)
    assert rotated["secret"].startswith("whsec_")
    assert (
        pairwell("webhooks", "disable", webhook).stdout == f"The webhook {webhook} is disabled.\n"
    )
    assert [it["state"] for it in json.loads(pairwell("webhooks", "list", "--json").stdout)] == [
        "disabled"
    ]
    assert pairwell("webhooks", "enable", webhook).stdout == f"The webhook {webhook} is enabled.\n"
    listed = pairwell("webhooks", "list").stdout
    assert listed == f"{webhook}  enabled   {URL}\n"
    assert pairwell("webhooks", "delete", webhook).stdout == f"The webhook {webhook} is removed.\n"
    assert pairwell("webhooks", "list").stdout == ""


def test_a_test_event_is_shown_and_sent_again() -> None:
    webhook = made()
    sent = json.loads(pairwell("webhooks", "test", webhook, "--json").stdout)
    shown = pairwell("webhooks", "deliveries", webhook).stdout
    again = pairwell("webhooks", "redeliver", webhook, sent["event_id"]).stdout
    assert shown == again
    assert shown == (
        f"{sent['event_id']}  webhook.test  waiting  0 tries, last answer: not tried yet\n"
    )
    (delivery,) = json.loads(pairwell("webhooks", "deliveries", webhook, "--json").stdout)
    assert delivery == sent


@pytest.mark.parametrize("url", ["https://10.0.0.1/", "http://93.184.216.34/", "nothing"])
def test_a_url_that_may_not_be_sent_to_is_refused(url: str) -> None:
    done = pairwell("webhooks", "create", url)
    assert done.exit_code == 2
    assert "WEBHOOK_" in done.stderr


def test_a_webhook_that_is_not_there_is_no_traceback() -> None:
    done = pairwell("webhooks", "test", "00000000-0000-0000-0000-000000000000")
    assert done.exit_code == 2
    assert "WEBHOOK_UNKNOWN" in done.stderr
