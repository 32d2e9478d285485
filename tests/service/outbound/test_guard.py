"""What a resolver answers, and what becomes of it."""

from __future__ import annotations

import asyncio
from ipaddress import IPv4Address

import pytest

from service.outbound import guard as module
from service.outbound.addresses import IPAddress
from service.outbound.destinations import OutboundRules, read_destination
from service.outbound.guard import Guard, LookUp, Unreachable, guard_of, look_up
from service.settings import Settings
from tests.service.outbound.networks import FlippingResolver

pytestmark = pytest.mark.anyio

PUBLIC = ("93.184.216.34", "2606:4700::1111")


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


async def addresses(resolver: LookUp, url: str = "https://example.org/") -> list[str]:
    rules = OutboundRules()
    found = await Guard(rules, resolver).addresses(read_destination(url, rules))
    return [str(address) for address in found]


async def fault(resolver: LookUp, url: str = "https://example.org/") -> str:
    with pytest.raises(Unreachable) as refused:
        await addresses(resolver, url)
    return refused.value.fault


async def test_public_addresses_are_given_in_the_resolvers_order() -> None:
    assert await addresses(FlippingResolver(PUBLIC)) == list(PUBLIC)


@pytest.mark.parametrize("private", ["10.0.0.1", "::1", "169.254.169.254", "::ffff:8.8.8.8"])
async def test_one_address_that_is_not_public_refuses_the_name(private: str) -> None:
    assert await fault(FlippingResolver((*PUBLIC, private))) == "address_refused"
    assert await fault(FlippingResolver((private, *PUBLIC))) == "address_refused"


async def test_an_address_in_the_url_is_not_looked_up() -> None:
    resolver = FlippingResolver(("10.0.0.1",))
    assert await addresses(resolver, "https://93.184.216.34/") == ["93.184.216.34"]
    assert await fault(resolver, "https://127.0.0.1/") == "address_refused"
    assert resolver.asked == []


async def test_a_name_without_an_address_is_unknown() -> None:
    async def fails(_name: str) -> tuple[IPAddress, ...]:
        raise OSError

    assert await fault(FlippingResolver(())) == "host_unknown"
    assert await fault(fails) == "host_unknown"


async def test_a_resolver_that_is_silent_is_waited_for_only_so_long(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def silent(_name: str) -> tuple[IPAddress, ...]:
        await asyncio.Event().wait()
        raise AssertionError

    monkeypatch.setattr(module, "LOOK_UP_WITHIN", 0.01)
    assert await fault(silent) == "host_unknown"


async def test_the_systems_resolver_knows_this_machine() -> None:
    assert IPv4Address("127.0.0.1") in await look_up("localhost")


def test_the_rules_are_those_of_the_settings() -> None:
    given = Settings(webhook_ports=(8443,), webhook_loopback=True)
    assert guard_of(given).rules == OutboundRules(ports=(8443,), loopback=True)
    assert guard_of(Settings()).rules == OutboundRules()
