"""Database URLs as people write them, turned into those that the service opens."""

from __future__ import annotations

from importlib.util import find_spec

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

EXAMPLES = "sqlite:///pairwell.sqlite3 or postgresql://user:password@host/pairwell"
POSTGRES_NAMES = ("postgresql", "postgres")
POSTGRES_OPTIONS = frozenset({"host", "port", "ssl"})
"""What may follow the `?`; whatever else is wanted belongs in the server's settings."""


def read_database_url(text: str) -> str:
    """The URL with the driver that is used. Raises ValueError for what cannot be opened."""
    try:
        url = make_url(text)
    except ArgumentError as error:
        raise ValueError(f"is not a database URL; try {EXAMPLES}") from error
    if url.get_backend_name() == "sqlite":
        return _sqlite(url)
    if url.get_backend_name() in POSTGRES_NAMES:
        return _postgresql(url)
    raise ValueError(f"must name a SQLite file or a PostgreSQL database, such as {EXAMPLES}")


def is_postgresql(text: str) -> bool:
    """Whether a URL that was read names a PostgreSQL database."""
    return make_url(text).get_backend_name() == "postgresql"


def shown(text: str) -> str:
    """The database of a URL that was read, as it may be shown: without a password."""
    url = make_url(text)
    if url.get_backend_name() == "sqlite":
        return str(url.database)
    return url.set(drivername="postgresql").render_as_string(hide_password=True)


def user_of(text: str) -> str | None:
    """The user that a URL names, if any."""
    return make_url(text).username


def _sqlite(url: URL) -> str:
    if url.database in (None, "", ":memory:"):
        raise ValueError("must name a file: a database in memory is another one per connection")
    return url.set(drivername="sqlite+aiosqlite").render_as_string(hide_password=False)


def _postgresql(url: URL) -> str:
    if find_spec("asyncpg") is None:
        raise ValueError("needs the driver of PostgreSQL: install pairwell[postgres]")
    if not url.database:
        raise ValueError("must name a database, as in postgresql://user:password@host/pairwell")
    # libpq, and with it most providers, says `sslmode` for what the driver calls `ssl`.
    options = {"ssl" if name == "sslmode" else name: value for name, value in url.query.items()}
    if unknown := sorted(options.keys() - POSTGRES_OPTIONS):
        raise ValueError(
            f"has options that the service does not take: {', '.join(unknown)}; "
            f"it takes {', '.join(sorted(POSTGRES_OPTIONS))} and sslmode"
        )
    return url.set(drivername="postgresql+asyncpg", query=options).render_as_string(
        hide_password=False
    )
