from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from service.errors import SettingRefused
from service.security.audit_key import audit_key, key_path
from tests.service.services import some_settings


def test_everybody_who_asks_first_at_once_gets_the_same_key(tmp_path: Path) -> None:
    """Such as a server and a worker that are started together for the first time."""
    settings = some_settings(tmp_path)
    with ThreadPoolExecutor(8) as threads:
        keys = list(threads.map(audit_key, [settings] * 32))
    assert len(set(keys)) == 1
    assert [path.name for path in tmp_path.iterdir()] == [key_path(settings).name]
    assert key_path(settings).stat().st_mode & 0o077 == 0


def test_a_file_that_holds_no_key_is_refused(tmp_path: Path) -> None:
    settings = some_settings(tmp_path)
    key_path(settings).write_text("short")
    with pytest.raises(SettingRefused) as refused:
        audit_key(settings)
    assert refused.value.issues[0].code == "AUDIT_KEY_REFUSED"
