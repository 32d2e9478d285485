"""The parent's side of the solving process: start, listen, and end it in time.

The parent's clock and SIGKILL are the contract. Whatever the child was doing, and however it
died, the last answer that it told is still in hand.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Annotated, Self

from pydantic import Field, TypeAdapter, ValidationError

from models.domain.participant import Pair
from models.domain.problem import Problem
from solver.limits import Limits
from solver.search.messages import Done, Found, Pinned, Ready, Reopened, Start, Task
from solver.search.outcome import Death, Ended, outcome_of
from solver.search.pipes import Pipes

CHILD = (sys.executable, "-m", "solver.search.child")

GRACE_SECONDS = 1.5
"""How long after the soft limit the child may still come to an end by itself."""

LONGEST_LINE = 1 << 28
"""Bytes of a message; that of 200,000 people has a tenth of them."""

LOOK_AFTER_SECONDS = 0.1
"""How often a silent child is looked after: its pipes can outlive it."""

Message = Ready | Found | Done | Reopened

MESSAGES: TypeAdapter[Message] = TypeAdapter(Annotated[Message, Field(discriminator="kind")])


class SolverProcess:
    """One fresh child for one solve; a context manager that leaves nothing running.

    Starting it early costs nothing and lets its imports run beside the reading of the input.
    `command` is what is run; it is handed a task on its input and answers on its output. It
    leads a group of processes of its own, and all of them end with it.
    """

    def __init__(self, command: Sequence[str] = CHILD) -> None:
        self._child = self._started(command)
        self._pipes = Pipes(self._child)
        self._lines: deque[bytes] = deque()
        self._rest = bytearray()
        self._was_ready = False
        self._ended_in_time = False
        self._stop_requested = False
        self._over = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.kill()

    def ask(self, problem: Problem, limits: Limits, start: Start | None = None) -> None:
        """Hands the task over; the soft limit counts from here, also for the child."""
        self._pipes.send(self._task(problem, limits, start, reopen=False))

    def reopen(self, problem: Problem, limits: Limits, start: Start) -> None:
        """Hands a round over to be asked about, again and again, with one pin more."""
        self._pipes.send(self._task(problem, limits, start, reopen=True), more=True)

    def pin(self, pin: Pair, seconds: float) -> None:
        """Asks for the round with one pin more, once it is reopened and the last was answered."""
        asked = Pinned(pin=pin, seconds=seconds, asked_at=self._limited(seconds))
        self._pipes.send(asked.model_dump_json().encode() + b"\n", more=True)

    def answers(self) -> Iterator[Found | Done | Reopened | Ended]:
        """Everything the child tells, and last of all how it ended.

        A child that was asked to reopen a round says when it has, and goes on.
        """
        while (line := self._line()) is not None:
            try:
                message = MESSAGES.validate_json(line)
            except ValidationError:
                self.kill()
                yield Ended("garbage_output", f"a line of {len(line)} bytes is no message")
                return
            self._was_ready = True
            if isinstance(message, Ready):
                continue
            yield message
            if isinstance(message, Reopened):
                return
            if isinstance(message, Done):
                yield Ended(message.stopped_by)
                return
        yield self._ended()

    def end_by(self, moment: float) -> None:
        """Ends the child by this reading of `time.monotonic`, if it would not end before.

        A later reading puts it off, though never beyond the grace that follows the soft limit.
        """
        self._deadline = min(self._latest, moment)

    def stop(self) -> None:
        """Ends the child within a moment; from any thread, also before it was asked anything."""
        self._stop_requested = True

    def has_news(self) -> bool:
        """Whether there is something to hear, if only that the time is over."""
        waiting = bool(self._lines) or self._pipes.has_news()
        return waiting or self._seconds_left() <= 0

    def kill(self) -> None:
        """Ends the child at once, with what it started, and waits for it.

        What it has told by now can still be heard.
        """
        if self._over:
            return
        self._over = True
        self._ended_in_time = self._child.poll() is not None
        # Where nothing of the group is left, there is nothing to end.
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self._child.pid, signal.SIGKILL)
        self._child.wait()
        self._pipes.close()

    def _started(self, command: Sequence[str]) -> subprocess.Popen[bytes]:
        return subprocess.Popen(  # noqa: S603  no command of anybody else's
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=Path(__file__).parents[2],
            # The search shares the machine with its parent: one thread each.
            env={**os.environ, "OPENBLAS_NUM_THREADS": "1"},
            bufsize=0,
            # In a session of its own it would be weighed as one against all others together,
            # however far it means to give way.
            process_group=0,
        )

    def _task(self, problem: Problem, limits: Limits, start: Start | None, reopen: bool) -> bytes:
        task = Task(
            problem=problem.model_dump_json(),
            seconds=limits.seconds,
            asked_at=self._limited(limits.seconds),
            memory_mb=limits.memory_mb,
            start=start,
            reopen=reopen,
        )
        return task.model_dump_json().encode() + b"\n"

    def _limited(self, seconds: float) -> float:
        """Begins to count the seconds for an answer; the present moment."""
        now = time.monotonic()
        self._deadline = self._latest = now + seconds + GRACE_SECONDS
        return now

    def _line(self) -> bytes | None:
        """The next line; None where the child has ended, by itself or for lack of time."""
        while not self._lines:
            left = self._seconds_left()
            if left <= 0:
                self.kill()
            chunk = self._pipes.take(min(left, LOOK_AFTER_SECONDS))
            if chunk == b"":
                return None
            if chunk is None and self._child.poll() is not None:
                # What it told before its end may be unread: this takes all of it out of the pipe.
                self.kill()
            self._take_in(chunk or b"")
        return self._lines.popleft()

    def _seconds_left(self) -> float:
        return 0.0 if self._stop_requested else self._deadline - time.monotonic()

    def _take_in(self, chunk: bytes) -> None:
        self._rest += chunk
        if b"\n" in chunk:
            *whole, rest = self._rest.split(b"\n")
            self._lines.extend(map(bytes, whole))
            self._rest = rest
        if len(self._rest) > LONGEST_LINE:
            self._lines.append(bytes(self._rest))

    def _ended(self) -> Ended:
        """In our own words, how a child ended that did not say it was done."""
        with suppress(subprocess.TimeoutExpired):
            self._child.wait(timeout=max(0.0, self._seconds_left()))
        self.kill()
        if not self._ended_in_time and self._stop_requested:
            return Ended("requested")
        if not self._ended_in_time and self._deadline < self._latest:
            return Ended("time_limit")
        if not self._ended_in_time:
            return Ended("hung", "no end by itself after the time limit")
        said, code = self._pipes.errors, self._child.returncode
        return outcome_of(Death(code, said, self._was_ready, bytes(self._rest)))
