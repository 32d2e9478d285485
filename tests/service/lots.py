"""How often something is taken from an allowance in the database."""

from __future__ import annotations

import pytest

from service.storage import allowances


def lots_taken(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """A list that grows with every lot that is taken."""
    taken: list[object] = []
    take = allowances.take

    async def noted(*given: object) -> int:
        taken.append(given)
        return await take(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(allowances, "take", noted)
    return taken
