"""What a solving process has loaded by the time its task arrives."""

from __future__ import annotations

import subprocess
import sys

LOADED = "import sys; from solver.search import child; child.warm_up(); print(*sys.modules)"


def test_everything_that_a_solve_needs_is_loaded_and_pandas_is_not() -> None:
    """OR-Tools' modelling layer would bring pandas, and a second of loading with it."""
    run = subprocess.run([sys.executable, "-c", LOADED], capture_output=True, text=True, check=True)
    loaded = run.stdout.split()
    assert "pandas" not in loaded
    for module in (
        "solver.eligibility.travel_region",
        "solver.objectives.expertise_overlap",
        "ortools.graph.python.min_cost_flow",
        "ortools.sat.python.cp_model_helper",
    ):
        assert module in loaded
