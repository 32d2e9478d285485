"""The parent's side of the solving process: start, listen, and end it in time.

The parent's clock and SIGKILL are the contract. Whatever the child was doing, and however it
died, the last answer that it told is still in hand.
"""

from __future__ import annotations

import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from pydantic import TypeAdapter, ValidationError

from models.domain.problem import Problem
from solver.limits import Limits
from solver.search.messages import Done, Found, Task

CHILD = (sys.executable, "-m", "solver.search.child")

GRACE_SECONDS = 1.5
"""How long after the soft limit the child may still come to an end by itself."""

SIGNS_OF_NO_MEMORY = ("memoryerror", "memory allocation", "bad_alloc", "cannot allocate")

MESSAGES: TypeAdapter[Found | Done] = TypeAdapter(Found | Done)


@dataclass(frozen=True)
class Ended:
    """How the process ended: `reason` is None when it said that it found everything."""

    reason: str | None
    detail: str = ""


class SolverProcess:
    """One fresh child for one solve; a context manager that leaves nothing running.

    Starting it early costs nothing and lets its imports run beside the reading of the input.
    `command` is what is run; it is handed a task on its input and answers on its output.
    """

    def __init__(self, command: Sequence[str] = CHILD) -> None:
        self._child = subprocess.Popen(  # noqa: S603  no command of anybody else's
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=Path(__file__).parents[2],
            # The search shares the machine with its parent: one thread each.
            env={**os.environ, "OPENBLAS_NUM_THREADS": "1"},
            text=True,
            encoding="utf-8",
            errors="replace",
        )
        self._lines: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self._errors: list[str] = []
        self._threads: list[threading.Thread] = []
        self._start(self._read_lines)
        self._start(self._read_errors)

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
        # A child that does not read must not keep its parent from watching the clock.
        self._start(lambda: self._write(task.model_dump_json() + "\n"))

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
                yield Ended(message.stopped_by)
                return

    def has_news(self) -> bool:
        """Whether there is something to hear, if only that the time is over."""
        return not self._lines.empty() or time.monotonic() >= self._deadline

    def kill(self) -> None:
        """Ends the child at once and waits for it."""
        self._child.kill()
        self._child.wait()
        for thread in self._threads:
            thread.join()
        for pipe in (self._child.stdin, self._child.stdout, self._child.stderr):
            if pipe is not None and not pipe.closed:
                pipe.close()

    def _ended(self) -> Ended:
        """In our own words, how a child ended that did not say it was done."""
        try:
            code = self._child.wait(timeout=max(0.0, self._deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            self.kill()
            return Ended("time_limit")
        self.kill()
        detail = "".join(self._errors)[-2000:]
        if any(sign in detail.casefold() for sign in SIGNS_OF_NO_MEMORY):
            return Ended("out_of_memory", detail)
        if code == -signal.SIGKILL:
            return Ended("killed", detail)
        return Ended("crashed", f"exit code {code}: {detail}")

    def _start(self, work: Callable[[], None]) -> None:
        thread = threading.Thread(target=work, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _write(self, line: str) -> None:
        assert self._child.stdin is not None  # noqa: S101  opened as a pipe above
        # A child that is dead already tells so by how it ended.
        with suppress(BrokenPipeError), self._child.stdin as pipe:
            pipe.write(line)

    def _read_lines(self) -> None:
        assert self._child.stdout is not None  # noqa: S101  opened as a pipe above
        for line in self._child.stdout:
            self._lines.put(line)
        self._lines.put(None)

    def _read_errors(self) -> None:
        assert self._child.stderr is not None  # noqa: S101  opened as a pipe above
        self._errors.extend(self._child.stderr)
