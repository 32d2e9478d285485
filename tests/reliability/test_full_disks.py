"""Disks under PostgreSQL, its log of changes and the service's log run full, and are given room."""

from __future__ import annotations

import subprocess
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import pytest

from service.cli.serving import listen
from tests.disks import MEGABYTE, a_disk, filled
from tests.postgresql import PostgresqlServer, a_postgresql_server
from tests.reliability.callers import Caller, a_key
from tests.reliability.processes import an_api, ended_at_last
from tests.reliability.rounds import a_small_document, breaks_in_the_log, prepared, until
from tests.reliability.servers import NAME, prepared_on

SIZE = 96 * MEGABYTE
TRIES = 40
A_PAGE = 4096
"""What a full disk still takes, in bytes: the rest of the file's last page."""

A_LINE = 120
"""A line of the log is longer, in bytes."""

PEOPLE_OF_A_ROUND = 6
"""Those of whom a contact is stored."""


@pytest.mark.reliability
@pytest.mark.only_on("postgresql")
@pytest.mark.parametrize("folder", ["base", "pg_wal"])
def test_a_full_disk_under_postgresql_is_told_and_leaves_nothing_half_stored(
    tmp_path: Path, tell: Callable[[str, str], None], folder: str
) -> None:
    """Without room for its log of changes the server itself stops; the service does not."""
    with a_postgresql_server() as server, listen("127.0.0.1", 0) as listening:
        settings = prepared_on(server, with_worker=False)
        caller = Caller(listening, a_key(settings))
        with (
            _on_a_small_disk(server, server.folder / "data" / folder),
            ended_at_last([an_api(settings, tmp_path / "log", listening, patient=False)]),
        ):
            with filled(server.folder / "data" / folder):
                if folder == "pg_wal":
                    _use_what_is_reserved(server)
                answers = [_submitted(caller) for _ in range(TRIES)]
                alive = caller.get("/health/live").status_code
            stopped = not _came_back_by_itself(server)
            until(lambda: caller.get("/health/ready").status_code == 200)
            again = _submitted(caller)
            counts = _counts(server)
            broken = breaks_in_the_log(settings)
    statuses = Counter(status for status, _ in answers)
    tell(
        "R6",
        f"{folder} full: answers {dict(sorted(statuses.items()))} "
        f"({', '.join(sorted({code for _, code in answers if code}))}), the server "
        f"{'stopped' if stopped else 'went on'}, {counts['rounds']} rounds, none half stored",
    )
    assert alive == 200
    assert set(statuses) <= {202, 503}
    assert statuses[503], "the disk was not full"
    assert again == (202, "")
    assert counts["rounds"] == counts["runs"] == statuses[202] + 1
    assert counts["identities"] == counts["rounds"] * PEOPLE_OF_A_ROUND
    assert not broken


@pytest.mark.reliability
@pytest.mark.only_on("sqlite")
def test_without_room_for_its_log_the_service_goes_on(
    tmp_path: Path, tell: Callable[[str, str], None]
) -> None:
    """Lines are lost and counted; what must not be lost is in the audit log."""
    settings = prepared(tmp_path, with_worker=False, metrics_port=0)
    folder = tmp_path / "log"
    folder.mkdir()
    with a_disk(folder, SIZE) as disk, listen("127.0.0.1", 0) as listening:
        log = disk / "log"
        caller = Caller(listening, a_key(settings))
        with ended_at_last([an_api(settings, log, listening)]):
            until(lambda: caller.get("/health/ready").status_code == 200)
            with filled(disk):
                written = log.stat().st_size
                answers = Counter(_submitted(caller)[0] for _ in range(TRIES))
                unwritten = log.stat().st_size - written
            before = log.read_text().count("\n")
            until(
                lambda: (
                    caller.get("/health/ready").status_code == 200
                    and log.read_text().count("\n") > before
                )
            )
    tell("R6", f"no room for the log: answers {dict(answers)}, {unwritten} bytes written")
    assert answers == {202: TRIES}
    assert unwritten <= A_PAGE < TRIES * A_LINE, "the disk was not full"
    assert not breaks_in_the_log(settings)


def _submitted(caller: Caller) -> tuple[int, str]:
    answer = caller.post("/v1/rounds", a_small_document(1), **{"idempotency-key": str(uuid4())})
    if answer.status_code == 202:
        return 202, ""
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["retry-after"]
    return answer.status_code, answer.json()["issues"][0]["code"]


def _use_what_is_reserved(server: PostgresqlServer) -> None:
    """The log of changes has a file in advance; this is more than goes into it."""
    with pytest.raises(AssertionError, match="psql"):
        server.execute(
            "CREATE TABLE more AS SELECT repeat('x', 1000) FROM generate_series(1, 200000)",
            database=NAME,
        )


def _came_back_by_itself(server: PostgresqlServer) -> bool:
    """Whether it did, with room again; otherwise it is started as whoever runs it would."""
    until(lambda: _answers(server) or not server.running)
    if server.running:
        return True
    server.start()
    return False


def _answers(server: PostgresqlServer) -> bool:
    try:
        server.execute("SELECT 1", database=NAME)
    except AssertionError:
        return False
    return True


def _counts(server: PostgresqlServer) -> dict[str, int]:
    return {
        table: int(server.execute(f"SELECT count(*) FROM {table}", database=NAME))  # noqa: S608
        for table in ("rounds", "runs", "identities")
    }


@contextmanager
def _on_a_small_disk(server: PostgresqlServer, folder: Path) -> Iterator[None]:
    """A folder of the server is moved to a disk of its own; at the end the server is no more."""
    server.stop()
    kept = folder.with_name(f"{folder.name}.kept")
    folder.rename(kept)
    try:
        folder.mkdir()
        with a_disk(folder, SIZE) as disk:
            subprocess.run(["cp", "-a", f"{kept}/.", disk], check=True)
            subprocess.run(["chown", "--reference", kept, disk], check=True)
            disk.chmod(0o700)
            server.start()
            yield
            server.stop("immediate")
    finally:
        folder.rmdir()
