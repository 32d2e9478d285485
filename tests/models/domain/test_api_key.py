from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from models.domain.api_key import ApiKey

MADE = datetime(2026, 1, 1, tzinfo=UTC)


def a_key(**given: Any) -> ApiKey:
    facts: dict[str, Any] = {
        "id": uuid4(),
        "programme": "p",
        "name": "hr-system",
        "prefix": "0" * 12,
        "role": "planner",
        "created_at": MADE,
        "expires_at": MADE + timedelta(days=1),
    }
    return ApiKey(**facts | given)


def test_a_key_ends_at_its_moment_and_not_before() -> None:
    key = a_key()
    almost = key.expires_at - timedelta(microseconds=1)
    assert (key.state_at(almost), key.state_at(key.expires_at)) == ("active", "expired")
    revoked = a_key(revoked_at=MADE)
    assert (revoked.state_at(MADE), revoked.state_at(key.expires_at)) == ("revoked", "revoked")


@pytest.mark.parametrize(
    ("address", "allowed"),
    [
        ("192.0.2.7", True),
        ("2001:db8::1", True),
        ("198.51.100.1", False),
        ("2001:db9::1", False),
        ("", False),
        ("testclient", False),
    ],
)
def test_a_key_with_networks_is_used_from_within_them(address: str, allowed: bool) -> None:
    key = a_key(networks=("192.0.2.0/24", "2001:db8::/32"))
    assert key.may_come_from(address) is allowed
    assert a_key().may_come_from(address)
