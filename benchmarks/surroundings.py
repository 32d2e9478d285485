"""Where and with what a benchmark was run, without naming the machine."""

from __future__ import annotations

import datetime as dt
import os
import platform
from collections.abc import Sequence
from importlib.metadata import version


def surroundings(distributions: Sequence[str]) -> dict[str, str]:
    """The date, the kind of machine, how busy it was just before, and the versions."""
    return {
        "date": dt.datetime.now(dt.UTC).date().isoformat(),
        "machine": f"{len(os.sched_getaffinity(0))} cores, {platform.system()} "
        f"{platform.machine()}",
        "busy": f"load {os.getloadavg()[0]:.1f} in the minute before",
        "Python": platform.python_version(),
        **{name: version(name) for name in distributions},
    }


def in_words(facts: dict[str, str]) -> str:
    """The surroundings on one line."""
    bare = ("date", "machine", "busy")
    return "; ".join(fact if name in bare else f"{name} {fact}" for name, fact in facts.items())
