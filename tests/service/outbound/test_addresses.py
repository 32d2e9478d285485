from __future__ import annotations

from ipaddress import ip_address, ip_network

import pytest

from service.outbound.addresses import NOT_PUBLIC_V4, NOT_PUBLIC_V6, is_public
from tests.service.outbound.corpus import SPECIAL_V4, SPECIAL_V6


@pytest.mark.parametrize("text", [*SPECIAL_V4, *SPECIAL_V6, "2600::1%eth0"])
def test_special_addresses_are_not_public(text: str) -> None:
    assert not is_public(ip_address(text))


@pytest.mark.parametrize(
    "text",
    ["1.1.1.1", "8.8.8.8", "93.184.216.34", "2606:4700::1111", "2a00:1450::1", "2001:200::1"],
)
def test_addresses_of_hosts_on_the_internet_are_public(text: str) -> None:
    assert is_public(ip_address(text))


@pytest.mark.parametrize("block", [*NOT_PUBLIC_V4, *NOT_PUBLIC_V6], ids=str)
def test_every_block_is_refused_from_its_first_address_to_its_last(block: object) -> None:
    network = ip_network(str(block))
    assert not is_public(network[0])
    assert not is_public(network[-1])


def test_the_neighbours_of_a_block_are_public() -> None:
    """A mask that is too wide would shut somebody out."""
    for text in ("9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "172.15.255.255"):
        assert is_public(ip_address(text))
    for text in ("172.32.0.0", "192.167.255.255", "192.169.0.0", "223.255.255.255", "2003::"):
        assert is_public(ip_address(text))
