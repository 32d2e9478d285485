from __future__ import annotations

import pytest

from service.errors import SettingRefused
from service.outbound.destinations import OutboundRules, read_destination

RULES = OutboundRules(ports=(443, 8443))
DEVELOPMENT = OutboundRules(loopback=True)


def codes(url: str, rules: OutboundRules = RULES) -> list[str]:
    with pytest.raises(SettingRefused) as refused:
        read_destination(url, rules)
    assert all(issue.pointer == "/url" and issue.hint for issue in refused.value.issues)
    return [issue.code for issue in refused.value.issues]


@pytest.mark.parametrize(
    ("url", "spelling"),
    [
        ("https://hr.example.gov.uk", "https://hr.example.gov.uk/"),
        ("HTTPS://HR.Example.gov.uk:443/hook?a=b", "https://hr.example.gov.uk/hook?a=b"),
        ("https://hr.example.gov.uk:8443/", "https://hr.example.gov.uk:8443/"),
        ("https://faß.example/", "https://xn--fa-hia.example/"),
        ("https://пример.example/", "https://xn--e1afmkfd.example/"),
        ("https://[2606:4700:0::1111]/", "https://[2606:4700::1111]/"),
        ("https://93.184.216.34/", "https://93.184.216.34/"),
        ("https://９３.184.216.34/", "https://93.184.216.34/"),
    ],
)
def test_a_url_has_one_spelling(url: str, spelling: str) -> None:
    destination = read_destination(url, RULES)
    assert destination.url == spelling
    assert read_destination(destination.url, RULES) == destination


def test_everything_that_is_wrong_is_told_at_once() -> None:
    assert codes("http://user@example.org:22/#top") == [
        *["WEBHOOK_URL_REFUSED"] * 3,
        "WEBHOOK_PORT_REFUSED",
    ]


@pytest.mark.parametrize(
    "host", ["0x7f.1", "127.1", "2130706433", "0177.0.0.1", "127.0.0.01", "0", "1.2.3.4.5", "9.9."]
)
def test_a_number_in_any_other_notation_than_four_decimals_is_refused(host: str) -> None:
    assert codes(f"https://{host}/") == ["WEBHOOK_URL_REFUSED"]


@pytest.mark.parametrize(
    "url",
    ["https://example.org./", "https://a_b.example/", "https://[::1%25lo]/", "https://x\\y/", ""],
)
def test_what_can_be_read_in_two_ways_is_refused(url: str) -> None:
    assert codes(url) == ["WEBHOOK_URL_REFUSED"]


def test_plain_http_is_for_this_machine_and_for_development() -> None:
    url = "http://127.0.0.1:8080/hook"
    assert codes(url) == ["WEBHOOK_URL_REFUSED", "WEBHOOK_PORT_REFUSED"]
    assert read_destination(url, DEVELOPMENT).url == url
    elsewhere = read_destination("http://93.184.216.34/", DEVELOPMENT)
    assert elsewhere.address is not None
    assert not DEVELOPMENT.permit(elsewhere, elsewhere.address)


def test_development_does_not_open_other_ports_of_the_internet() -> None:
    elsewhere = read_destination("https://93.184.216.34:22/", DEVELOPMENT)
    assert elsewhere.address is not None
    assert not DEVELOPMENT.permit(elsewhere, elsewhere.address)
