from __future__ import annotations

from pathlib import Path

from tests.service.services import a_service

STRANGERS = ("axb", "a.b.", "a.b.elsewhere.example", "xa.b", "elsewhere.example", "", "127.0.0.1")
MALFORMED = ("a.b:x", "a.b@c", "[", "a.b, elsewhere.example", "a.b/", "a.b\\c", "a.b#", "a.b?")


def test_the_hosts_of_the_settings_are_answered_for(tmp_path: Path) -> None:
    settings = {"allowed_hosts": ("a.b",), "public_url": "https://pairwell.example.gov.uk"}
    with a_service(tmp_path, **settings) as caller:
        for host in ("a.b", "A.B", "a.b:8000", "pairwell.example.gov.uk"):
            answer = caller.client.get("/health/live", headers={"host": host})
            assert answer.status_code == 200, host


def test_no_other_host_is_answered_for(tmp_path: Path) -> None:
    with a_service(tmp_path, allowed_hosts=("a.b",)) as caller:
        for host in STRANGERS:
            answer = caller.client.get("/health/live", headers={"host": host})
            assert answer.status_code == 400, host
            assert answer.json()["issues"][0]["code"] == "HOST_REFUSED"
            assert "elsewhere" not in answer.text


def test_what_is_no_host_at_all_is_refused_whatever_it_begins_with(tmp_path: Path) -> None:
    """By the framework, before our own check would see it, or by that."""
    with a_service(tmp_path, allowed_hosts=("a.b",)) as caller:
        for host in MALFORMED:
            answer = caller.client.get("/health/live", headers={"host": host})
            assert answer.status_code == 400, host
