"""Progress of a solve on a terminal: level, value, bound, gap and elapsed time."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from models.domain.progress import Progress


@contextmanager
def shown_progress() -> Iterator[Callable[[Progress], None]]:
    """A line on stderr that follows the solve; nothing where stderr is no terminal."""
    if not sys.stderr.isatty():
        yield lambda progress: None
        return
    from rich import progress as bars
    from rich.console import Console

    columns = (
        bars.SpinnerColumn(),
        bars.TextColumn("{task.description}"),
        bars.TimeElapsedColumn(),
    )
    with bars.Progress(*columns, console=Console(stderr=True), transient=True) as line:
        task = line.add_task("reading the rules")
        yield lambda progress: line.update(task, description=progress_text(progress))


def progress_text(progress: Progress) -> str:
    """What is being done, and how far the level has come."""
    from service.wording import level_figure, level_title

    if progress.level is None:
        return progress.stage
    figures = {"value": progress.value, "bound": progress.bound, "gap": progress.gap}
    known = [
        f"{name} {level_figure(progress.level, figure)}"
        for name, figure in figures.items()
        if figure is not None
    ]
    return " · ".join([progress.stage, level_title(progress.level), *known])
