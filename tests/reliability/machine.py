"""How busy the machine is: targets are for one that is not, and others may share this one."""

from __future__ import annotations

import os


def load() -> float:
    """How many processes share a core, as a mean over the last minute; at least 1."""
    return max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))
