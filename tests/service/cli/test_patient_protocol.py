"""Clients that hold connections without asking anything, against a real server on loopback."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
import uvicorn

from service.cli import patient_protocol
from service.cli.patient_protocol import FREE_CHUNKS, LONGEST_HEAD, PatientProtocol
from service.cli.serving import listen

SECONDS = 0.3
LONG_ENOUGH = 20.0


CHUNKED = b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"


async def answers_at_once(scope: Any, receive: Any, send: Any) -> None:
    """Says yes, whatever else the client wants to send."""
    await send({"type": "http.response.start", "status": 200, "headers": [(b"a", b"b")]})
    await send({"type": "http.response.body", "body": b"yes"})


@pytest.fixture
def address(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, int]]:
    monkeypatch.setattr(patient_protocol, "HEAD_SECONDS", SECONDS)
    config = uvicorn.Config(
        answers_at_once,
        http=PatientProtocol,
        lifespan="off",
        log_level="critical",
    )
    server = uvicorn.Server(config)
    with listen("127.0.0.1", 0) as listening:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        try:
            yield listening.getsockname()
        finally:
            server.should_exit = True
            thread.join()


@pytest.mark.parametrize(
    ("begun", "drop"),
    [
        (b"", b""),
        (b"GET / HTTP/1.1\r\nHost: x\r\n", b"a"),
        (CHUNKED, b"1\r\na\r\n"),
        (b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n", b"a"),
    ],
    ids=["nothing", "head", "endless body", "long body"],
)
def test_who_trickles_is_cut_off(address: tuple[str, int], begun: bytes, drop: bytes) -> None:
    """A byte at a time, as long as the other end takes it."""
    started = time.monotonic()
    with socket.create_connection(address, timeout=0.02) as client:
        client.sendall(begun)
        while not _is_over(client, drop):
            assert time.monotonic() < started + LONG_ENOUGH
    assert time.monotonic() >= started + SECONDS


def test_a_slow_request_that_is_whole_in_time_is_answered(address: tuple[str, int]) -> None:
    with socket.create_connection(address, timeout=LONG_ENOUGH) as client:
        for part in (b"GET / HT", b"TP/1.1\r\nHos", b"t: x\r\n\r\n"):
            client.sendall(part)
        assert client.recv(1000).startswith(b"HTTP/1.1 200")


@pytest.mark.parametrize("fields", [10_000, 1])
@pytest.mark.parametrize("end", [b"", b"\r\n\r\n"], ids=["endless", "whole"])
def test_a_head_that_is_too_large_is_refused(
    address: tuple[str, int], fields: int, end: bytes
) -> None:
    """Many header fields, or one long one."""
    one = b"a" * (10 * LONGEST_HEAD // fields)
    head = b"GET / HTTP/1.1\r\nHost: x\r\n" + b"".join(b"x: %s\r\n" % one for _ in range(fields))
    with socket.create_connection(address, timeout=LONG_ENOUGH) as client:
        client.sendall(head[: 2 * LONGEST_HEAD] + end)
        assert client.recv(1000).startswith(b"HTTP/1.1 400")


@pytest.mark.parametrize("waits", [True, False], ids=["answered", "all at once"])
def test_a_body_in_crumbs_ends_its_connection(address: tuple[str, int], waits: bool) -> None:
    """Whether the request has been answered by then or not."""
    crumbs = b"1\r\na\r\n" * (FREE_CHUNKS + 1)
    with socket.create_connection(address, timeout=LONG_ENOUGH) as client:
        client.sendall(CHUNKED if waits else CHUNKED + crumbs)
        status = client.recv(1000)[:12]
        if waits:
            client.sendall(crumbs)
        assert status == (b"HTTP/1.1 200" if waits else b"HTTP/1.1 400")
        assert _is_over(client, b"")


def test_a_body_in_pieces_is_answered_and_another_request_after_it(
    address: tuple[str, int],
) -> None:
    pieces = b"400\r\n" + b"a" * 1024 + b"\r\n"
    body = pieces * (2 * FREE_CHUNKS) + b"1\r\na\r\n" * FREE_CHUNKS + b"0\r\n\r\n"
    with socket.create_connection(address, timeout=LONG_ENOUGH) as client:
        for _ in range(2):
            client.sendall(CHUNKED + body)
            answer = b""
            while not answer.endswith(b"0\r\n\r\n"):
                answer += client.recv(1000)
            assert answer.startswith(b"HTTP/1.1 200")


def _is_over(client: socket.socket, drop: bytes) -> bool:
    try:
        client.sendall(drop)
        while client.recv(1000):
            pass
    except TimeoutError:
        return False
    except OSError:
        return True
    return True
