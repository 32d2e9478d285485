"""Webhooks over HTTP, as an admin lives with them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.service.services import Caller, a_service

NOBODY = "00000000-0000-0000-0000-000000000000"
URL = "http://127.0.0.1:9/hook"


def made(caller: Caller, url: str = URL) -> Any:
    """The answer to the wish for a webhook."""
    return caller.client.post("/v1/webhooks", json={"url": url}, headers=caller.headers())


def test_a_webhook_is_made_listed_rotated_switched_off_and_on_and_removed(tmp_path: Path) -> None:
    with a_service(tmp_path, role="admin", webhook_loopback=True) as caller:
        new = made(caller)
        assert new.status_code == 201
        path = f"/v1/webhooks/{new.json()['webhook']['id']}"
        rotated = caller.do(f"{path}/rotate-secret?overlap_hours=1").json()
        states = [caller.do(f"{path}/{step}").json()["state"] for step in ("disable", "enable")]
        listed = caller.get("/v1/webhooks")
        gone = caller.client.delete(path, headers=caller.headers())
        assert caller.get("/v1/webhooks").json() == []
    secrets = {new.json()["secret"], rotated["secret"]}
    assert len(secrets) == 2
    assert all(secret.startswith("whsec_") for secret in secrets)
    assert not any(secret in listed.text for secret in secrets)
    assert rotated["webhook"]["previous_secret_until"] is not None
    assert states == ["disabled", "enabled"]
    assert [webhook["url"] for webhook in listed.json()] == [URL]
    assert gone.status_code == 204


def test_a_test_event_is_put_out_shown_and_sent_again(tmp_path: Path) -> None:
    with a_service(tmp_path, role="admin", webhook_loopback=True, with_worker=False) as caller:
        path = f"/v1/webhooks/{made(caller).json()['webhook']['id']}"
        first, second = (caller.do(f"{path}/test").json() for _ in range(2))
        shown = caller.get(f"{path}/deliveries").json()
        assert len(caller.get(f"{path}/deliveries?limit=1").json()) == 1
        again = caller.do(f"{path}/deliveries/{first['event_id']}/redeliver")
        caller.do(f"{path}/disable")
        refused = caller.do(f"{path}/test")
    assert (first["type"], first["state"], first["attempts"]) == ("webhook.test", "waiting", 0)
    assert {delivery["event_id"] for delivery in shown} == {first["event_id"], second["event_id"]}
    assert again.json()["event_id"] == first["event_id"]
    assert refused.status_code == 409
    assert refused.json()["issues"][0]["code"] == "WEBHOOK_DISABLED"


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("http://127.0.0.1/", "WEBHOOK_URL_REFUSED"),
        ("https://127.0.0.1/", "WEBHOOK_ADDRESS_REFUSED"),
        ("https://[::ffff:169.254.169.254]/", "WEBHOOK_ADDRESS_REFUSED"),
        ("https://93.184.216.34:22/", "WEBHOOK_PORT_REFUSED"),
        ("https://localhost/", "WEBHOOK_ADDRESS_REFUSED"),
    ],
)
def test_a_url_that_may_not_be_sent_to_is_refused_when_it_is_given(
    tmp_path: Path, url: str, code: str
) -> None:
    with a_service(tmp_path, role="admin") as caller:
        answer = made(caller, url)
        assert caller.get("/v1/webhooks").json() == []
    assert answer.status_code == 422
    assert code in [issue["code"] for issue in answer.json()["issues"]]


def test_what_is_not_there_is_404(tmp_path: Path) -> None:
    with a_service(tmp_path, role="admin", webhook_loopback=True) as caller:
        path = f"/v1/webhooks/{made(caller).json()['webhook']['id']}"
        unknown = [
            caller.do(f"/v1/webhooks/{NOBODY}/test"),
            caller.get(f"/v1/webhooks/{NOBODY}/deliveries"),
            caller.do(f"{path}/deliveries/{NOBODY}/redeliver"),
        ]
    assert [answer.status_code for answer in unknown] == [404] * 3
    codes = [answer.json()["issues"][0]["code"] for answer in unknown]
    assert codes == ["WEBHOOK_UNKNOWN", "WEBHOOK_UNKNOWN", "DELIVERY_UNKNOWN"]
