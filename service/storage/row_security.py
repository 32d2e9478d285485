"""Row-level security of PostgreSQL: which rows a transaction sees, by what it has declared.

The policies are no part of a migration: they are made anew after each one, over every table
that is there, so that a new table cannot be forgotten.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Connection, inspect, text

from service.storage.scope import DELIVERIES, KEY_PREFIX, PROGRAMME, PURPOSE, QUEUE

OWN = "own_programme"
APPENDED = "own_programme_appended"
PROGRAMMES = "programmes"
APPEND_ONLY = frozenset({"audit_log"})
"""Tables whose rows nobody changes or removes, not even the owner outside of a migration."""

VERSIONS = "alembic_version"


@dataclass(frozen=True)
class Exemption:
    """Rows of other programmes that a transaction sees, or changes, once it has declared why."""

    name: str
    table: str
    command: Literal["SELECT", "UPDATE"]
    condition: str


def declared(name: str) -> str:
    """What a transaction has declared, in SQL; no row equals it before that."""
    return f"nullif(current_setting('{name}', true), '')"


EXEMPTIONS = (
    Exemption("key_of_prefix", "api_keys", "SELECT", f"prefix = {declared(KEY_PREFIX)}"),
    Exemption("queue_seen", "runs", "SELECT", f"{declared(PURPOSE)} = '{QUEUE}'"),
    Exemption("queue_served", "runs", "UPDATE", f"{declared(PURPOSE)} = '{QUEUE}'"),
    Exemption("webhooks_seen", "webhooks", "SELECT", f"{declared(PURPOSE)} = '{DELIVERIES}'"),
    Exemption("deliveries_seen", "deliveries", "SELECT", f"{declared(PURPOSE)} = '{DELIVERIES}'"),
)
"""All that works across programmes."""


def lift(connection: Connection) -> None:
    """Let the tables' owner see every row, as a migration must; others are held as before."""
    for table in _protected(connection):
        connection.exec_driver_sql(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")


def enforce(connection: Connection) -> None:
    """Hold everybody, the owner too, to the policies of this version of the code."""
    tables = _protected(connection)
    for table, policy in connection.execute(
        text("SELECT tablename, policyname FROM pg_policies WHERE schemaname = current_schema()")
    ):
        connection.exec_driver_sql(f"DROP POLICY {policy} ON {table}")
    for table, key in tables.items():
        connection.exec_driver_sql(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        connection.exec_driver_sql(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        own = f"{key} = {declared(PROGRAMME)}"
        if table in APPEND_ONLY:
            connection.exec_driver_sql(f"CREATE POLICY {OWN} ON {table} FOR SELECT USING ({own})")
            connection.exec_driver_sql(
                f"CREATE POLICY {APPENDED} ON {table} FOR INSERT WITH CHECK ({own})"
            )
        else:
            connection.exec_driver_sql(f"CREATE POLICY {OWN} ON {table} USING ({own})")
    for exemption in EXEMPTIONS:
        if exemption.table in tables:
            connection.exec_driver_sql(
                f"CREATE POLICY {exemption.name} ON {exemption.table} FOR {exemption.command} "
                f"USING ({exemption.condition})"
            )


def grant(connection: Connection, role: str) -> None:
    """Give the service's role the rows and nothing else: no table to change, none to empty."""
    quoted = connection.dialect.identifier_preparer.quote(role)
    for table in _protected(connection):
        rights = "SELECT, INSERT" if table in APPEND_ONLY else "SELECT, INSERT, UPDATE, DELETE"
        connection.exec_driver_sql(f"GRANT {rights} ON {table} TO {quoted}")
    connection.exec_driver_sql(f"GRANT SELECT ON {VERSIONS} TO {quoted}")


def _protected(connection: Connection) -> dict[str, str]:
    """Every table that holds rows of programmes, and the column that says whose a row is."""
    found = inspect(connection)
    columns = {
        table: {column["name"] for column in found.get_columns(table)}
        for table in found.get_table_names()
    }
    owned = {table: "programme_key" for table in columns if "programme_key" in columns[table]}
    return owned | ({PROGRAMMES: "key"} if PROGRAMMES in columns else {})
