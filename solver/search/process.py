"""The parent's side of the solving process: start, listen, and end it in time.

The parent's clock and SIGKILL are the contract. Whatever the child was doing, and however it
died, the last answer that it told is still in hand.
"""

from __future__ import annotations

import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from pydantic import TypeAdapter, ValidationError

from models.domain.problem import Problem
from solver.limits import Limits
from solver.search.messages import Done, Found, Task

GRACE_SECONDS = 1.5
"""How long after the soft limit the child may still come to an end by itself."""

MESSAGES: TypeAdapter[Found | Done] = TypeAdapter(Found | Done)


@dataclass(frozen=True)
class Ended:
    """How the process ended: `reason` is None when it said that it was done."""

    reason: str | None
    detail: str = ""


class SolverProcess:
    """One fresh child for one solve; a context manager that leaves nothing running.

    Starting it early costs nothing and lets its imports run beside the reading of the input.
    """

    def __init__(self) -> None:
        self._child = subprocess.Popen(
            [sys.executable, "-m", "solver.search.child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=Path(__file__).parents[2],
            text=True,
            encoding="utf-8",
        )
        self._lines: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self._errors: list[str] = []
        self._readers = [
            threading.Thread(target=reader, daemon=True)
            for reader in (self._read_lines, self._read_errors)
        ]
        for reader in self._readers:
            reader.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.kill()

    def ask(self, problem: Problem, limits: Limits) -> None:
        """Hands the task over; the soft limit counts from here."""
        self._deadline = time.monotonic() + limits.seconds + GRACE_SECONDS
        task = Task(
            problem=problem.model_dump_json(), seconds=limits.seconds, memory_mb=limits.memory_mb
        )
        try:
            assert self._child.stdin is not None  # noqa: S101  opened as a pipe above
            self._child.stdin.write(task.model_dump_json() + "\n")
            self._child.stdin.close()
        except BrokenPipeError:
            pass  # It died already; `answers` tells how.

    def answers(self) -> Iterator[Found | Done | Ended]:
        """Everything the child tells, and last of all how it ended."""
        while True:
            try:
                line = self._lines.get(timeout=max(0.0, self._deadline - time.monotonic()))
            except queue.Empty:
                self.kill()
                yield Ended("time_limit")
                return
            if line is None:
                yield self._ended()
                return
            try:
                message = MESSAGES.validate_json(line)
            except ValidationError:
                self.kill()
                yield Ended("truncated_output", line[:200])
                return
            yield message
            if isinstance(message, Done):
                yield Ended(None)
                return

    def kill(self) -> None:
        """Ends the child at once and waits for it."""
        self._child.kill()
        self._child.wait()
        for reader in self._readers:
            reader.join()
        for pipe in (self._child.stdin, self._child.stdout, self._child.stderr):
            if pipe is not None and not pipe.closed:
                pipe.close()

    def _ended(self) -> Ended:
        """In our own words, how a child ended that did not say it was done."""
        code = self._child.wait()
        self._readers[1].join()
        detail = "".join(self._errors)[-2000:]
        if "MemoryError" in detail or "bad_alloc" in detail or "cannot allocate" in detail:
            return Ended("out_of_memory", detail)
        if code == -signal.SIGKILL:
            return Ended("killed", detail)
        return Ended("crashed", f"exit code {code}: {detail}")

    def _read_lines(self) -> None:
        assert self._child.stdout is not None  # noqa: S101  opened as a pipe above
        for line in self._child.stdout:
            self._lines.put(line)
        self._lines.put(None)

    def _read_errors(self) -> None:
        assert self._child.stderr is not None  # noqa: S101  opened as a pipe above
        self._errors.extend(self._child.stderr)
