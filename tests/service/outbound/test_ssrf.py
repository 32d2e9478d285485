"""S7: nothing leads to an address that is not public; asserted at the hook that connects, and by
listeners on this machine that a hole would reach.

The hook is the only way to the network that a sender has, so it sees every connection, to
whatever machine; no network namespace is needed for that.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from itertools import cycle

import pytest

from service.errors import SettingRefused
from service.operations.webhooks import WebhookRequest, check_webhook
from service.outbound.addresses import IPAddress
from service.outbound.destinations import Destination, OutboundRules
from service.outbound.guard import Guard
from service.outbound.sender import Sender
from tests.service.outbound.corpus import SPECIAL_V4, corpus
from tests.service.outbound.networks import CountingNetwork, FlippingResolver
from tests.service.receivers import Receiver

pytestmark = pytest.mark.anyio

AT_LEAST = 400
PUBLIC = ("93.184.216.34",)


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


class NoRules(OutboundRules):
    """Rules with a hole: every address is permitted."""

    def permit(self, destination: Destination, address: IPAddress) -> bool:
        return True


async def test_no_url_of_the_corpus_leads_to_a_connection(
    capsys: pytest.CaptureFixture[str],
) -> None:
    network, private = CountingNetwork(), cycle(SPECIAL_V4)

    async def resolver(name: str) -> tuple[IPAddress, ...]:
        return await FlippingResolver((next(private),))(name)

    async with _listeners() as (port, accepted):
        guard = Guard(OutboundRules(ports=(port, 443)), resolver)
        sender = Sender(guard, 2.0, network)
        urls = corpus(port)
        for url in urls:
            with pytest.raises(SettingRefused):
                await check_webhook(guard, WebhookRequest(url=url))
            outcome = await sender.post(url, {}, b"{}")
            assert outcome.fault in ("address_refused", "host_unknown"), url
        assert accepted() == 0
    assert network.asked == []
    assert len(set(urls)) >= AT_LEAST
    with capsys.disabled():
        print(f"\nS7: {len(set(urls))} URLs, taken in or sent to: 0 connects")


async def test_without_the_rules_the_same_urls_do_reach_the_listeners() -> None:
    """The control: a guard with a hole is seen, by the hook and by the listeners."""
    network = CountingNetwork()
    async with _listeners() as (port, accepted):
        guard = Guard(NoRules(ports=(port, 443)), FlippingResolver(("127.0.0.1",)))
        sender = Sender(guard, 0.5, network)
        local = ("127.", "localhost", "[::1]", "rebind", "１２７.0")
        urls = [url for url in corpus(port) if any(f"//{host}" in url for host in local)]
        for url in urls:
            await sender.post(url, {}, b"{}")
        assert accepted() >= len(network.asked) // 2 > 0


async def test_a_name_that_was_public_once_is_not_connected_to_when_it_is_private() -> None:
    network = CountingNetwork()
    for private in SPECIAL_V4:
        guard = Guard(OutboundRules(), FlippingResolver(PUBLIC, (private,)))
        await check_webhook(guard, WebhookRequest(url="https://rebind.example.org/"))
        outcome = await Sender(guard, 2.0, network).post("https://rebind.example.org/", {}, b"")
        assert outcome.fault == "address_refused"
    assert network.asked == []


async def test_a_redirect_to_this_machine_is_not_followed() -> None:
    async with (
        Receiver(lambda asked: asked.path.removeprefix("/")).listening() as receiver,
        Receiver(lambda asked: "200").listening() as inside,
    ):
        receiver.elsewhere = f"{inside.base}/secret"
        sender = Sender(Guard(OutboundRules(loopback=True)), 2.0)
        for status in (301, 302, 303, 307, 308):
            headers = {"webhook-signature": "v1,x"}
            outcome = await sender.post(f"{receiver.base}/{status}", headers, b"{}")
            assert (outcome.status, outcome.delivered) == (status, False)
        assert (receiver.accepted, inside.accepted) == (5, 0)


@asynccontextmanager
async def _listeners() -> AsyncIterator[tuple[int, Callable[[], int]]]:
    """One port at which this machine listens by IPv4 and IPv6; how many have come there."""
    accepted = list[object]()

    async def take(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        accepted.append(writer.get_extra_info("peername"))
        writer.transport.abort()

    four = await asyncio.start_server(take, "127.0.0.1", 0)
    port = four.sockets[0].getsockname()[1]
    six = await asyncio.start_server(take, "::1", port)
    try:
        yield port, lambda: len(accepted)
    finally:
        four.close()
        six.close()
