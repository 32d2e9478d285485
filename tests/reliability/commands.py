"""The service's own commands in processes of their own, as an operator starts them."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.reliability.processes import LONG_ENOUGH
from tests.service.databases import chosen

COMMAND = (sys.executable, "-c", "from service.cli.main import run; run()")
SERVE, WORK = ("serve", "--port", "0"), ("worker",)


@dataclass(frozen=True)
class Started:
    """A command that has said it is there; `address` is empty for one that has none."""

    process: subprocess.Popen[str]
    address: str


@contextmanager
def running(folder: Path, *commands: Sequence[str]) -> Iterator[list[Started]]:
    """Commands on the database of a folder, ended in order with the block.

    A word of a command that holds `=`, such as `NICENESS=10`, is a setting for it alone.
    """
    started: list[Started] = []
    try:
        started.extend(_start(folder, command) for command in commands)
        yield started
    finally:
        for one in started:
            one.process.terminate()
        for one in started:
            one.process.communicate(timeout=LONG_ENOUGH)


def _start(folder: Path, command: Sequence[str]) -> Started:
    given = {name.upper(): value for name, value in chosen().urls(folder).items()}
    given |= dict(word.split("=") for word in command if "=" in word)
    process = subprocess.Popen(
        [*COMMAND, *(word for word in command if "=" not in word)],
        env=os.environ | {f"PAIRWELL_{name}": value for name, value in given.items()},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr is not None
    said = process.stderr.readline()
    address = re.search(r"http://[\d.:]+", said)
    assert address or "worker is waiting" in said, said
    return Started(process, address[0] if address else "")
