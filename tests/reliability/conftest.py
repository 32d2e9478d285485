"""Floods here are of other kinds: nobody is to be slowed down by the limits of one caller."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def _no_limits_of_one_caller(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("REQUESTS_PER_MINUTE", "PROGRAMME_REQUESTS_PER_MINUTE", "UNFINISHED_RUNS"):
        monkeypatch.setenv(f"PAIRWELL_{name}", "1000000")
