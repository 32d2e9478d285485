"""A newcomer does what the README and docs/postgresql.md say, and a worker dies on the way.

Each command is taken from these pages as it stands there; only addresses, ports and passwords
are this test's own. If a page changes, this test does something else, or says what it misses.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.postgresql import OWNER, SERVICE, PostgresqlServer, a_postgresql_server
from tests.reliability.processes import LONG_ENOUGH
from tests.reliability.rounds import until
from tests.reliability.servers import NAME

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGE = (ROOT / "docs" / "postgresql.md").read_text(encoding="utf-8")
GENERATE = r"`pairwell (generate --mentors 300 --mentees 350 --seed 1 --output round\.json)`"


@pytest.mark.reliability
@pytest.mark.only_on("postgresql")
def test_a_round_survives_the_death_of_the_worker_that_held_it(
    tmp_path: Path, tell: Callable[[str, str], None]
) -> None:
    with a_postgresql_server() as server:
        walk = Walk(server, tmp_path)
        walk.make_the_database()
        walk.run("database upgrade", owner=True)
        key = walk.run(_command("keys create hr-system")).strip()
        walk.run(_found(GENERATE, README))
        serve, *workers = _commands("serve --without-worker", "worker", "worker")
        with walk.started(f"{serve} --port 0") as (_, said, _log):
            until(lambda: "Pairwell is at" in said.read_text())
            address = re.findall(r"http://[\d.:]+", said.read_text())[0]
            with walk.started(workers[0]) as one, walk.started(workers[1]) as other:
                for worker in (one, other):
                    _until_it_works(worker[2])
                run, seconds = _a_death_on_the_way(walk, address, key, (one, other))
                until(lambda: walk.ask(address, key, f"/v1/runs/{run}")["status"] == "solved")
        losses = server.execute("SELECT sum(losses) FROM runs", database=NAME)
    tell(
        "the reader's walk",
        f"the worker that held the round was killed; another took it up {seconds:.1f} s later "
        "and solved it",
    )
    assert losses == "1"
    assert seconds <= float(_found(r"loses its run to another within (\d+) seconds", PAGE))


Started = tuple["subprocess.Popen[str]", Path, Path]


class Walk:
    """A folder to work in, with the environment that the page says to set."""

    def __init__(self, server: PostgresqlServer, folder: Path) -> None:
        self._server, self._folder = server, folder
        exported = dict(re.findall(r"^export (PAIRWELL_\w+)='(.+)'$", PAGE, re.MULTILINE))
        assert set(exported) == {"PAIRWELL_DATABASE_URL", "PAIRWELL_DATABASE_OWNER_URL"}
        self._urls = {name: self._here(url) for name, url in exported.items()}
        self._number = 0

    def make_the_database(self) -> None:
        """The statements of the page; the roles are there already, and need no password."""
        (sql,) = re.findall(r"```sql\n(.+?)```", PAGE, re.DOTALL)
        roles = re.findall(r"^CREATE ROLE (\w+) LOGIN PASSWORD '…';$", sql, re.MULTILINE)
        assert roles == [OWNER, SERVICE]
        self._server.execute(*re.findall(r"^CREATE DATABASE .+$", sql, re.MULTILINE))

    def run(self, command: str, *, owner: bool = False) -> str:
        """What a command of `pairwell` prints."""
        done = subprocess.run(
            self._line(command),
            stdin=subprocess.DEVNULL,
            env=self._environment(owner=owner),
            cwd=self._folder,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    @contextmanager
    def started(self, command: str) -> Iterator[Started]:
        """A command that goes on: its process, what it says and its log."""
        self._number += 1
        said, log = (self._folder / f"{self._number}.{kind}" for kind in ("said", "log"))
        with said.open("w") as told, log.open("w") as written:
            process = subprocess.Popen(
                self._line(command),
                stdin=subprocess.DEVNULL,
                env=self._environment(),
                cwd=self._folder,
                stdout=written,
                stderr=told,
                text=True,
            )
            try:
                yield process, said, log
            finally:
                process.terminate()
                process.wait(LONG_ENOUGH)

    def curl(self, address: str, key: str, *words: str) -> str:
        """The README's second call by curl: it submits the round of the folder."""
        (line,) = re.findall(r"^(curl .+?/v1/rounds)$", README, re.MULTILINE | re.DOTALL)[-1:]
        assert line.endswith("--data @round.json http://127.0.0.1:8000/v1/rounds")
        command = line.rpartition("\ncurl ")[2].replace("http://127.0.0.1:8000", address)
        done = subprocess.run(
            ["bash", "-c", f"curl --silent {' '.join(words)} {command.removeprefix('curl ')}"],
            stdin=subprocess.DEVNULL,
            env=os.environ | {"KEY": key},
            cwd=self._folder,
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout

    def ask(self, address: str, key: str, path: str) -> dict[str, Any]:
        """What a path of the service shows."""
        done = subprocess.run(
            ["curl", "--silent", "-H", f"Authorization: Bearer {key}", f"{address}{path}"],
            capture_output=True,
            text=True,
            check=True,
        )
        shown: dict[str, Any] = json.loads(done.stdout)
        return shown

    def _line(self, command: str) -> list[str]:
        return [str(Path(sys.executable).with_name("pairwell")), *command.split()]

    def _environment(self, *, owner: bool = False) -> dict[str, str]:
        """Where migrations are run both addresses are set, elsewhere one and the key."""
        assert "PAIRWELL_AUDIT_KEY" in PAGE
        if owner:
            return os.environ | self._urls
        service = {"PAIRWELL_DATABASE_URL": self._urls["PAIRWELL_DATABASE_URL"]}
        return os.environ | service | {"PAIRWELL_AUDIT_KEY": "8f14e45fceea167a5a36dedd4bea2543"}

    def _here(self, url: str) -> str:
        """The page's address on the server of this test, which listens on a socket."""
        here = url.replace(":…@host/", "@/")
        return here.replace("?sslmode=verify-full", f"?host={self._server.folder}")


def _a_death_on_the_way(
    walk: Walk, address: str, key: str, workers: tuple[Started, Started]
) -> tuple[str, float]:
    """The run, and how long after the death of the worker that held it another takes it up."""
    # Not waited for: `Prefer` is the caller's wish, and this one wants to see the run.
    accepted = json.loads(walk.curl(address, key, "-H 'Prefer: wait=0'"))
    held = accepted["run"]["id"]
    until(lambda: bool(_holders(workers, held)))
    (holder,) = _holders(workers, held)
    holder.kill()
    died = time.monotonic()
    assert walk.ask(address, key, f"/v1/runs/{held}")["status"] == "solving", "it was too late"
    until(lambda: len(_holders(workers, held)) == len(workers))
    return held, time.monotonic() - died


def _holders(workers: tuple[Started, Started], run: str) -> list[subprocess.Popen[str]]:
    """The workers whose log says that they took a run up."""
    return [
        process
        for process, _, log in workers
        if any('"run claimed"' in line and run in line for line in log.read_text().splitlines())
    ]


def _until_it_works(log: Path) -> None:
    until(lambda: "worker started" in log.read_text())


def _command(wanted: str) -> str:
    (command,) = _commands(wanted)
    return command


def _commands(*wanted: str) -> list[str]:
    """Commands of the page, in the order in which it has them."""
    listed = re.findall(r"^pairwell (.+)$", PAGE, re.MULTILINE)
    for command in wanted:
        assert command in listed, f"the page does not say to run `pairwell {command}`"
        listed.remove(command)
    return list(wanted)


def _found(pattern: str, text: str) -> str:
    found = re.search(pattern, text)
    assert found, pattern
    return found[1]
