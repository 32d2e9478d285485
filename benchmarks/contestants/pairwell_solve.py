"""Pairwell's solve alone: the round read, the imports done, the search's process waiting."""

from __future__ import annotations

import gc
import sys
import time
from pathlib import Path

from service.cli.round_input import read_round_file
from solver.search.process import SolverProcess
from solver.solve import solve_matching

IMPORT_PAUSE = 4.0
"""Seconds for the search's process to import OR-Tools; it does not say when it has."""


def main() -> None:
    """`pairwell_solve ROUND OUTPUT`."""
    round_file, output = map(Path, sys.argv[1:])
    problem = read_round_file(round_file).problem
    process = SolverProcess()
    time.sleep(IMPORT_PAUSE)
    gc.freeze()  # as `pairwell match` does
    output.write_text(solve_matching(problem, process=process).model_dump_json(), encoding="utf-8")


if __name__ == "__main__":
    main()
