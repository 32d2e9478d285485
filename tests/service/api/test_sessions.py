"""Sessions as a browser lives with them, from signing in to being put out (S8)."""

from __future__ import annotations

import asyncio
import hashlib
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from litestar.testing import TestClient

from models.domain.session import IDLE, LONGEST
from service.api.cookies import SESSION
from service.main import create_service
from service.operations.sign_in import LINK_GOOD_FOR
from tests.service.browsers import Browser, a_link, a_signed_in_browser
from tests.service.databases import chosen
from tests.service.services import A_SAFE_KEY, a_service, all_rows, solve_at_once, some_settings

SECOND = timedelta(seconds=1)


def move(folder: Path, column: str, moment: datetime, table: str = "sessions") -> None:
    """Set a moment of every session, as if time had passed."""

    stored = moment.strftime("%Y-%m-%d %H:%M:%S.%f")
    chosen().execute(folder, f"UPDATE {table} SET {column} = '{stored}'")  # noqa: S608


def seen_at(folder: Path) -> str:
    (row,) = asyncio.run(all_rows(folder))["sessions"]
    return str(row["seen_at"])


def is_in(browser: Browser) -> bool:
    return bool(browser.get("/v1/me").status_code == 200)


def test_the_cookie_is_out_of_reach_of_scripts_of_other_hosts_and_of_plain_http(
    tmp_path: Path,
) -> None:
    with a_service(tmp_path) as caller:
        answer = Browser(caller.client).get(a_link(tmp_path))
    (line,) = answer.headers.get_list("set-cookie")
    name, _, rest = line.partition("=")
    assert name == "__Host-pairwell"
    assert {part.strip().lower() for part in rest.split(";")[1:]} == {
        "httponly",
        "path=/",
        "samesite=lax",
        "secure",
    }


def test_the_database_holds_no_id_that_a_browser_holds(tmp_path: Path) -> None:
    with a_service(tmp_path) as caller:
        session = a_signed_in_browser(caller.client, tmp_path).session
    assert session is not None
    assert re.fullmatch(r"[A-Za-z0-9_-]{43}", session)
    rows = asyncio.run(all_rows(tmp_path))
    assert session not in str(rows)
    (row,) = rows["sessions"]
    assert row["id_digest"] == hashlib.sha256(session.encode()).hexdigest()


def test_signing_in_makes_a_fresh_id_and_the_old_one_is_dead(tmp_path: Path) -> None:
    """Fixation: an id that somebody planted, or knows, is none once it is worth something."""
    with a_service(tmp_path) as caller:
        browser = a_signed_in_browser(caller.client, tmp_path)
        old = Browser(caller.client)
        old.cookies = dict(browser.cookies)
        browser.get(a_link(tmp_path, "admin"))
        assert browser.session != old.session
        assert browser.get("/v1/me").json()["role"] == "admin"
        assert not is_in(old)
        planted = Browser(caller.client)
        planted.cookies = {SESSION: "x" * 43}
        planted.get(a_link(tmp_path))
        assert planted.session != "x" * 43


def test_what_is_no_session_does_not_let_in(tmp_path: Path) -> None:
    with a_service(tmp_path) as caller:
        for held in ("", "x", "x" * 43, "x" * 5000, "é" * 43, "../../etc", "'; DROP TABLE x"):
            header = {b"cookie": f"{SESSION}={held}".encode()}
            answer = caller.client.get("/v1/me", headers=header)
            assert answer.status_code == 401, held
            assert answer.json()["issues"][0]["code"] == "SESSION_ENDED", held


def test_signing_out_ends_the_session_on_the_server_and_takes_the_cookie_back(
    tmp_path: Path,
) -> None:
    with a_service(tmp_path) as caller:
        browser = a_signed_in_browser(caller.client, tmp_path)
        kept = Browser(caller.client)
        kept.cookies = dict(browser.cookies)
        assert browser.act("POST", "/v1/sign-out").status_code == 204
        assert browser.session is None
        assert not is_in(kept)


def test_a_session_ends_after_half_an_hour_without_a_request(tmp_path: Path) -> None:
    with a_service(tmp_path) as caller:
        browser = a_signed_in_browser(caller.client, tmp_path)
        move(tmp_path, "seen_at", datetime.now(UTC) - IDLE + 10 * SECOND)
        before = seen_at(tmp_path)
        assert is_in(browser)
        assert seen_at(tmp_path) > before, "the request was not taken note of"
        move(tmp_path, "seen_at", datetime.now(UTC) - IDLE)
        assert not is_in(browser)


def test_a_session_in_use_is_written_to_once_a_minute_only(tmp_path: Path) -> None:
    with a_service(tmp_path) as caller:
        browser = a_signed_in_browser(caller.client, tmp_path)
        before = seen_at(tmp_path)
        assert is_in(browser)
        assert seen_at(tmp_path) == before


def test_a_session_ends_after_twelve_hours_however_busy_it_is(tmp_path: Path) -> None:
    with a_service(tmp_path) as caller:
        browser = a_signed_in_browser(caller.client, tmp_path)
        (row,) = asyncio.run(all_rows(tmp_path))["sessions"]
        assert timedelta(hours=12) == LONGEST
        move(tmp_path, "expires_at", datetime.now(UTC))
        assert not is_in(browser)
    assert row["ended_at"] is None


