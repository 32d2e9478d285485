"""Where the service listens."""

from __future__ import annotations

import socket

import pytest

from service.cli.failures import CommandFailed
from service.cli.serving import address_of, listen


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
