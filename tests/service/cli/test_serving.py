"""Where the service listens."""

from __future__ import annotations

import asyncio
import socket
from typing import Any

import pytest

from service.cli.failures import CommandFailed
from service.cli.serving import address_of, listen, server_config
from service.settings import Settings


def test_port_0_takes_a_free_port_and_tells_it() -> None:
    with listen("127.0.0.1", 0) as listening:
        assert address_of(listening) == f"http://127.0.0.1:{listening.getsockname()[1]}"


def test_an_address_of_version_6_stands_in_brackets() -> None:
    with listen("::1", 0) as listening:
        assert address_of(listening).startswith("http://[::1]:")


def test_a_port_that_is_taken_is_told() -> None:
    with listen("127.0.0.1", 0) as listening:
        port = listening.getsockname()[1]
        with pytest.raises(CommandFailed, match=f"127.0.0.1, port {port}"):
            listen("127.0.0.1", port)


@pytest.mark.parametrize("host", ["192.0.2.1", "no such host"])
def test_a_host_that_is_not_ours_is_told(host: str) -> None:
    with pytest.raises(CommandFailed, match="cannot listen"):
        listen(host, 0)


def test_connections_send_what_there_is_at_once() -> None:
    """Otherwise each answer on a connection that is used again takes 40 ms."""
    with listen("127.0.0.1", 0) as listening, socket.create_connection(listening.getsockname()):
        taken, _ = listening.accept()
        with taken:
            assert taken.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


FORWARDED = [(b"x-forwarded-for", b"198.51.100.7"), (b"x-forwarded-proto", b"https")]


@pytest.mark.parametrize(
    ("proxies", "client", "seen"),
    [
        ((), "127.0.0.1", ("127.0.0.1", "http")),
        (("192.0.2.1",), "127.0.0.1", ("127.0.0.1", "http")),
        (("192.0.2.1",), "192.0.2.1", ("198.51.100.7", "https")),
        (("192.0.2.0/24",), "192.0.2.9", ("198.51.100.7", "https")),
    ],
)
def test_what_a_header_says_of_the_client_is_believed_of_a_trusted_proxy_only(
    monkeypatch: pytest.MonkeyPatch, proxies: tuple[str, ...], client: str, seen: tuple[str, str]
) -> None:
    """The server would by itself believe this machine, and whom FORWARDED_ALLOW_IPS names."""
    monkeypatch.setenv("FORWARDED_ALLOW_IPS", "*")
    found = []

    async def app(scope: Any, _receive: Any, _send: Any) -> None:
        found.append((scope["client"][0], scope["scheme"]))

    config = server_config(app, Settings(trusted_proxies=proxies))
    config.load()
    scope = {"type": "http", "client": (client, 1), "scheme": "http", "headers": FORWARDED}
    asyncio.run(config.loaded_app(scope, None, None))  # type: ignore[arg-type]
    assert found == [seen]
