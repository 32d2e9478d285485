"""The provider over HTTP, apart from the routes; people sign in in `tests/service/api`."""

from __future__ import annotations

import time
from typing import Any

import pytest

from service.errors import ProviderUnavailable
from service.security.identity_provider import KEPT_FOR, IdentityProvider
from service.security.sign_in_secret import SignInSecret
from service.settings import Settings
from tests.service.browsers import ORIGIN
from tests.service.providers import Provider, a_key, a_provider, signed

pytestmark = pytest.mark.anyio

WELL_KNOWN = "/.well-known/openid-configuration"


def known(provider: Provider, **how: Any) -> IdentityProvider:
    oidc = Settings(**provider.settings(ORIGIN)).oidc
    assert oidc is not None
    return IdentityProvider(oidc, **how)


async def test_its_description_is_kept_for_a_while_and_then_asked_for_again() -> None:
    now = [0.0]
    with a_provider() as provider:
        door = known(provider, clock=lambda: now[0])
        for seconds in (0.0, KEPT_FOR - 1, KEPT_FOR + 1):
            now[0] = seconds
            assert (await door.address(SignInSecret.fresh())).startswith(provider.issuer)
    assert provider.asked_for == [WELL_KNOWN] * 2


async def test_its_keys_are_asked_for_each_time_so_that_a_withdrawn_one_is_none() -> None:
    with a_provider() as provider:
        door, secret = known(provider), SignInSecret.fresh()
        provider.published = [a_key("next").as_dict(private=False)]
        provider.token = lambda claims: signed(claims, a_key("next"))
        back = provider.asked(await door.address(secret))
        code = back.partition("code=")[2].partition("&")[0]
        assert (await door.identify(secret, code, None)).subject == "somebody"
    assert provider.asked_for == [WELL_KNOWN, "/keys"]


async def test_no_redirect_of_it_is_followed() -> None:
    with a_provider() as provider, a_provider() as elsewhere:
        provider.moved_to = elsewhere.issuer
        elsewhere.description = {"issuer": provider.issuer}
        with pytest.raises(ProviderUnavailable):
            await known(provider).address(SignInSecret.fresh())
    assert provider.asked_for == [WELL_KNOWN]
    assert elsewhere.asked_for == []


async def test_one_that_is_gone_is_told_at_once() -> None:
    with a_provider() as provider:
        pass
    begun = time.monotonic()
    with pytest.raises(ProviderUnavailable):
        await known(provider).address(SignInSecret.fresh())
    assert time.monotonic() - begun < 5
