"""Whatever the time limit: a valid answer that is worth something, a true bound, and in time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from benchmarks.time_limits import SPARE_SECONDS, a_document, a_problem, greedy_values
from models.domain.result import MatchResult
from service.worker.solve import logged_solve
from tests.reliability.counts import LIMITS
from tests.reliability.machine import load
from tests.reliability.processes import LONG_ENOUGH
from tests.service.services import Caller, a_service

SIZES = ((20, 30), (215, 285), (900, 1_100), (3_000, 4_000))


@pytest.mark.reliability
@pytest.mark.only_on("sqlite")
def test_every_limit_leaves_an_answer_no_worse_than_the_greedy_one_in_time(
    tmp_path: Path, tell: Callable[[str, str], None]
) -> None:
    """Over HTTP, as its caller sees it; a result that the audit rejects would be none.

    A limit is as long as it takes to have its seconds of a core on a machine that is shared.
    """
    late, stopped = [], 0
    for size, side_rules in product(SIZES, (False, True)):
        document, least = a_document(size, 1, side_rules), _least(size, side_rules)
        for seconds_alone in LIMITS:
            limit = seconds_alone * load()
            given = {"time_limit": limit, "lease": 30.0, "longest_wait": LONG_ENOUGH}
            with a_service(tmp_path, logged_solve, **given) as caller:
                result, seconds = _solved(caller, document)
            late.append(seconds - limit)
            stopped += result.run.stopped_by is not None
            assert result.run.solve_status in ("optimal", "feasible")
            assert tuple(level.value for level in result.levels) >= least, (size, limit)
            assert all(level.value <= level.bound for level in result.levels)
    tell(
        "R9",
        f"{len(late)} solves, half with side rules, {stopped} ended by their limit; each with an "
        f"answer no worse than the greedy one and a bound; at most {max(late):.1f} s over the "
        f"limit, at load {load():.1f}",
    )
    assert stopped, "no limit was reached"
    assert max(late) <= SPARE_SECONDS * load()


def _least(size: tuple[int, int], side_rules: bool) -> tuple[int, ...]:
    return greedy_values(a_problem(size, 1, side_rules))


def _solved(caller: Caller, document: dict[str, Any]) -> tuple[MatchResult, float]:
    """The result, and how long it took from when a worker took it up until it was stored."""
    answer = caller.post(document, prefer=f"wait={LONG_ENOUGH:.0f}")
    assert answer.status_code == 200, answer.text
    run = caller.get(answer.headers["location"]).json()
    began, ended = (datetime.fromisoformat(run[at]) for at in ("started_at", "finished_at"))
    return MatchResult.model_validate(answer.json()), (ended - began).total_seconds()
