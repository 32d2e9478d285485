"""What holds for every table, whatever it is for."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import ForeignKeyConstraint, Table
from sqlalchemy.dialects import sqlite

from models.tables import Base
from models.tables.base import UtcDateTime

TABLES = sorted(Base.metadata.tables.values(), key=lambda table: table.name)
OWNED = [table for table in TABLES if table.name != "programmes"]
PERSONAL = {"name", "email", "address", "contact"}


@pytest.mark.parametrize("table", OWNED, ids=lambda table: table.name)
def test_every_row_carries_its_programme_first_in_its_key(table: Table) -> None:
    assert next(column.name for column in table.primary_key) == "programme_key"
    assert any(key.target_fullname == "programmes.key" for key in table.foreign_keys)


@pytest.mark.parametrize("table", OWNED, ids=lambda table: table.name)
def test_no_foreign_key_between_rows_can_leave_the_programme(table: Table) -> None:
    for constraint in table.constraints:
        if isinstance(constraint, ForeignKeyConstraint):
            assert "programme_key" in constraint.column_keys


def test_names_and_contact_details_are_in_the_vault_only() -> None:
    """`name` of a key, a round or a level names no person, and accounts are nobody's who is
    matched."""
    for table in TABLES:
        columns = {column.name for column in table.columns} & PERSONAL
        if table.name == "identities":
            assert columns == {"name", "email", "address"}
        elif table.name == "accounts":
            assert columns == {"email"}
        else:
            assert columns <= {"name"}, table.name
            assert table.name in {"api_keys", "rounds"} or not columns


def test_only_the_round_is_known_to_the_vault_and_nothing_points_at_it() -> None:
    pointing = {
        key.target_fullname.partition(".")[0] for table in TABLES for key in table.foreign_keys
    }
    assert "identities" not in pointing


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        UtcDateTime().process_bind_param(datetime(2026, 1, 1), sqlite.dialect())  # noqa: DTZ001


def test_a_time_is_stored_and_given_back_in_utc() -> None:
    summer = datetime(2026, 7, 1, 13, tzinfo=timezone(timedelta(hours=1)))
    stored = UtcDateTime().process_bind_param(summer, sqlite.dialect())
    assert stored == summer
    assert stored.tzinfo is UTC
    assert (
        UtcDateTime().process_result_value(stored.replace(tzinfo=None), sqlite.dialect()) == summer
    )


def test_no_time_stays_no_time() -> None:
    assert UtcDateTime().process_bind_param(None, sqlite.dialect()) is None
    assert UtcDateTime().process_result_value(None, sqlite.dialect()) is None
