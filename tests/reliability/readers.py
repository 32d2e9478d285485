"""Readers who ask so many times a second, and how long each answer took.

The program `hey` (Debian has it) is used where it is there. Without it the readers are this
module in a process of its own, which takes more of a shared processor, so its figures are worse.

    python -m tests.reliability.readers SECONDS A_SECOND URL HEADER
"""

from __future__ import annotations

import asyncio
import csv
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).parents[2]
HEY = shutil.which("hey")
TOOL = "hey" if HEY else "a Python client"


@dataclass(frozen=True)
class Read:
    """How long an answer took, in seconds, and its status; 0 where none came."""

    seconds: float
    status: int


class Readers:
    """One reader for each address, each asking so many times a second; begun at once."""

    def __init__(self, urls: Sequence[str], header: str, a_second: int, seconds: int) -> None:
        self._programs = [
            subprocess.Popen(
                _command(url, header, a_second, seconds),
                cwd=ROOT,
                stdout=subprocess.PIPE,
                text=True,
            )
            for url in urls
        ]

    def finished(self) -> list[Read]:
        """Every answer, once the time is over."""
        outputs = [program.communicate()[0] for program in self._programs]
        assert [program.returncode for program in self._programs] == [0] * len(outputs)
        rows = [row for output in outputs for row in csv.DictReader(output.splitlines())]
        return [Read(float(row["response-time"]), int(row["status-code"])) for row in rows]


def _command(url: str, header: str, a_second: int, seconds: int) -> list[str]:
    if HEY is None:
        module = [sys.executable, "-m", "tests.reliability.readers"]
        return [*module, str(seconds), str(a_second), url, header]
    limits = ["-z", f"{seconds}s", "-c", "1", "-q", str(a_second), "-t", "30"]
    return [HEY, *limits, "-o", "csv", "-H", header, url]


async def read(seconds: int, a_second: int, url: str, header: str) -> list[Read]:
    """One connection, asking at even times and sooner where an answer was late."""
    parts = urlsplit(url)
    request = f"GET {parts.path} HTTP/1.1\r\nHost: {parts.netloc}\r\n{header}\r\n\r\n".encode()
    receive, send = await asyncio.open_connection(parts.hostname, parts.port)
    reads, began = [], time.perf_counter()
    for count in range(seconds * a_second):
        await asyncio.sleep(began + count / a_second - time.perf_counter())
        asked = time.perf_counter()
        send.write(request)
        status = await _status(receive)
        reads.append(Read(time.perf_counter() - asked, status))
    send.close()
    return reads


async def _status(receive: asyncio.StreamReader) -> int:
    head = (await receive.readuntil(b"\r\n\r\n")).lower()
    length = head.partition(b"content-length: ")[2].partition(b"\r\n")[0]
    await receive.readexactly(int(length))
    return int(head.split()[1])


def main(seconds: str, a_second: str, url: str, header: str) -> None:
    """Prints the answers as `hey -o csv` names them."""
    print("response-time,status-code")
    for answer in asyncio.run(read(int(seconds), int(a_second), url, header)):
        print(f"{answer.seconds:.6f},{answer.status}")


if __name__ == "__main__":
    main(*sys.argv[1:])
