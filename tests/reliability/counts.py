"""How often each fault is brought about, and the seed; the environment may ask for others.

What CI runs stands here. `tests/reliability/__init__.py` has the longer commands.
"""

from __future__ import annotations

import os
import time


def _number(name: str, default: int) -> int:
    return int(os.environ.get(name, str(default)))


SEED = _number("SEED", time.time_ns() % 1_000_000)
"""Drawn anew for each run, and printed by it: SEED repeats one that failed."""

KILLS = _number("KILLS", 200)
"""Workers that are killed, on each kind of database."""

API_KILLS = _number("API_KILLS", 100)
"""Servers that are killed, on each kind of database."""

KEYS = _number("KEYS", 100)
REPEATS = _number("REPEATS", 64)
"""Callers who send each key at once: before a restart, and as many after it."""

CANCELS = _number("CANCELS", 150)
"""Runs that are cancelled, on each kind of database."""

DEATHS = _number("DEATHS", 50)
"""Searches that die, on each kind of database."""

HANGS = _number("HANGS", 6)
"""Searches that hang, on each kind of database."""

LIMITS = tuple(map(float, os.environ.get("LIMITS", "2 10").split()))
"""The time limits of solves, in seconds."""

LOAD_SECONDS = _number("LOAD_SECONDS", 30)
"""For how long large rounds come in while others are read."""

OUTAGES = _number("OUTAGES", 20)
"""Times that PostgreSQL goes away, in six ways by turns."""

RESTARTS = _number("RESTARTS", 8)
"""Servers that are replaced under load."""

ROUNDS = _number("ROUNDS", 10)
"""Results in a database that is lost and restored, on each kind of database."""

EVENTS = _number("EVENTS", 2000)
"""Events that are sent to receivers which fail, on each kind of database."""

ROUND_STEPS = _number("ROUND_STEPS", 3000)
"""Requests of people who work on the same rounds, on each kind of database."""

SOLVES = _number("SOLVES", 20)
ORDERS = _number("ORDERS", 100)
"""Solves of one round in processes of their own, and orders of its rows."""

CASES = _number("CASES", 4000)
"""Requests that the fuzzer makes up, at least; it sends more where there are more operations."""

ATTACKS = _number("ATTACKS", 3)
"""Times that connections are held while another programme reads."""
