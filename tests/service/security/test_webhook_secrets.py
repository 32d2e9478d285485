from __future__ import annotations

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from standardwebhooks import Webhook

from service.security.webhook_secrets import make_salt, secret_of, signed_headers

KEY, WEBHOOK, EVENT = b"k" * 32, uuid4(), uuid4()


def test_a_secret_follows_from_everything_that_it_belongs_to() -> None:
    secret = secret_of(KEY, "one", WEBHOOK, "salt")
    assert secret == secret_of(KEY, "one", WEBHOOK, "salt")
    others = {
        secret_of(b"l" * 32, "one", WEBHOOK, "salt"),
        secret_of(KEY, "two", WEBHOOK, "salt"),
        secret_of(KEY, "one", uuid4(), "salt"),
        secret_of(KEY, "one", WEBHOOK, make_salt()),
    }
    assert len({secret, *others}) == 5


def test_there_is_no_secret_without_a_key() -> None:
    with pytest.raises(RuntimeError):
        secret_of(b"", "one", WEBHOOK, "salt")


def test_each_secret_verifies_what_all_of_them_have_signed() -> None:
    secrets = [secret_of(KEY, "one", WEBHOOK, salt) for salt in ("new", "old")]
    headers = signed_headers(secrets, EVENT, datetime.now(UTC), '{"a":"é"}')
    assert headers["webhook-id"] == str(EVENT)
    for secret in secrets:
        assert Webhook(secret).verify('{"a":"é"}'.encode(), headers) == {"a": "é"}
