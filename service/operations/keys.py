"""API keys: making one, and telling whose one is."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import uuid4

from sqlalchemy.ext.asyncio import AsyncSession

from models.domain.api_key import ApiKey
from service.errors import NotAuthenticated, SettingRefused, one_issue
from service.security.keys import is_key, make_key, prefix_of
from service.storage import keys, programmes
from service.storage.database import Store

LONGEST_NAME = 100
NO_DIGEST = "0" * 64


async def create_key(store: Store, name: str) -> tuple[ApiKey, str]:
    """A new key of the store's programme, and its text, which is known now and never again.

    Raises `SettingRefused` for an unknown programme and for a name that is blank or long.
    """
    if await programmes.find(store) is None:
        raise SettingRefused(
            one_issue(
                "PROGRAMME_UNKNOWN",
                f"There is no programme {store.programme} in the database.",
                hint="Run `pairwell database upgrade`, or check PAIRWELL_PROGRAMME.",
                value=store.programme,
            )
        )
    if not 0 < len(name.strip()) <= LONGEST_NAME or not name.isprintable():
        raise SettingRefused(
            one_issue(
                "KEY_NAME_REFUSED",
                f"A key's name has 1 to {LONGEST_NAME} printable characters.",
                hint="Name it after the system that will use it, such as `hr-system`.",
                value=name,
            )
        )
    made = make_key()
    key = ApiKey(
        id=uuid4(),
        programme=store.programme,
        name=name.strip(),
        prefix=made.prefix,
        created_at=datetime.now(UTC),
    )
    await keys.add(store, key, made.digest)
    return key, made.text


async def authenticate(session: AsyncSession, text: str | None) -> ApiKey:
    """The key with this text. Raises `NotAuthenticated`, which never says what was wrong."""
    prefix = prefix_of(text) if text else None
    found = await keys.find(session, prefix) if prefix else None
    key, digest = found or (None, NO_DIGEST)
    # The comparison is made for an unknown prefix too, so that time tells nothing.
    if not is_key(text or "", digest) or key is None:
        raise NotAuthenticated(
            one_issue(
                "KEY_REFUSED",
                "This needs an API key of the service.",
                hint="Send `Authorization: Bearer pw_…`; `pairwell keys create` makes a key.",
            )
        )
    return key
