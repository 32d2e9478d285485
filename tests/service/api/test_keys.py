"""API keys over HTTP, as an admin lives with them."""

from __future__ import annotations

from itertools import cycle
from pathlib import Path
from typing import Any

import pytest
from litestar.testing import TestClient

from service.main import create_service
from service.operations.failed_tries import MOST_TRIES
from tests.service.services import (
    Caller,
    a_service,
    an_endless_minute,
    solve_at_once,
    some_settings,
)


def made(caller: Caller, **wanted: Any) -> Any:
    body = {"name": "hr-system"} | wanted
    return caller.client.post("/v1/keys", json=body, headers=caller.headers())


def status_with(caller: Caller, text: str, path: str = "/v1/rules") -> int:
    answer = caller.client.get(path, headers={"authorization": f"Bearer {text}"})
    return answer.status_code


def test_a_key_is_made_shown_once_listed_and_revoked(tmp_path: Path) -> None:
    with a_service(tmp_path, role="admin") as caller:
        new = made(caller, days=30).json()
        assert status_with(caller, new["text"]) == 200
        assert status_with(caller, new["text"], "/v1/keys") == 403
        listed = caller.get("/v1/keys")
        path = f"/v1/keys/{new['key']['id']}"
        ended = caller.client.delete(path, headers=caller.headers()).json()
        again = caller.client.delete(path, headers=caller.headers()).json()
        assert status_with(caller, new["text"]) == 401
    assert [key["name"] for key in listed.json()["items"]] == ["test", "hr-system"]
    assert new["text"] not in listed.text
    assert (new["key"]["state"], ended["state"], again) == ("active", "revoked", ended)


def test_keys_are_listed_a_page_at_a_time(tmp_path: Path) -> None:
    with a_service(tmp_path, role="admin") as caller:
        for name in ("one", "two"):
            made(caller, name=name)
        first = caller.get("/v1/keys?limit=2").json()
        rest = caller.get(first["next"]).json()
    assert [key["name"] for key in first["items"] + rest["items"]] == ["test", "one", "two"]
    assert rest["next"] is None


def test_both_keys_work_until_the_overlap_is_over(tmp_path: Path) -> None:
    with a_service(tmp_path, role="admin") as caller:
        old = made(caller, role="auditor").json()
        path = f"/v1/keys/{old['key']['id']}/rotate"
        new = caller.client.post(f"{path}?overlap_hours=1", headers=caller.headers()).json()
        assert [status_with(caller, key["text"]) for key in (old, new)] == [200, 200]
        newest = f"/v1/keys/{new['key']['id']}/rotate?overlap_hours=0"
        assert caller.client.post(newest, headers=caller.headers()).status_code == 201
        assert status_with(caller, new["text"]) == 401
        refused = caller.client.post(newest, headers=caller.headers())
    assert new["key"]["role"] == "auditor"
    assert refused.status_code == 409
    assert refused.json()["issues"][0]["code"] == "KEY_ENDED"


def test_everything_that_is_wrong_with_a_key_is_told_at_once(tmp_path: Path) -> None:
    with a_service(tmp_path, role="admin") as caller:
        answer = made(caller, name=" ", days=366, networks=["10.0.0.0/8", "10.0.0.1/8", "home"])
        left = caller.get("/v1/keys").json()["items"]
    codes = [issue["code"] for issue in answer.json()["issues"]]
    assert answer.status_code == 422
    assert codes == ["KEY_NAME_REFUSED", "KEY_EXPIRY_REFUSED", *["KEY_NETWORK_REFUSED"] * 2]
    assert len(left) == 1


@pytest.mark.parametrize("header", ["x-forwarded-for", "forwarded", "x-real-ip"])
def test_a_key_is_used_from_its_networks_whatever_a_header_claims(
    tmp_path: Path, header: str
) -> None:
    """The test client has no address at all, so it is in no network."""
    with a_service(tmp_path, role="admin") as caller:
        text = made(caller, networks=["192.0.2.0/24"]).json()["text"]
        headers = {"authorization": f"Bearer {text}", header: "192.0.2.7"}
        answer = caller.client.get("/v1/rules", headers=headers)
    assert answer.status_code == 401
    assert answer.json()["issues"][0]["code"] == "KEY_NETWORK_REFUSED"


def test_past_some_wrong_keys_no_more_is_told_and_a_right_one_still_gets_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Wherever they are tried: the second application stands for another process."""
    an_endless_minute(monkeypatch)
    elsewhere = create_service(some_settings(tmp_path, with_worker=False), solve_at_once)
    with a_service(tmp_path) as caller, TestClient(elsewhere) as second:
        everywhere = cycle((caller, Caller(second, caller.key)))
        statuses = [status_with(next(everywhere), "pw_wrong") for _ in range(MOST_TRIES + 2)]
        last = caller.client.get(
            "/v1/rules", headers={"x-forwarded-for": "203.0.113.9", "authorization": "Bearer no"}
        )
        right = [next(everywhere).get("/v1/rules").status_code for _ in range(2)]
    assert statuses == [401] * MOST_TRIES + [429] * 2
    assert last.status_code == 429
    assert int(last.headers["retry-after"]) > 0
    assert right == [200] * 2
