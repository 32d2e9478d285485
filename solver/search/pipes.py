"""The pipes to a child, served by one thread that waits for none of them alone.

A child may not read, may write without end, or may leave its pipes to a process of its own
that outlives it. None of that holds the parent up, and none of it fills the parent's memory.
"""

from __future__ import annotations

import os
import queue
import selectors
import subprocess
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import IO, cast

CHUNK = 1 << 16
MOST_UNREAD_CHUNKS = 1 << 10
"""A child that tells more than 64 MiB before anybody listens has to wait."""

MOST_IN_A_PIPE = 1 << 20

KEPT_OF_ERRORS = 4_096
"""Bytes of the standard error that are kept: the last ones, which say why."""


class Pipes:
    """Standard input, output and error of a child that was started with unbuffered pipes."""

    def __init__(self, child: subprocess.Popen[bytes]) -> None:
        self._stdin, self._stdout, self._stderr = (
            cast("IO[bytes]", pipe) for pipe in (child.stdin, child.stdout, child.stderr)
        )
        os.set_blocking(self._stdin.fileno(), False)
        self._unsent = memoryview(b"")
        self._more_to_send = False
        self._chunks: queue.Queue[bytes] = queue.Queue(MOST_UNREAD_CHUNKS)
        self._errors = b""
        self._closing = False
        self._wakes, self._wake = os.pipe()
        self._selector = selectors.DefaultSelector()
        for pipe, serve in (
            (self._stdout, self._read),
            (self._stderr, self._read_errors),
            (self._wakes, self._woken),
        ):
            self._selector.register(pipe, selectors.EVENT_READ, serve)
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def send(self, data: bytes, more: bool = False) -> None:
        """Writes the data as fast as the child reads it, and closes its input, unless there is
        `more` to come, once the child has answered. Returns at once."""
        self._unsent, self._more_to_send = memoryview(data), more
        os.write(self._wake, b"s")

    def take(self, seconds: float) -> bytes | None:
        """Something that the child told, empty at the end of it; None where nothing came in time.

        After `close` it gives what is left, and its end.
        """
        try:
            return self._chunks.get(timeout=seconds) if seconds > 0 else self._chunks.get_nowait()
        except queue.Empty:
            return b"" if self._closing else None

    def has_news(self) -> bool:
        """Whether there is something to take."""
        return not self._chunks.empty()

    @property
    def errors(self) -> str:
        """The end of what the child wrote to its standard error; all that is kept of it."""
        return self._errors.decode("utf-8", "replace")

    def close(self) -> None:
        """Lets go of the pipes of a child that is dead, whoever else still holds them."""
        if self._closing:
            return
        self._closing = True
        os.write(self._wake, b"c")
        told = self._drained()
        for pipe in (self._stdin, self._stdout, self._stderr):
            pipe.close()
        self._selector.close()
        os.close(self._wakes)
        os.close(self._wake)
        self._chunks = queue.Queue()
        for chunk in told:
            self._chunks.put(chunk)

    def _drained(self) -> list[bytes]:
        """What nobody has taken yet; the thread may be waiting for room for one chunk more."""
        told: list[bytes] = []
        while self._thread.is_alive() or not self._chunks.empty():
            with suppress(queue.Empty):
                told.append(self._chunks.get(timeout=0.01))
        return told

    def _serve(self) -> None:
        while not self._closing:
            for key, _ in self._selector.select():
                key.data()
        self._read_what_is_there(self._stdout, self._read)
        self._read_what_is_there(self._stderr, self._read_errors)

    def _read_what_is_there(self, pipe: IO[bytes], read: Callable[[], None]) -> None:
        """What a dead child left in a pipe; no more, should somebody else go on writing."""
        os.set_blocking(pipe.fileno(), False)
        with suppress(BlockingIOError):
            for _ in range(MOST_IN_A_PIPE // CHUNK):
                if pipe in self._selector.get_map():
                    read()

    def _woken(self) -> None:
        os.read(self._wakes, 1)
        if not self._closing:
            self._selector.register(self._stdin, selectors.EVENT_WRITE, self._write)

    def _write(self) -> None:
        # A child that is dead already tells so by how it ended.
        try:
            sent = os.write(self._stdin.fileno(), self._unsent[:CHUNK])
        except BrokenPipeError:
            sent = len(self._unsent)
        self._unsent = self._unsent[sent:]
        if not self._unsent:
            self._selector.unregister(self._stdin)
            if not self._more_to_send:
                self._stdin.close()

    def _read(self) -> None:
        self._chunks.put(self._chunk(self._stdout))

    def _read_errors(self) -> None:
        self._errors = (self._errors + self._chunk(self._stderr))[-KEPT_OF_ERRORS:]

    def _chunk(self, pipe: IO[bytes]) -> bytes:
        """What can be read at once; a pipe that has come to its end is not asked again."""
        data = os.read(pipe.fileno(), CHUNK)
        if not data:
            self._selector.unregister(pipe)
        return data
