"""What can end a search before its end: one name for each way, and a sentence for planners."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

StopReason = Literal[
    "requested",
    "time_limit",
    "work_limit",
    "engine_limit",
    "hung",
    "killed",
    "out_of_memory",
    "aborted",
    "crashed",
    "not_started",
    "truncated_output",
    "garbage_output",
]

STOP_REASONS: Mapping[StopReason, str] = {
    "requested": "somebody asked for the best answer found so far",
    "time_limit": "the time limit was reached",
    "work_limit": "the limit on the engine's own count of work was reached",
    "engine_limit": "what was left is beyond what the engines are trusted with",
    "hung": "the search did not end at the time limit and was ended",
    "killed": "the search was killed, by an operator or by the system",
    "out_of_memory": "the memory limit was reached",
    "aborted": "a library ended the search with a fault of its own",
    "crashed": "the search ended with an error of ours",
    "not_started": "the search could not be started",
    "truncated_output": "the search ended in the middle of what it told",
    "garbage_output": "the search told something that is no message",
}
"""Whatever ended it, the result that follows is valid, with a true bound."""

SAME_EVERYWHERE: frozenset[StopReason] = frozenset({"work_limit", "engine_limit"})
"""What ends a search the same way on every machine, so that the result is reproducible."""
