from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from models.domain.session import Session

BEGAN = datetime(2026, 11, 23, 9, tzinfo=UTC)
SESSION = Session(
    id=UUID(int=1),
    programme="p",
    account_id=UUID(int=2),
    role="planner",
    began_at=BEGAN,
    seen_at=BEGAN,
    expires_at=BEGAN + timedelta(hours=12),
)


@pytest.mark.parametrize(
    ("minutes", "seen", "state"),
    [
        (0, 0, "active"),
        (29, 0, "active"),
        (30, 0, "idle"),
        (59, 30, "active"),
        (719, 700, "active"),
        (720, 719, "expired"),
    ],
)
def test_a_session_ends_when_it_is_idle_for_too_long_or_has_run_its_time(
    minutes: int, seen: int, state: str
) -> None:
    used = SESSION.model_copy(update={"seen_at": BEGAN + timedelta(minutes=seen)})
    assert used.state_at(BEGAN + timedelta(minutes=minutes)) == state


def test_a_session_that_was_ended_stays_so() -> None:
    ended = SESSION.model_copy(update={"ended_at": BEGAN})
    assert ended.state_at(BEGAN) == "ended"


def test_the_audit_log_names_the_account_and_nobody() -> None:
    assert SESSION.actor == f"account:{UUID(int=2)}"
