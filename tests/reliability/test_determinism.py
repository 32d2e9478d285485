"""One round, one answer: whatever the process, its hashing, its cores, the order of the rows,
its neighbours on the machine and the database.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from random import Random
from typing import Any

import pytest

from service.storage import postgresql
from service.worker.solve import logged_solve
from tests.conftest import FIGURE
from tests.in_process import solve_here
from tests.postgresql import a_postgresql_server
from tests.properties.test_row_order import in_another_order, problem_of, rounds, solved_elsewhere
from tests.reliability.counts import ORDERS, SOLVES
from tests.service.databases import databases_on
from tests.service.services import LONG_ENOUGH, a_service

Figure = Callable[[str, object], None]

HASH_SEEDS = 10
ROUND = "mutual"


@pytest.mark.reliability
def test_repeats_in_other_processes_give_the_same_result(
    record_property: Figure,
) -> None:
    document = rounds()[ROUND]
    cores = sorted(os.sched_getaffinity(0))
    results = list[Any]()
    for repeat in range(SOLVES):
        with a_busy_neighbour() if repeat % 4 >= 2 else nullcontext():
            confined = set(cores[: 1 + repeat % 2])
            results.append(solved_elsewhere(document, str(repeat % HASH_SEEDS), confined))
    record_property(
        FIGURE,
        f"R13: {SOLVES} repeats, hash seeds 0 to {min(SOLVES, HASH_SEEDS) - 1}, on "
        f"{'one core and on two' if len(cores) > 1 else 'one core'}, half of them beside a "
        f"busy process: {len(_distinct(results))} result",
    )
    assert len(_distinct(results)) == 1
    assert results[0]["run"]["solve_status"] == "optimal"


@pytest.mark.reliability
def test_no_order_of_the_rows_gives_another_result(record_property: Figure) -> None:
    document = rounds()[ROUND]
    shuffled = [in_another_order(document, Random(seed)) for seed in range(ORDERS)]
    results = [solve_here(problem_of(each)).model_dump_json() for each in (document, *shuffled)]
    record_property(FIGURE, f"R13: {ORDERS} orders of the rows: {len(set(results))} result")
    assert len({str(each["participants"]) for each in shuffled}) == ORDERS
    assert len(set(results)) == 1


@pytest.mark.reliability
def test_no_kind_of_database_gives_another_result(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, record_property: Figure
) -> None:
    """Each service is sent the rows in an order of its own."""
    monkeypatch.setattr(postgresql, "OPENED_WITHIN", LONG_ENOUGH)
    results = [_served(tmp_path / "sqlite", seed=1), _served(tmp_path / "again", seed=2)]
    with a_postgresql_server() as server, databases_on(server):
        results.append(_served(tmp_path / "postgresql", seed=3))
    distinct = len(_distinct(results))
    record_property(FIGURE, f"R13: twice on SQLite and once on PostgreSQL: {distinct} result")
    assert len(_distinct(results)) == 1
    assert results[0]["assignments"]


@contextmanager
def a_busy_neighbour() -> Iterator[None]:
    """Another process that takes all the processor it can get."""
    neighbour = subprocess.Popen([sys.executable, "-c", "while True: pass"])
    try:
        yield
    finally:
        assert neighbour.poll() is None
        neighbour.kill()
        neighbour.wait()


def _served(folder: Path, seed: int) -> dict[str, Any]:
    """The result of the round as a service gives it, but for its id and its seconds."""
    folder.mkdir()
    document = in_another_order(rounds()[ROUND], Random(seed))
    with a_service(folder, logged_solve, lease=30.0, progress_every=1.0) as caller:
        result: dict[str, Any] = caller.get(f"{caller.submitted(document)}/result").json()
    assert result["run"].pop("id")
    assert result["run"].pop("seconds") > 0
    return result


def _distinct(results: list[Any]) -> list[Any]:
    return [result for place, result in enumerate(results) if result not in results[:place]]
