"""S4: the API is asked everything that its own description allows, and much that it does not."""

from __future__ import annotations

import asyncio
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest

from service.api import run_events
from service.cli.serving import address_of, listen, serve_until_stopped
from service.operations import failed_tries
from service.settings import Settings
from service.storage import postgresql
from tests.reliability.counts import CASES, SEED
from tests.reliability.processes import CONTEXT, LONG_ENOUGH, ended_at_last
from tests.service.programmes import ROLES, prepared
from tests.service.routes import CALLER, as_uuid
from tests.service.services import PROGRAMME, all_rows, some_settings

EXAMPLES = max(5, min(200, CASES // 500))
"""For each operation and role."""

WITH_EDGES = max(1, CASES // 5_000)
"""Roles that also send the fuzzer's own list of edge cases, some fifty for each operation; the
seed says which."""

WITHOUT_EDGES = "examples,fuzzing,stateful"
EVERY_PHASE = f"{WITHOUT_EDGES},coverage"

LONGEST_ANSWER = 10
"""Seconds; on a machine that does other things too."""

NOT_CHECKED = "positive_data_acceptance"
"""A description does not say which references, cursors and networks there are."""

ROOT = Path(__file__).parents[2]
CONFIGURATION = Path(__file__).with_name("schemathesis.toml")


@pytest.mark.reliability
def test_whatever_is_asked_is_answered_as_described(
    tmp_path: Path, tell: Callable[[str, str], None], database_kind: str
) -> None:
    """No server error, no status and no field that is not described, no request without a key
    let in, nothing invalid taken: all of the fuzzer's checks but one, by every role, and
    on PostgreSQL by one that is drawn."""
    roles = ROLES if database_kind == "sqlite" else (ROLES[SEED % len(ROLES)],)
    keys, _ = asyncio.run(prepared(tmp_path))
    known = _known_ids(asyncio.run(all_rows(tmp_path)))
    begun, cases, seed = time.monotonic(), 0, SEED
    with _served(tmp_path) as address:
        for place, role in cycle(enumerate(roles, SEED)):
            phases = EVERY_PHASE if place % len(ROLES) < WITH_EDGES else WITHOUT_EDGES
            done = _fuzzed(address, keys[PROGRAMME, role], known, seed, phases, tmp_path)
            found = re.search(r"([\d,]+) generated", done.stdout)
            assert found, done.stdout + done.stderr
            assert done.returncode == 0, f"SEED={SEED}, {role}:\n{done.stdout}"
            cases, seed = cases + int(found[1].replace(",", "")), seed + 1
            if cases >= CASES * len(roles) // len(ROLES) and role == roles[-1]:
                break
    tell(
        "S4",
        f"{cases} cases by {', '.join(roles)} in {time.monotonic() - begun:.0f} s: "
        "no server error, no drift, no status undescribed",
    )


@contextmanager
def _served(folder: Path) -> Iterator[str]:
    settings = some_settings(folder, with_worker=False, question_time_limit=2, longest_wait=0.2)
    with listen("127.0.0.1", 0) as listening:
        given = (settings.model_dump(), folder / "log", listening)
        server = CONTEXT.Process(target=_serve, args=given, daemon=True)
        with ended_at_last([server]):
            server.start()
            yield address_of(listening)


def _serve(settings: dict[str, Any], log: Path, listening: Any) -> None:
    file = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    for stream in (1, 2):
        os.dup2(file, stream)
    # A machine that is busy with other tests is no outage.
    postgresql.OPENED_WITHIN = LONG_ENOUGH
    # Wrong keys are the fuzzer's trade; that there is an end to them is another test's.
    failed_tries.MOST_TRIES = 10**9
    # Streams of runs that nobody solves would end after five minutes each.
    run_events.LONGEST_STREAM = 0.0
    serve_until_stopped(Settings(**settings), listening)


def _fuzzed(
    address: str, key: str, known: dict[str, list[str]], seed: int, phases: str, folder: Path
) -> subprocess.CompletedProcess[str]:
    command = [
        *(Path(sys.executable).with_name("st"), "--config-file", CONFIGURATION),
        *("run", f"{address}/openapi.json"),
        *("--header", f"Authorization: Bearer {key}"),
        *("--max-examples", str(EXAMPLES), "--seed", str(seed), "--no-shrink"),
        *("--phases", phases),
        *("--checks", "all", "--exclude-checks", NOT_CHECKED, "--continue-on-failure"),
        *("--max-response-time", str(LONGEST_ANSWER), "--suppress-health-check", "all"),
        *("--generation-database", "none", "--wait-for-schema", str(LONG_ENOUGH)),
    ]
    environment = {
        "FUZZ_IDS": json.dumps(known),
        "PYTHONPATH": str(ROOT),
        "SCHEMATHESIS_HOOKS": "tests.reliability.fuzz_hooks",
    }
    return subprocess.run(
        command,
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
        env=os.environ | environment,
    )


def _known_ids(rows: dict[str, list[dict[str, Any]]]) -> dict[str, list[str]]:
    """Ids of our programme by the parameters that may name them; not the keys that ask."""

    def ids(table: str, column: str = "id") -> list[str]:
        ours = (row for row in rows[table] if row["programme_key"] == PROGRAMME)
        return [as_uuid(row[column]) for row in ours if row.get("name") != CALLER]

    return {
        "run_id": ids("runs"),
        "round_id": ids("rounds"),
        "key_id": ids("api_keys"),
        "account_id": ids("accounts"),
        "session_id": ids("sessions"),
        "webhook_id": ids("webhooks"),
        "event_id": ids("deliveries", "event_id"),
        "mentor": ["M-1"],
        "mentee": ["E-1", "E-2"],
    }
