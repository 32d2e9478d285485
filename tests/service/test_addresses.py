from __future__ import annotations

import pytest

from service.addresses import host_of, is_safe_address


@pytest.mark.parametrize(
    "address",
    ["ftp://a.b", "https://", "a.b", "https://me@a.b", "https://a.b#x", "http://a.b", "file:///x"],
)
def test_what_is_no_safe_address_is_known(address: str) -> None:
    assert not is_safe_address(address, may_be_plain=True)


@pytest.mark.parametrize(
    ("header", "host"),
    [
        ("a.b", "a.b"),
        ("A.B:80", "a.b"),
        ("[::1]:8000", "[::1]"),
        ("a.b:", None),
        ("a.b:x", None),
        ("a.b/", None),
        ("::1", None),
        ("", None),
        ("a.b\n", None),
        ("ａ.b", None),
    ],
)
def test_a_host_header_is_read_to_the_letter(header: str, host: str | None) -> None:
    assert host_of(header) == host
