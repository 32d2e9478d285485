"""Hosts and URLs with which somebody might try to reach what is not public.

`{port}` in a URL stands for a port at which somebody listens, so that a hole would be seen.
"""

from __future__ import annotations

from itertools import product

# fmt: off
SPECIAL_V4 = (
    "0.0.0.0", "0.0.0.1", "0.255.255.255", "10.0.0.0", "10.1.2.3", "10.255.255.255",  # noqa: S104
    "100.64.0.0",
    "100.100.100.200", "100.127.255.255", "127.0.0.0", "127.0.0.1", "127.1.2.3",
    "127.255.255.254", "169.254.0.1", "169.254.169.254", "169.254.170.2", "169.254.255.255",
    "172.16.0.0", "172.20.1.1", "172.31.255.255", "192.0.0.1", "192.0.0.170", "192.0.0.192",
    "192.0.2.1", "192.88.99.1", "192.168.0.0", "192.168.1.1", "192.168.255.255", "198.18.0.1",
    "198.19.255.255", "198.51.100.7", "203.0.113.9", "224.0.0.1", "224.0.0.251",
    "239.255.255.250", "240.0.0.1", "254.1.1.1", "255.255.255.255",
)

SPECIAL_V6 = (
    "::", "::1", "::2", "64:ff9b:1::1", "100::1", "2001::1", "2001:2::1", "2001:10::1",
    "2001:20::1", "2001:db8::1", "2001:db8:85a3::8a2e:370:7334", "3fff::1", "5f00::1", "fc00::1",
    "fc00:1234::1", "fd00::1", "fd00:ec2::254", "fdff:ffff::1", "fe80::1", "fe80::a9fe:a9fe",
    "febf::1", "fec0::1", "ff01::1", "ff02::1", "ff02::fb", "ff05::2", "ff0e::1",
)

WRAPPED = ("127.0.0.1", "10.0.0.1", "169.254.169.254", "192.168.1.1", "8.8.8.8")
WRAPPERS = ("::ffff:{}", "::{}", "64:ff9b::{}", "64:ff9b:1::{}", "::ffff:0:{}", "fe80::5efe:{}")

NUMBERS = (
    "2130706433", "017700000001", "0x7f000001", "0x7F000001", "127.1", "127.0.1", "0177.0.0.1",
    "0x7f.0.0.1", "0x7f.1", "127.0.0.01", "127.000.000.001", "00127.0.0.1", "0", "0x0", "00",
    "0.0", "1", "2852039166", "0xa9fea9fe", "0251.0376.0251.0376", "0xa9.0xfe.0xa9.0xfe",
    "169.254.43518", "169.16689662", "3232235777", "0300.0250.1.1", "192.168.257", "10.1",
    "012.1", "4294967295", "4294967296", "340282366920938463463374607431768211456", "127.0.0.256",
    "127.0.0.1.1", "1.2.3.4.5", "127..1", "127.0.0.1.", "127.0.0.0x1", "0x", "0x7f.0x0.0x0.0x1",
)

# fmt: on
LOOK_ALIKES = (
    "１２７.0.0.1",  # full-width digits
    "127。0。0。1",  # ideographic full stops
    "①②⑦.⓪.⓪.①",
    "１６９．２５４．１６９．２５４",
    "localhost",
    "LOCALHOST",
    "ⓛⓞⓒⓐⓛⓗⓞⓢⓣ",
    "localhost.localdomain",
    "ip6-localhost",
    "metadata.google.internal",
    "metadata",
    "intranet",
    "db.prod.internal",
    "printer.local",
    "127.0.0.1.nip.example",
    "rebind.example.org",
    "xn--e1afmkfd.example",
    "пример.example",
    "faß.example",
    "a.example.org",
)
"""Where these are names, the resolver of the test has a private address for them."""

SHAPES = (
    "http://93.184.216.34:{port}/",
    "http://example.org/",
    "ftp://example.org/",
    "file:///etc/passwd",
    "file://localhost/etc/passwd",
    "gopher://127.0.0.1:{port}/_GET",
    "dict://127.0.0.1:{port}/",
    "ldap://127.0.0.1:{port}/",
    "unix:///var/run/docker.sock",
    "data:text/plain,hello",
    "javascript:alert(1)",
    "ws://127.0.0.1:{port}/",
    "//127.0.0.1:{port}/",
    "127.0.0.1:{port}",
    "https:/127.0.0.1:{port}/",
    "https:127.0.0.1:{port}/",
    "https:///127.0.0.1:{port}/",
    "https://",
    "https://:{port}/",
    "",
    "https://user@127.0.0.1:{port}/",
    "https://user:password@127.0.0.1:{port}/",
    "https://example.org@127.0.0.1:{port}/",
    "https://127.0.0.1:{port}@example.org/",
    "https://example.org:443@127.0.0.1:{port}/",
    "https://@127.0.0.1:{port}/",
    "https://example.org#@127.0.0.1:{port}/",
    "https://127.0.0.1:{port}#@example.org/",
    "https://127.0.0.1:{port}\\@example.org/",
    "https://example.org\\@127.0.0.1:{port}/",
    "https:\\\\127.0.0.1:{port}\\",
    "https://127.0.0.1:{port}\t/",
    "https://127.0.0.1\r\n:{port}/",
    "https://127.0.0.1:{port}/\r\nhost: internal",
    "https://127.0.0.1%00.example.org:{port}/",
    "https://127.0.0.1%2f@example.org:{port}/",
    "https://%31%32%37.0.0.1:{port}/",
    "https://127.0.0.1 .example.org:{port}/",
    " https://127.0.0.1:{port}/",
    "https://[127.0.0.1]:{port}/",
    "https://[::1%25lo]:{port}/",
    "https://[::1%lo]:{port}/",
    "https://[fe80::1%25eth0]:{port}/",
    "https://[::1",
    "https://::1:{port}/",
    "https://[::1]]:{port}/",
    "https://[v1.x]:{port}/",
    "https://example.org:22/",
    "https://example.org:6379/",
    "https://example.org:0/",
    "https://example.org:65536/",
    "https://example.org:-1/",
    "https://example.org:port/",
    "https://example.org:８０/",
    "https://under_score.example:{port}/",
    "https://-dash.example:{port}/",
    "https://a..b.example:{port}/",
    "https://.example:{port}/",
    "https://" + "a" * 64 + ".example:{port}/",
    "https://" + "a." * 130 + "example:{port}/",
    "https://127.0.0.1:{port}/" + "x" * 2000,
    "https://example.org/é",
)


def corpus(port: int) -> list[str]:
    """Every URL, none of which may lead to a connection."""
    wrapped = [wrapper.format(inner) for wrapper, inner in product(WRAPPERS, WRAPPED)]
    six = [f"2002:{0x7F00 + i:x}:1::" for i in range(8)] + [f"2001:0:{i:x}::1" for i in range(8)]
    hosts = [
        *SPECIAL_V4,
        *(f"{host}." for host in SPECIAL_V4),
        *NUMBERS,
        *LOOK_ALIKES,
        *(f"{name}." for name in LOOK_ALIKES),
        *(f"[{host}]" for host in (*SPECIAL_V6, *wrapped, *six)),
    ]
    urls = [f"https://{host}:{port}/" for host in hosts]
    urls += [f"https://{host}:{port}/latest/meta-data/" for host in (*SPECIAL_V4, *LOOK_ALIKES)]
    urls += [f"http://{host}:{port}/" for host in SPECIAL_V4]
    urls += [f"http://[{host}]:{port}/" for host in SPECIAL_V6]
    return urls + [shape.replace("{port}", str(port)) for shape in SHAPES]
