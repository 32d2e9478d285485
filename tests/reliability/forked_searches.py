"""Searches that are forked from a process with all imports done, for workers that die often.

A fresh search costs three quarters of a processor second before it reads its task; a forked one
does what the fresh one does, and costs a fiftieth. It dies with its worker all the same.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Sequence
from typing import IO, Any, NoReturn

from models.domain.problem import Problem
from models.domain.result import MatchResult
from service.worker.solve import logged_solve
from solver.limits import Limits
from solver.search import child
from solver.search.process import SolverProcess
from solver.search.warm_up import warm_up

LOOK_EVERY = 0.005

# Whatever is loaded here, in the process that all others are forked from, is loaded once.
warm_up()


class ForkedSearches:
    """A solver with so many searches that are forked before any thread runs; then fresh ones."""

    def __init__(self, count: int) -> None:
        self._children = [ForkedChild() for _ in range(count)]

    def __call__(self, problem: Problem, limits: Limits, *given: Any, **more: Any) -> MatchResult:
        search = ForkedSearch(self._children.pop()) if self._children else SolverProcess()
        return logged_solve(problem, limits, *given, process=search, **more)


class ForkedSearch(SolverProcess):
    """A search in a child that is there already."""

    def __init__(self, child: ForkedChild) -> None:
        self._forked = child
        super().__init__()

    def _started(self, command: Sequence[str]) -> Any:
        return self._forked


class ForkedChild:
    """What `subprocess.Popen` would be to the search's parent."""

    def __init__(self) -> None:
        theirs_in, ours_in = os.pipe()
        ours_out, theirs_out = os.pipe()
        ours_err, theirs_err = os.pipe()
        self.returncode: int | None = None
        self.pid = os.fork()
        if self.pid == 0:
            _search_on(theirs_in, theirs_out, theirs_err)
        os.setpgid(self.pid, self.pid)
        for end in (theirs_in, theirs_out, theirs_err):
            os.close(end)
        self.stdin: IO[bytes] = os.fdopen(ours_in, "wb", 0)
        self.stdout: IO[bytes] = os.fdopen(ours_out, "rb", 0)
        self.stderr: IO[bytes] = os.fdopen(ours_err, "rb", 0)

    def poll(self) -> int | None:
        """How it ended, if it has."""
        if self.returncode is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            self.returncode = os.waitstatus_to_exitcode(status) if pid else None
        return self.returncode

    def wait(self, timeout: float = 60.0) -> int | None:
        """How it ended; None where it has not by then."""
        deadline = time.monotonic() + timeout
        while self.poll() is None and time.monotonic() < deadline:
            time.sleep(LOOK_EVERY)
        return self.returncode


def _search_on(*streams: int) -> NoReturn:
    """The search as `python -m solver.search.child` does it, on these streams."""
    code = 1
    try:
        for number, stream in enumerate(streams):
            os.dup2(stream, number)
        # Its worker's ends too: kept open, they would hide from it that the worker is dead.
        os.closerange(3, os.sysconf("SC_OPEN_MAX"))
        sys.stdin, sys.stdout, sys.stderr = os.fdopen(0), os.fdopen(1, "w"), os.fdopen(2, "w")
        child.main()
        code = 0
    finally:
        os._exit(code)
