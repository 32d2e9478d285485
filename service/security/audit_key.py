"""The key of the audit log: from the settings, or from a file beside a SQLite database."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path

from sqlalchemy.engine import make_url

from service.database_url import is_postgresql
from service.errors import SettingRefused, one_issue
from service.settings import Settings

KEY_BYTES = 32


def audit_key(settings: Settings) -> bytes:
    """The key; a SQLite database without one in the settings gets a file of its own for it.

    The file can be read by its owner alone, and is made when it is first asked for. Whoever
    copies the database without it can check nothing and forge nothing.
    """
    if settings.audit_key is not None:
        return settings.audit_key.get_secret_value().encode()
    if is_postgresql(settings.database_url):
        raise SettingRefused(
            one_issue(
                "AUDIT_KEY_REFUSED",
                "The audit log of a PostgreSQL database needs a key.",
                hint="Set PAIRWELL_AUDIT_KEY to a secret of 32 characters or more.",
            )
        )
    path = key_path(settings)
    if not path.exists():
        _make(path)
    return _read(path)


def key_path(settings: Settings) -> Path:
    """Where the key of a SQLite database is kept."""
    return Path(f"{make_url(settings.database_url).database}.audit-key")


def _make(path: Path) -> None:
    """Makes the file, whole or not at all; of several processes at once the first one's stands."""
    made = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    handle = os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secrets.token_hex(KEY_BYTES))
        file.flush()
        os.fsync(file.fileno())
    with suppress(FileExistsError):
        os.link(made, path)
    made.unlink()


def _read(path: Path) -> bytes:
    text = path.read_bytes().strip()
    if len(text) < KEY_BYTES:
        raise SettingRefused(
            one_issue(
                "AUDIT_KEY_REFUSED",
                f"{path} holds no key of the audit log.",
                hint="Put back the file that belongs to this database.",
            )
        )
    return text
