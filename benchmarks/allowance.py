"""What a contestant may use, and what is written down of one that needs more."""

from __future__ import annotations

import signal
from dataclasses import dataclass

from benchmarks.measurement import CommandFailedError
from benchmarks.scored_round import TIME_IS_UP
from solver.search.outcome import SIGNS_OF_NO_MEMORY

OUT_OF_TIME = (TIME_IS_UP, -signal.SIGALRM)
OUT_OF_MEMORY = (-signal.SIGKILL, -signal.SIGABRT)


@dataclass(frozen=True)
class Allowance:
    """Seconds for the matching alone, and megabytes of address space for each process."""

    seconds: float
    memory_mb: int

    def why_no_answer(self, failure: CommandFailedError) -> str:
        """What a table says of a contestant that ended like this."""
        if failure.exit_code in OUT_OF_TIME:
            return f"no answer in {self.seconds:g} s"
        no_memory = any(sign in str(failure).lower() for sign in SIGNS_OF_NO_MEMORY)
        if no_memory or failure.exit_code in OUT_OF_MEMORY:
            return f"no answer in {self.memory_mb / 1024:g} GB"
        return f"failed: {_error_name(str(failure)) or failure.exit_code}"


def _error_name(message: str) -> str:
    """The bare name of the exception that a traceback ends with."""
    last_line = message.splitlines()[-1] if message else ""
    return last_line.split(":")[0].split(".")[-1]
