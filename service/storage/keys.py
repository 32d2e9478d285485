"""API keys in the database: by prefix, with the digest of the secret beside them."""

from __future__ import annotations

import json
from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from models.domain.api_key import ApiKey
from models.tables import ApiKeyRow
from service.storage.database import Store
from service.storage.scope import look_up_key


async def add(store: Store, key: ApiKey, secret_digest: str) -> None:
    """Store a new key of the programme."""
    facts = key.model_dump(exclude={"programme", "networks"})
    store.session.add(
        ApiKeyRow(
            programme_key=store.programme,
            networks=json.dumps(key.networks),
            secret_digest=secret_digest,
            **facts,
        )
    )
    await store.session.flush()


async def find_by_prefix(session: AsyncSession, prefix: str) -> tuple[ApiKey, str] | None:
    """The key with this prefix and the digest of its secret, whatever its programme."""
    await look_up_key(session, prefix)
    row = await session.scalar(select(ApiKeyRow).where(ApiKeyRow.prefix == prefix))
    return None if row is None else (_key(row), row.secret_digest)


async def find(store: Store, key_id: UUID) -> ApiKey | None:
    """A key of the programme."""
    row = await store.session.get(ApiKeyRow, (store.programme, key_id))
    return None if row is None else _key(row)


async def every(store: Store) -> tuple[ApiKey, ...]:
    """The programme's keys, the newest last."""
    rows = await store.session.scalars(
        select(ApiKeyRow)
        .where(ApiKeyRow.programme_key == store.programme)
        .order_by(ApiKeyRow.created_at, ApiKeyRow.prefix)
    )
    return tuple(_key(row) for row in rows)


async def end(store: Store, key_id: UUID, **moments: datetime) -> None:
    """Set `expires_at` or `revoked_at` of a key."""
    await store.session.execute(
        update(ApiKeyRow)
        .where(ApiKeyRow.programme_key == store.programme, ApiKeyRow.id == key_id)
        .values(**moments)
    )


def _key(row: ApiKeyRow) -> ApiKey:
    return ApiKey.model_validate(
        {
            "id": row.id,
            "programme": row.programme_key,
            "name": row.name,
            "prefix": row.prefix,
            "role": row.role,
            "networks": tuple(json.loads(row.networks)),
            "created_at": row.created_at,
            "expires_at": row.expires_at,
            "revoked_at": row.revoked_at,
        }
    )
