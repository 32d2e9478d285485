"""What must not be so in production. Every danger is told at once, each with its remedy."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from ipaddress import ip_address, ip_network
from pathlib import Path
from typing import Literal

from sqlalchemy.engine import URL, make_url

from models.domain.issue import Issue
from service.database_url import is_postgresql
from service.errors import SettingRefused
from service.settings import Settings

Part = Literal["service", "worker"]
"""What is about to start: `pairwell serve`, or `pairwell worker`."""

DEBUGGING = ("PAIRWELL_TRACEBACK", "FAILPOINT", "PYTHONASYNCIODEBUG")
"""Variables that show or do what only a developer may see."""

LEAST_DIFFERENT = 12
"""A key made by chance has more different characters, even in hexadecimal."""

WELL_KNOWN = ("change", "default", "example", "password", "secret", "for tests")
"""Words in keys that somebody made up, or copied from a page."""


def require_safe(settings: Settings, part: Part, environment: Mapping[str, str]) -> None:
    """Raises `SettingRefused` with every danger there is; in development none counts."""
    if found := dangers(settings, part, environment):
        raise SettingRefused(found)


def dangers(settings: Settings, part: Part, environment: Mapping[str, str]) -> tuple[Issue, ...]:
    """Every setting that is not safe in production; none in development.

    Who the database's role is only the database can say: `service.operations.safety`.
    """
    if not settings.in_production:
        return ()
    return tuple(
        danger(variable, message, remedy)
        for check in CHECKS
        for variable, message, remedy in check(settings, part, environment)
    )


def danger(variable: str, message: str, remedy: str) -> Issue:
    """The issue of one danger; the variable's value is never in it."""
    return Issue(
        code="INSECURE_IN_PRODUCTION",
        message=f"{variable}: {message}",
        hint=remedy,
        detail={"setting": variable},
    )


Found = Iterator[tuple[str, str, str]]
"""The variable, what is dangerous about it, and the remedy."""


def _debugging(_settings: Settings, _part: Part, environment: Mapping[str, str]) -> Found:
    for variable in DEBUGGING:
        if environment.get(variable, "0") not in ("", "0"):
            yield variable, "is set, and is for looking for faults only", "Unset it."


def _development_only(settings: Settings, _part: Part, _environment: Mapping[str, str]) -> Found:
    for name, field in type(settings).model_fields.items():
        marked = isinstance(field.json_schema_extra, dict) and field.json_schema_extra.get(
            "development_only"
        )
        if marked and getattr(settings, name) != field.get_default(call_default_factory=True):
            yield f"PAIRWELL_{name.upper()}", "is for development only", "Unset it."


def _audit_key(settings: Settings, _part: Part, _environment: Mapping[str, str]) -> Found:
    variable = "PAIRWELL_AUDIT_KEY"
    if settings.audit_key is None:
        yield (
            variable,
            "is not set, so that the key of the audit log would lie beside the database",
            "Set it to what `openssl rand -hex 32` gives, or to what the key file there holds.",
        )
        return
    key = settings.audit_key.get_secret_value().lower()
    if len(set(key)) < LEAST_DIFFERENT or any(word in key for word in WELL_KNOWN):
        yield variable, "can be guessed", "Make one by chance: `openssl rand -hex 32`."


def _anchors(settings: Settings, _part: Part, _environment: Mapping[str, str]) -> Found:
    database, anchors = make_url(settings.database_url), settings.audit_anchors
    if anchors is None or database.get_backend_name() != "sqlite":
        return
    if anchors.resolve().parent == Path(str(database.database)).resolve().parent:
        yield (
            "PAIRWELL_AUDIT_ANCHORS",
            "is a file beside the database, where whoever changes the one can change the other",
            "Name a file on another disk or machine.",
        )


def _one_process_on_sqlite(
    settings: Settings, part: Part, _environment: Mapping[str, str]
) -> Found:
    if is_postgresql(settings.database_url) or (part == "service" and settings.with_worker):
        return
    yield (
        "PAIRWELL_DATABASE_URL",
        "is a SQLite file, and several processes were to work on it",
        "Let `pairwell serve` solve as well, or use PostgreSQL.",
    )


def _owner(settings: Settings, _part: Part, _environment: Mapping[str, str]) -> Found:
    if settings.database_owner_url is not None:
        yield (
            "PAIRWELL_DATABASE_OWNER_URL",
            "names the role that can switch row-level security off",
            "Unset it where the service runs; only `pairwell database` needs it.",
        )


def _unencrypted_database(
    settings: Settings, _part: Part, _environment: Mapping[str, str]
) -> Found:
    url = make_url(settings.database_url)
    if not is_postgresql(settings.database_url) or _stays_here(url):
        return
    if url.query.get("ssl") != "verify-full":
        yield (
            "PAIRWELL_DATABASE_URL",
            "goes over the network without making sure of the server",
            "Add `?sslmode=verify-full`.",
        )


def _stays_here(url: URL) -> bool:
    host = str(url.query.get("host") or url.host or "")
    if host in ("", "localhost") or host.startswith("/"):
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _trusted_proxies(settings: Settings, _part: Part, _environment: Mapping[str, str]) -> Found:
    if any(ip_network(network).prefixlen == 0 for network in settings.trusted_proxies):
        yield (
            "PAIRWELL_TRUSTED_PROXIES",
            "lets every caller make up the address that it calls from",
            "List the addresses of the proxies that stand before the service.",
        )


CHECKS: tuple[Callable[[Settings, Part, Mapping[str, str]], Found], ...] = (
    _debugging,
    _development_only,
    _audit_key,
    _anchors,
    _one_process_on_sqlite,
    _owner,
    _unencrypted_database,
    _trusted_proxies,
)
