"""Settings of who may sign in, and from where the service may be reached."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from service.settings import Settings

WHOLE: dict[str, Any] = {
    "public_url": "https://pairwell.example.gov.uk",
    "oidc_issuer": "https://login.example.gov.uk",
    "oidc_client_id": "pairwell",
    "oidc_roles": {"people-who-plan": "planner"},
}


def refused(**given: Any) -> dict[str, str]:
    """What is wrong with settings, by name."""
    with pytest.raises(ValidationError) as error:
        Settings(**given)
    return {str(fault["loc"][0]): fault["msg"] for fault in error.value.errors()}


def test_without_a_provider_nobody_signs_in_by_one() -> None:
    assert Settings().oidc is None


def test_a_whole_set_of_settings_names_a_provider_and_where_it_sends_people_back_to() -> None:
    oidc = Settings(**WHOLE, oidc_client_secret="s").oidc  # noqa: S106
    assert oidc is not None
    assert oidc.redirect_uri == "https://pairwell.example.gov.uk/sign-in/callback"
    assert (oidc.issuer, oidc.algorithm) == ("https://login.example.gov.uk", "RS256")
    assert "secret='s'" not in repr(oidc)


@pytest.mark.parametrize("missing", ["public_url", "oidc_client_id", "oidc_roles"])
def test_a_provider_needs_all_that_makes_it_useful(missing: str) -> None:
    given = {name: value for name, value in WHOLE.items() if name != missing}
    assert f"PAIRWELL_{missing.upper()}" in refused(**given)["oidc_issuer"]


def test_lists_come_with_commas_and_roles_as_json(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAIRWELL_ALLOWED_HOSTS", "a.b, c.d,")
    monkeypatch.setenv("PAIRWELL_TRUSTED_PROXIES", "192.0.2.1,198.51.100.0/24")
    monkeypatch.setenv("PAIRWELL_OIDC_ROLES", '{"people-who-plan": "planner"}')
    settings = Settings()
    assert settings.hosts == {"a.b", "c.d"}
    assert settings.trusted_proxies == ("192.0.2.1", "198.51.100.0/24")
    assert settings.oidc_roles == {"people-who-plan": "planner"}


@pytest.mark.parametrize("roles", ['{"people": "hr_system"}', '{"people": "owner"}', "[]", "{x"])
def test_a_role_that_no_person_has_cannot_be_given(
    monkeypatch: pytest.MonkeyPatch, roles: str
) -> None:
    monkeypatch.setenv("PAIRWELL_OIDC_ROLES", roles)
    assert set(refused()) == {"oidc_roles"}


@pytest.mark.parametrize("host", ["*", "*.b", "a.b:80", "a b", "a.b/", "https://a.b", ""])
def test_a_host_is_named_exactly(host: str) -> None:
    assert set(refused(allowed_hosts=(host,))) == {"allowed_hosts"}


@pytest.mark.parametrize("network", ["*", "192.0.2.1/24", "proxy"])
def test_a_proxy_is_named_by_its_address(network: str) -> None:
    assert set(refused(trusted_proxies=(network,))) == {"trusted_proxies"}


def test_the_public_host_is_always_one_that_is_answered_for() -> None:
    settings = Settings(
        public_url="https://Pairwell.Example.gov.uk:8443/", allowed_hosts=("[::1]",)
    )
    assert settings.public_url == "https://pairwell.example.gov.uk:8443"
    assert settings.hosts == {"pairwell.example.gov.uk", "[::1]"}


@pytest.mark.parametrize("environment", ["development", "production"])
def test_plain_http_does_on_this_machine_and_outside_of_production_only(environment: Any) -> None:
    local = WHOLE | {"public_url": "http://localhost:8000", "oidc_issuer": "http://127.0.0.1:9000"}
    if environment == "development":
        assert Settings(**local, environment=environment).oidc is not None
    else:
        assert set(refused(**local, environment=environment)) == {"public_url", "oidc_issuer"}
    for far in ("http://pairwell.example.gov.uk", "http://192.0.2.1"):
        assert "public_url" in refused(public_url=far, environment=environment)
