"""What is wrong with the settings of something chosen by name, as issues with their places."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from pydantic_core import ErrorDetails

from solver.intake.display import nearest_of, shown
from solver.intake.issue_log import IssueLog, Path
from solver.intake.schema import phrased


def report_setting(
    fault: ErrorDetails, owner: str, known: Sequence[str], path: Path, log: IssueLog
) -> None:
    """An issue for a setting that does not exist, or whose value is none that it takes.

    `owner` says whose setting it would be (`the rule`), `known` which settings there are.
    """
    place = fault_place(fault)
    if fault["type"] == "extra_forbidden":
        message = f"`{shown(str(place[-1]))}` is no setting of {owner}"
        hint = partial(nearest_of, str(place[-1]), known) if known else "It has no settings."
        log.error("INVALID_SETTING", path, message, hint)
        return
    setting = f"`{shown(str(place[0]))}` of {owner}" if place else owner
    log.error("INVALID_SETTING", path, f"{setting} {phrased(fault)}", value=fault["input"])


def fault_place(fault: ErrorDetails) -> Path:
    """Where a fault is within the settings; a key that is at fault is taken with its value."""
    return tuple(part for part in fault["loc"] if part != "[key]")
