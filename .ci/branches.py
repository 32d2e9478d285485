"""Fails when fewer than 95 % of the branches of solver and models are covered."""

from __future__ import annotations

import json
import sys
from pathlib import Path

LEAST_PER_CENT = 95
FOLDERS = ("models", "solver")

files = json.loads(Path(sys.argv[1]).read_text())["files"]
for folder in FOLDERS:
    summaries = [data["summary"] for name, data in files.items() if name.startswith(f"{folder}/")]
    branches = sum(summary["num_branches"] for summary in summaries)
    covered = sum(summary["covered_branches"] for summary in summaries)
    per_cent = 100 * covered / branches
    print(f"{folder}: {covered} of {branches} branches covered, {per_cent:.1f} %")
    if per_cent < LEAST_PER_CENT:
        sys.exit(f"{folder} is under {LEAST_PER_CENT} %")
