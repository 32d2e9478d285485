"""Pairwell's solve alone: the round read, the imports done, the search's process waiting."""

from __future__ import annotations

import gc
import sys
import time
from pathlib import Path

from benchmarks.scored_round import GRACE_SECONDS, end_after
from service.cli.round_input import read_round_file
from solver.limits import Limits
from solver.search.process import SolverProcess
from solver.solve import solve_matching

IMPORT_PAUSE = 4.0
"""Seconds for the search's process to import OR-Tools; it does not say when it has."""


def main() -> None:
    """`pairwell_solve ROUND SECONDS OUTPUT`."""
    round_file, seconds, output = Path(sys.argv[1]), float(sys.argv[2]), Path(sys.argv[3])
    problem = read_round_file(round_file).problem
    process = SolverProcess()
    time.sleep(IMPORT_PAUSE)
    gc.freeze()  # as `pairwell match` does
    end_after(seconds + GRACE_SECONDS)
    result = solve_matching(problem, Limits(seconds=seconds), process=process)
    end_after(0.0)
    output.write_text(result.model_dump_json(), encoding="utf-8")


if __name__ == "__main__":
    main()
