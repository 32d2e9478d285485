"""What the exit codes mean; they are documented and do not change."""

from __future__ import annotations

SOLVED = 0
FAILED = 1
INVALID_INPUT = 2
INFEASIBLE = 3
NOT_PROVED = 4
INTERRUPTED = 130
