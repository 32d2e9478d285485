"""API keys: making, listing, rotating and revoking them, and telling whose one is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from ipaddress import ip_network
from uuid import UUID, uuid4

from pydantic import Field
from sqlalchemy.ext.asyncio import AsyncSession

from models.domain.api_key import ApiKey, KeyRole
from models.domain.base import Frozen
from models.domain.issue import Issue
from service.errors import Conflicting, NotAuthenticated, SettingRefused, not_found, one_issue
from service.operations.audit import record
from service.security.keys import is_key, make_key, prefix_of
from service.storage import keys, programmes
from service.storage.database import Store

LONGEST_NAME = 100
LONGEST_DAYS = 365
LONGEST_OVERLAP_HOURS = 168
NO_DIGEST = "0" * 64


class KeyRequest(Frozen):
    """A key that is wanted: for which system, to do what, for how long and from where."""

    name: str
    role: KeyRole = "hr_system"
    days: int = LONGEST_DAYS
    networks: tuple[str, ...] = Field(default=(), max_length=100)


async def create_key(store: Store, wanted: KeyRequest) -> tuple[ApiKey, str]:
    """A new key of the store's programme, and its text, which is known now and never again.

    Raises `SettingRefused` with everything that is wrong with what is wanted.
    """
    issues = [*await _programme_issues(store), *_issues(wanted)]
    if issues:
        raise SettingRefused(issues)
    now = datetime.now(UTC)
    return await _add(
        store,
        name=wanted.name.strip(),
        role=wanted.role,
        networks=tuple(str(ip_network(network)) for network in wanted.networks),
        created_at=now,
        expires_at=now + timedelta(days=wanted.days),
    )


async def list_keys(store: Store) -> tuple[ApiKey, ...]:
    """The programme's keys, those that have ended too, the newest last."""
    return await keys.every(store)


async def rotate_key(store: Store, key_id: UUID, overlap_hours: float) -> tuple[ApiKey, str]:
    """A new key like an active one, which ends after the overlap at the latest.

    Raises `NotFound` for no key of the programme, `Conflicting` for one that has ended.
    """
    old, now = await _found(store, key_id), datetime.now(UTC)
    if old.state_at(now) != "active":
        raise Conflicting(
            one_issue(
                "KEY_ENDED",
                f"The key {old.prefix} is {old.state_at(now)}.",
                hint="Make a new key instead.",
                value=old.prefix,
            )
        )
    made = await _add(
        store,
        name=old.name,
        role=old.role,
        networks=old.networks,
        created_at=now,
        expires_at=now + (old.expires_at - old.created_at),
    )
    ends = min(old.expires_at, now + timedelta(hours=overlap_hours))
    await keys.end(store, key_id, expires_at=ends)
    await record(store, "key replaced", _subject(old), expires_at=ends.isoformat())
    return made


async def revoke_key(store: Store, key_id: UUID) -> ApiKey:
    """End a key at once; one that was revoked before stays as it is."""
    key = await _found(store, key_id)
    if key.revoked_at is not None:
        return key
    now = datetime.now(UTC)
    await keys.end(store, key_id, revoked_at=now)
    await record(store, "key revoked", _subject(key))
    return key.model_copy(update={"revoked_at": now})


async def authenticate(session: AsyncSession, text: str | None, address: str = "") -> ApiKey:
    """The key with this text, used from an address.

    Raises `NotAuthenticated`. Only who holds the secret is told that the key has ended, or that
    it may not be used from there.
    """
    prefix = prefix_of(text) if text else None
    found = await keys.find_by_prefix(session, prefix) if prefix else None
    key, digest = found or (None, NO_DIGEST)
    # The comparison is made for an unknown prefix too, so that time tells nothing.
    if not is_key(text or "", digest) or key is None:
        raise _unknown()
    _require_active(key, datetime.now(UTC))
    if not key.may_come_from(address):
        message = "This API key may not be used from this address."
        hint = "Use it from the networks that it was made for."
        raise NotAuthenticated(one_issue("KEY_NETWORK_REFUSED", message, hint=hint))
    return key


async def require_key(store: Store, key_id: UUID, now: datetime) -> None:
    """Raises `NotAuthenticated` where a key that let somebody in has ended since."""
    key = await keys.find(store, key_id)
    if key is None:
        raise _unknown()
    _require_active(key, now)


async def _add(
    store: Store,
    *,
    name: str,
    role: KeyRole,
    networks: tuple[str, ...],
    created_at: datetime,
    expires_at: datetime,
) -> tuple[ApiKey, str]:
    made = make_key()
    key = ApiKey(
        id=uuid4(),
        programme=store.programme,
        prefix=made.prefix,
        name=name,
        role=role,
        networks=networks,
        created_at=created_at,
        expires_at=expires_at,
    )
    await keys.add(store, key, made.digest)
    await record(store, "key made", _subject(key), role=role, expires_at=expires_at.isoformat())
    return key, made.text


def _unknown() -> NotAuthenticated:
    hint = "Send `Authorization: Bearer pw_…`; `pairwell keys create` makes a key."
    message = "This needs an API key of the service."
    return NotAuthenticated(one_issue("KEY_REFUSED", message, hint=hint))


def _require_active(key: ApiKey, now: datetime) -> None:
    state = key.state_at(now)
    if state != "active":
        hint = "Make a new one, or use the one that it was replaced by."
        raise NotAuthenticated(one_issue("KEY_ENDED", f"This API key is {state}.", hint=hint))


def _subject(key: ApiKey) -> str:
    return f"key:{key.prefix}"


async def _found(store: Store, key_id: UUID) -> ApiKey:
    key = await keys.find(store, key_id)
    if key is None:
        raise not_found("key", key_id)
    return key


async def _programme_issues(store: Store) -> tuple[Issue, ...]:
    if await programmes.find(store) is not None:
        return ()
    return one_issue(
        "PROGRAMME_UNKNOWN",
        f"There is no programme {store.programme} in the database.",
        hint="Run `pairwell database upgrade`, or check PAIRWELL_PROGRAMME.",
        value=store.programme,
    )


def _issues(wanted: KeyRequest) -> list[Issue]:
    issues = list[Issue]()
    if not 0 < len(wanted.name.strip()) <= LONGEST_NAME or not wanted.name.isprintable():
        issues += one_issue(
            "KEY_NAME_REFUSED",
            f"A key's name has 1 to {LONGEST_NAME} printable characters.",
            hint="Name it after the system that will use it, such as `hr-system`.",
            value=wanted.name,
        )
    if not 1 <= wanted.days <= LONGEST_DAYS:
        issues += one_issue(
            "KEY_EXPIRY_REFUSED",
            f"A key lasts 1 to {LONGEST_DAYS} days.",
            hint="Rotate it before it ends.",
            value=wanted.days,
        )
    for network in wanted.networks:
        try:
            ip_network(network)
        except ValueError:
            issues += one_issue(
                "KEY_NETWORK_REFUSED",
                f"{network} is no network.",
                hint="Give a CIDR block, such as 192.0.2.0/24.",
                value=network,
            )
    return issues
