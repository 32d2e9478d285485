from __future__ import annotations

from pathlib import Path

import pytest

from service.errors import SettingRefused
from service.operations.database import upgrade_database
from service.operations.safety import require_safe_start
from service.settings import Settings
from tests.service.databases import chosen

KEY = "8f14e45fceea167a5a36dedd4bea2543a1b2c3d4"


async def refused_for(database_url: str) -> list[tuple[str, str]]:
    """The dangers of a service with this database."""
    settings = Settings(
        environment="production",
        audit_key=KEY,
        database_url=database_url,
        webhook_loopback=True,
    )
    with pytest.raises(SettingRefused) as refused:
        await require_safe_start(settings, "service", {})
    return [(issue.code, issue.message) for issue in refused.value.issues]


@pytest.mark.anyio
@pytest.mark.only_on("postgresql")
async def test_a_role_above_row_security_is_told_beside_what_else_is_dangerous(
    tmp_path: Path,
) -> None:
    urls = chosen().urls(tmp_path)
    await upgrade_database(Settings(**urls))
    served = await refused_for(urls["database_url"])
    assert [code for code, _ in served] == ["INSECURE_IN_PRODUCTION"]
    assert "PAIRWELL_WEBHOOK_LOOPBACK" in served[0][1]
    owned = await refused_for(urls["database_owner_url"])
    assert owned[0] == served[0]
    assert "owns the tables" in owned[1][1]
    above = await refused_for(chosen().unrestricted_url(tmp_path))
    assert [code for code, _ in above] == ["INSECURE_IN_PRODUCTION", "DATABASE_ROLE_REFUSED"]


@pytest.mark.anyio
async def test_a_database_that_is_not_there_hides_no_danger(tmp_path: Path) -> None:
    url = f"postgresql://me@/base?host={tmp_path}"
    assert [code for code, _ in await refused_for(url)] == ["INSECURE_IN_PRODUCTION"]


@pytest.mark.anyio
async def test_a_development_service_starts_with_anything(tmp_path: Path) -> None:
    settings = Settings(database_url=f"sqlite:///{tmp_path / 'none.sqlite3'}")
    await require_safe_start(settings, "worker", {"FAILPOINT": "after_claim"})
