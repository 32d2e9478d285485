"""What a contestant may use, and what is written down of one that needs more."""

from __future__ import annotations

import signal
from dataclasses import dataclass

from benchmarks.measurement import CommandFailedError
from benchmarks.scored_round import TIME_IS_UP
from solver.search.process import SIGNS_OF_NO_MEMORY

OUT_OF_TIME = (TIME_IS_UP, -signal.SIGALRM)
OUT_OF_MEMORY = (-signal.SIGKILL, -signal.SIGABRT)


@dataclass(frozen=True)
class Allowance:
    """Seconds for the matching alone, and megabytes of address space for each process."""

    seconds: float
    memory_mb: int

    def why_no_answer(self, failure: CommandFailedError) -> str | None:
        """What a table says of a contestant that ended like this; None for any other fault."""
        if failure.exit_code in OUT_OF_TIME:
            return f"no answer in {self.seconds:g} s"
        no_memory = any(sign in str(failure).lower() for sign in SIGNS_OF_NO_MEMORY)
        if no_memory or failure.exit_code in OUT_OF_MEMORY:
            return f"no answer in {self.memory_mb / 1024:g} GB"
        return None
