"""An API key as the service knows it: never the secret itself."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from models.domain.base import Frozen


class ApiKey(Frozen):
    """A key of a programme. `prefix` is the public part, by which the key is found and named."""

    id: UUID
    programme: str
    name: str
    prefix: str
    created_at: datetime
