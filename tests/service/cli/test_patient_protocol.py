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
from service.cli.patient_protocol import PatientProtocol
from service.cli.serving import LONGEST_HEAD, listen

SECONDS = 0.3
LONG_ENOUGH = 20.0


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
        h11_max_incomplete_event_size=LONGEST_HEAD,
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
        (b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\na\r\n"),
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
def test_a_head_that_is_too_large_is_refused(address: tuple[str, int], fields: int) -> None:
    """Many header fields, or one long one."""
    one = b"a" * (10 * LONGEST_HEAD // fields)
    head = b"GET / HTTP/1.1\r\nHost: x\r\n" + b"".join(b"x: %s\r\n" % one for _ in range(fields))
    with socket.create_connection(address, timeout=LONG_ENOUGH) as client:
        client.sendall(head[: LONGEST_HEAD + 4096])
        assert client.recv(1000).startswith(b"HTTP/1.1 400")


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
