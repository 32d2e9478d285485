"""How a solving process ended, as a name that the rest of the program can rely on."""

from __future__ import annotations

import signal
from dataclasses import dataclass

from models.domain.stop import StopReason

SIGNS_OF_NO_MEMORY = ("memoryerror", "memory allocation", "bad_alloc", "cannot allocate")

FROM_OUTSIDE = frozenset({signal.SIGKILL, signal.SIGTERM, signal.SIGINT, signal.SIGHUP})
"""Signals that somebody else sends; any other is a fault inside the process."""

LONGEST_DETAIL = 300


@dataclass(frozen=True)
class Ended:
    """How the process ended: `reason` is None when it said that it found everything.

    `detail` is for operators: the exit code or signal, and the last line of what libraries
    printed. The process itself prints no text that the round's data could be in.
    """

    reason: StopReason | None
    detail: str = ""


@dataclass(frozen=True)
class Death:
    """What the parent sees of a process that ended without saying that it was done.

    `code` is the exit code, or minus the signal; `said` the end of its standard error;
    `was_ready` whether it had come as far as its task; `rest` what it told last, if that was
    no whole line.
    """

    code: int
    said: str
    was_ready: bool
    rest: bytes = b""


def outcome_of(death: Death) -> Ended:
    """The outcome; the cause of a death counts for more than what it left unfinished."""
    how = f"signal {-death.code}" if death.code < 0 else f"exit code {death.code}"
    last = death.said.strip().rpartition("\n")[2]
    return Ended(_reason(death), f"{how}: {last}"[:LONGEST_DETAIL])


def _reason(death: Death) -> StopReason:
    if any(sign in death.said.casefold() for sign in SIGNS_OF_NO_MEMORY):
        return "out_of_memory"
    if -death.code in FROM_OUTSIDE:
        return "killed"
    if death.code < 0:
        return "aborted"
    if death.rest:
        return "truncated_output"
    return "crashed" if death.was_ready else "not_started"
