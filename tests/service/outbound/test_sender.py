"""One request: where it goes, in whose name, and how little it lets the other side do."""

from __future__ import annotations

import asyncio
import time

import pytest

from models.domain.webhook import Outcome
from service.outbound.destinations import OutboundRules
from service.outbound.guard import Guard
from service.outbound.sender import Sender
from tests.service.outbound.networks import FlippingResolver, TellingNetwork
from tests.service.receivers import Receiver

pytestmark = pytest.mark.anyio

SIGNED = {"webhook-signature": "v1,x"}
FIRST, SECOND = "93.184.216.34", "93.184.216.35"
URL = "https://hr.example.gov.uk/hook?for=pairwell"


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


async def outcome_of(answer: str, seconds: float = 5.0) -> Outcome:
    """What comes of a request to a receiver that answers so."""
    async with Receiver(lambda asked: answer).listening() as receiver:
        sender = Sender(Guard(OutboundRules(loopback=True)), seconds)
        return await sender.post(f"{receiver.base}/", SIGNED, b"{}")


@pytest.mark.parametrize("status", [200, 204, 299])
async def test_any_success_is_a_delivery(status: int) -> None:
    outcome = await outcome_of(str(status))
    assert (outcome, outcome.delivered) == (Outcome(status=status), True)


@pytest.mark.parametrize("status", [300, 302, 400, 404, 410, 429, 500, 503])
async def test_any_other_status_is_none(status: int) -> None:
    outcome = await outcome_of(str(status))
    assert (outcome, outcome.delivered) == (Outcome(status=status), False)


async def test_a_receiver_that_breaks_off_or_talks_nonsense_is_a_fault() -> None:
    assert await outcome_of("reset") == Outcome(fault="connection")
    assert await outcome_of("garbage") == Outcome(fault="protocol")


@pytest.mark.parametrize("slow", ["silent", "loris"])
async def test_a_slow_receiver_is_left_when_the_whole_time_is_over(slow: str) -> None:
    """A byte now and then is no reason to wait on."""
    started = time.monotonic()
    assert await outcome_of(slow, seconds=0.3) == Outcome(fault="timeout")
    assert 0.3 <= time.monotonic() - started < 2.0


async def test_a_receiver_that_sends_without_end_is_left_after_some_bytes() -> None:
    assert await outcome_of("flood", seconds=20.0) == Outcome(fault="connection")


async def test_nobody_at_the_port_is_a_fault() -> None:
    async with Receiver(lambda asked: "200").listening() as receiver:
        url = f"{receiver.base}/"
    sender = Sender(Guard(OutboundRules(loopback=True)), 5.0)
    assert await sender.post(url, SIGNED, b"") == Outcome(fault="connection")


async def test_the_connection_is_pinned_to_the_checked_address_under_the_hosts_name() -> None:
    network, resolver = TellingNetwork(), FlippingResolver((FIRST,), ("127.0.0.1",))
    sender = Sender(Guard(OutboundRules(), resolver), 5.0, network)
    assert await sender.post(URL, SIGNED, b"{}") == Outcome(status=204)
    assert resolver.asked == ["hr.example.gov.uk"]
    assert network.asked == [(FIRST, 443)]
    (stream,) = network.streams
    assert (stream.server_hostname, stream.verifies) == ("hr.example.gov.uk", True)
    assert stream.sent.startswith(b"POST /hook?for=pairwell HTTP/1.1\r\n")
    assert b"\r\nhost: hr.example.gov.uk\r\n" in stream.sent
    assert stream.sent.endswith(b"\r\n\r\n{}")


async def test_where_the_first_address_does_not_answer_the_next_one_is_tried() -> None:
    network = TellingNetwork(dead=[FIRST])
    sender = Sender(Guard(OutboundRules(), FlippingResolver((FIRST, SECOND))), 5.0, network)
    assert await sender.post(URL, SIGNED, b"{}") == Outcome(status=204)
    assert network.asked == [(FIRST, 443), (SECOND, 443)]


async def test_what_is_no_tls_is_a_fault_of_its_own() -> None:
    async def talk_plainly(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 mail.example.org\r\n")
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(talk_plainly, "127.0.0.1", 0)
    url = f"https://127.0.0.1:{server.sockets[0].getsockname()[1]}/"
    outcome = await Sender(Guard(OutboundRules(loopback=True)), 5.0).post(url, SIGNED, b"{}")
    server.close()
    assert outcome == Outcome(fault="tls")


async def test_a_handshake_that_does_not_end_is_left_and_its_connection_closed() -> None:
    """What is not closed would be a warning, and so a failure."""
    async with Receiver(lambda asked: "200").listening() as receiver:
        url = receiver.base.replace("http:", "https:")
        sender = Sender(Guard(OutboundRules(loopback=True)), 0.2)
        assert await sender.post(f"{url}/", SIGNED, b"{}") == Outcome(fault="timeout")


async def test_variables_of_the_environment_lead_nowhere_else(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    network = TellingNetwork()
    sender = Sender(Guard(OutboundRules(), FlippingResolver((FIRST,))), 5.0, network)
    assert await sender.post(URL, SIGNED, b"") == Outcome(status=204)
    assert network.asked == [(FIRST, 443)]


async def test_a_url_that_the_rules_no_longer_allow_is_not_sent_to() -> None:
    network = TellingNetwork()
    sender = Sender(Guard(OutboundRules(), FlippingResolver((FIRST,))), 5.0, network)
    assert await sender.post("https://example.org:8443/", SIGNED, b"") == Outcome(
        fault="address_refused"
    )
    assert network.asked == []
