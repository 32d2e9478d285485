from __future__ import annotations

import signal
import subprocess
import sys

import pytest

from service.failpoints import FAILPOINTS, failpoint

COME_TO_ALL = "from service.failpoints import *; [(print(f), failpoint(f)) for f in FAILPOINTS]"


def test_a_process_dies_where_its_environment_says_and_not_before() -> None:
    for place, name in enumerate(FAILPOINTS):
        done = subprocess.run(
            [sys.executable, "-uc", COME_TO_ALL], env={"FAILPOINT": name}, capture_output=True
        )
        assert done.returncode == -signal.SIGKILL
        assert done.stdout.decode().split() == list(FAILPOINTS[: place + 1])


def test_nothing_happens_where_the_environment_says_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("FAILPOINT", raising=False)
    for name in FAILPOINTS:
        failpoint(name)
