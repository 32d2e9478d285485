"""How busy the machine is: targets are for one that is not, and others may share this one."""

from __future__ import annotations

import os
from pathlib import Path


def load() -> float:
    """How many processes share a core, as a mean over the last minute; at least 1."""
    return max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))


def processor_seconds(pid: int) -> float:
    """How long a process has computed so far, which another's load hardly changes."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