def test_whoever_is_disabled_is_out_at_once_on_every_process(tmp_path: Path) -> None:
    """The second application stands for another process: it shares the database alone."""
    with (
        a_service(tmp_path, role="admin") as caller,
        TestClient(create_service(some_settings(tmp_path), solve_at_once)) as second,
    ):
        browser = a_signed_in_browser(caller.client, tmp_path)
        elsewhere = Browser(second)
        elsewhere.cookies = dict(browser.cookies)
        assert is_in(elsewhere)
        page = caller.get("/v1/accounts?limit=1").json()
        (account,) = page["items"]
        assert page["next"] is None
        path = f"/v1/accounts/{account['id']}"
        disabled = caller.do(f"{path}/disable").json()
        assert (is_in(browser), is_in(elsewhere)) == (False, False)
        assert Browser(caller.client).get(a_link(tmp_path)).status_code == 403
        enabled = caller.do(f"{path}/enable").json()
        assert not is_in(browser), "enabling somebody does not bring sessions back to life"
        assert is_in(a_signed_in_browser(caller.client, tmp_path))
    assert disabled["disabled_at"] is not None
    assert enabled["disabled_at"] is None


def test_an_admin_lists_who_is_signed_in_and_ends_one_session(tmp_path: Path) -> None:
    with a_service(tmp_path, role="admin") as caller:
        one, other = (a_signed_in_browser(caller.client, tmp_path) for _ in range(2))
        listed = caller.get("/v1/sessions")
        first = listed.json()[0]["id"]
        path = f"/v1/sessions/{first}"
        ended = caller.client.delete(path, headers=caller.headers())
        again = caller.client.delete(path, headers=caller.headers())
        assert (is_in(one), is_in(other)) == (False, True)
        left = caller.get("/v1/sessions").json()
    assert len(listed.json()) == 2
    assert [session["id"] for session in left] == [listed.json()[1]["id"]]
    assert ended.json() == again.json()
    assert str(one.session) not in listed.text
    assert not {"id_digest", "made_from"} & set(listed.json()[0])


def test_an_admin_cannot_lock_themselves_out(tmp_path: Path) -> None:
    with a_service(tmp_path) as caller:
        browser = a_signed_in_browser(caller.client, tmp_path, "admin")
        (account,) = browser.get("/v1/accounts").json()["items"]
        answer = browser.act("POST", f"/v1/accounts/{account['id']}/disable")
        assert is_in(browser)
    assert (answer.status_code, answer.json()["issues"][0]["code"]) == (409, "ACCOUNT_OWN")


@pytest.mark.parametrize("path", ["accounts/{}/disable", "accounts/{}/enable", "sessions/{}"])
def test_who_and_what_is_not_there_is_told_so(tmp_path: Path, path: str) -> None:
    nobody = path.format("00000000-0000-0000-0000-000000000000")
    method = "DELETE" if nobody.startswith("sessions") else "POST"
    with a_service(tmp_path, role="admin") as caller:
        answer = caller.client.request(method, f"/v1/{nobody}", headers=caller.headers())
    assert answer.status_code == 404


def test_what_people_do_is_in_the_audit_log_by_their_account(tmp_path: Path) -> None:
    with a_service(tmp_path, role="admin") as caller:
        browser = a_signed_in_browser(caller.client, tmp_path)
        browser.act("POST", "/v1/sign-out")
        (account,) = caller.get("/v1/accounts").json()["items"]
        caller.do(f"/v1/accounts/{account['id']}/disable")
    log = asyncio.run(all_rows(tmp_path))["audit_log"]
    who = f"account:{account['id']}"
    acts = [(row["actor"], row["action"]) for row in log][-4:]
    assert acts[:2] == [("service", "sign-in link made"), ("sign-in", "signed in")]
    assert acts[2] == (who, "session ended")
    assert acts[3][1] == "account disabled"
    assert log[-1]["subject"] == who


def test_a_link_is_good_once_and_for_a_short_time(tmp_path: Path) -> None:
    with a_service(tmp_path) as caller:
        used, late = a_link(tmp_path), a_link(tmp_path)
        assert Browser(caller.client).get(used).status_code == 303
        move(tmp_path, "expires_at", datetime.now(UTC), "sign_in_links")
        for link in (used, late, "/sign-in/link/x"):
            answer = Browser(caller.client).get(link)
            assert answer.status_code == 401
            assert answer.json()["issues"][0]["code"] == "SIGN_IN_LINK_REFUSED"
    assert timedelta(minutes=15) >= LINK_GOOD_FOR


def test_production_refuses_links_and_what_was_signed_in_by_one(tmp_path: Path) -> None:
    """Both were made before the service on this database was told that it is in production."""
    with a_service(tmp_path) as caller:
        browser, link = a_signed_in_browser(caller.client, tmp_path), a_link(tmp_path)
        assert is_in(browser)
    safe = {"environment": "production", "audit_key": A_SAFE_KEY, "database_owner_url": None}
    with a_service(tmp_path, **safe) as caller:
        later = Browser(caller.client)
        later.cookies = dict(browser.cookies)
        assert not is_in(later)
        assert later.get(link).status_code == 401
        assert later.get("/v1/me").status_code == 401


def test_a_key_says_whose_it_is_too_and_has_nothing_to_sign_out_of(tmp_path: Path) -> None:
    with a_service(tmp_path, role="auditor") as caller:
        me = caller.get("/v1/me").json()
        assert caller.do("/v1/sign-out").status_code == 204
        assert caller.get("/v1/me").json() == me
    assert (me["by"], me["role"], me["csrf_token"]) == ("key", "auditor", None)


def test_a_wrong_key_is_not_made_good_by_a_session(tmp_path: Path) -> None:
    with a_service(tmp_path) as caller:
        browser = a_signed_in_browser(caller.client, tmp_path)
        assert browser.get("/v1/me", authorization="Bearer pw_wrong").status_code == 401
        assert browser.get("/v1/me", authorization=f"Bearer {caller.key}").json()["by"] == "key"
