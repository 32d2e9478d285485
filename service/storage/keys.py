"""API keys in the database: by prefix, with the digest of the secret beside them."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models.domain.api_key import ApiKey
from models.tables import ApiKeyRow
from service.storage.database import Store
from service.storage.scope import look_up_key


async def add(store: Store, key: ApiKey, secret_digest: str) -> None:
    """Store a new key of the programme."""
    store.session.add(
        ApiKeyRow(
            programme_key=store.programme,
            id=key.id,
            name=key.name,
            prefix=key.prefix,
            secret_digest=secret_digest,
            created_at=key.created_at,
        )
    )
    await store.session.flush()


async def find(session: AsyncSession, prefix: str) -> tuple[ApiKey, str] | None:
    """The key with this prefix and the digest of its secret, whatever its programme."""
    await look_up_key(session, prefix)
    row = await session.scalar(select(ApiKeyRow).where(ApiKeyRow.prefix == prefix))
    if row is None:
        return None
    key = ApiKey(
        id=row.id,
        programme=row.programme_key,
        name=row.name,
        prefix=row.prefix,
        created_at=row.created_at,
    )
    return key, row.secret_digest
