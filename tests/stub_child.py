"""A solving process that runs some Python of the test's own instead of a search."""

from __future__ import annotations

import sys

from solver.search.process import SolverProcess

HANGS = "time.sleep(600)"


def a_child(script: str) -> SolverProcess:
    """A child that runs the script, with `os`, `sys` and `time` at hand."""
    return SolverProcess((sys.executable, "-c", f"import os, sys, time\n{script}"))
