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
import time
from pathlib import Path


def main() -> None:
    """`launcher.py REPORT MEMORY_MB COMMAND…`: the command's standard output is thrown away.

    Each of its processes may have so much address space; 0 leaves it unbounded.
    """
    report, memory_mb, *command = sys.argv[1:]
    if limit := int(memory_mb) << 20:
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    started = time.perf_counter()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(child.pid, 0)
    seconds = time.perf_counter() - started
    Path(report).write_text(
        json.dumps(
            {
                "exit_code": os.waitstatus_to_exitcode(status),
                "seconds": seconds,
                "cpu_seconds": used.ru_utime + used.ru_stime,
                "peak_mb": used.ru_maxrss / 1024,
            }
        )
    )


if __name__ == "__main__":
    main()
