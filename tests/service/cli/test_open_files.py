"""`pairwell serve` in a process that may have few files open."""

from __future__ import annotations

import os
import re
import resource
import subprocess
import sys
from http.client import HTTPConnection
from pathlib import Path

from tests.service.services import LONG_ENOUGH

SOFT_LIMIT = 64


def test_a_server_may_open_as_many_files_as_its_process_may_ever(tmp_path: Path) -> None:
    pairwell = Path(sys.executable).with_name("pairwell")
    database = {"PAIRWELL_DATABASE_URL": f"sqlite:///{tmp_path}/pairwell.sqlite3"}
    subprocess.run([pairwell, "database", "upgrade"], env=os.environ | database, check=True)
    limited = ["sh", "-c", f'ulimit -Sn {SOFT_LIMIT} && exec "$@"', "sh"]
    with subprocess.Popen(
        [*limited, pairwell, "serve", "--port", "0", "--without-worker"],
        env=os.environ | database,
        stderr=subprocess.PIPE,
        text=True,
    ) as server:
        try:
            assert server.stderr is not None
            found = re.search(r"http://127\.0\.0\.1:(\d+)", server.stderr.readline())
            assert found
            connection = HTTPConnection("127.0.0.1", int(found[1]), timeout=LONG_ENOUGH)
            connection.request("GET", "/health/live")
            assert connection.getresponse().status == 200
            connection.close()
            soft, hard = resource.prlimit(server.pid, resource.RLIMIT_NOFILE)
        finally:
            server.kill()
    assert soft == hard > SOFT_LIMIT
