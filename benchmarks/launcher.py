"""Runs one command and writes down what it cost; run as a program, by `measurement.py`.

It is a small process of its own because, on Linux, the peak memory of a new process begins
at that of the process that started it.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

PROC = Path("/proc")
PAUSE = 0.02
PAGES_IN_A_MB = (1 << 20) // os.sysconf("SC_PAGE_SIZE")


def main() -> None:
    """`launcher.py REPORT MEMORY_MB COMMAND…`: the command's standard output is thrown away.

    Each of its processes may have so much address space; 0 leaves it unbounded.
    """
    report, memory_mb, *command = sys.argv[1:]
    if limit := int(memory_mb) << 20:
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    started = time.perf_counter()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    watch = _Watch(child.pid)
    watch.start()
    _, status, used = os.wait4(child.pid, 0)
    seconds = time.perf_counter() - started
    Path(report).write_text(
        json.dumps(
            {
                "exit_code": os.waitstatus_to_exitcode(status),
                "seconds": seconds,
                "cpu_seconds": used.ru_utime + used.ru_stime,
                "peak_mb": max(watch.peak_mb, used.ru_maxrss / 1024),
            }
        )
    )


class _Watch(threading.Thread):
    """Looks again and again at how much all processes of the command hold together.

    A peak between two looks is missed, but never that of the largest process, which the
    system itself keeps.
    """

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self._pid = pid
        self.peak_mb = 0.0

    def run(self) -> None:
        while True:
            held = sum(_pages(pid) for pid in _family(self._pid))
            self.peak_mb = max(self.peak_mb, held / PAGES_IN_A_MB)
            time.sleep(PAUSE)


def _family(pid: int) -> Iterator[int]:
    """A process and those it started, as far as they still run."""
    yield pid
    for children in PROC.glob(f"{pid}/task/*/children"):
        for child in _read(children).split():
            yield from _family(int(child))


def _pages(pid: int) -> int:
    """The pages that a process holds in memory; 0 once it has ended."""
    fields = _read(PROC / str(pid) / "statm").split()
    return int(fields[1]) if fields else 0


def _read(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:
        return ""


if __name__ == "__main__":
    main()
