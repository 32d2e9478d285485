"""The recipe: a problem in, an audited, certified and explained result out."""

from __future__ import annotations

import time
from collections.abc import Callable
from importlib.metadata import version

from models.domain.issue import Issue
from models.domain.problem import Problem
from models.domain.progress import Progress
from models.domain.result import MatchResult
from solver.best_known import BestKnown
from solver.groundwork import Groundwork
from solver.limits import Limits
from solver.report import RunFacts, report, report_no_answer
from solver.rulebook import choose_rules
from solver.search.messages import Done, Found
from solver.search.outcome import Ended
from solver.search.process import SolverProcess

SPARE_SECONDS = 3.0
"""A solve takes at most so much longer than its limit, all that follows the search included."""

JUDGING_IN_GROUNDWORKS = 2.0
"""How long audit, certificate and reasons take, measured by how long the groundwork took."""

OnProgress = Callable[[Progress], None]
OnEnded = Callable[[Ended], None]


def solve_matching(
    problem: Problem,
    limits: Limits | None = None,
    on_progress: OnProgress | None = None,
    process: SolverProcess | None = None,
    issues: tuple[Issue, ...] = (),
    on_ended: OnEnded = lambda ended: None,
) -> MatchResult:
    """The provably best assignments of a problem, audited, certified and explained.

    The search runs in a process of its own; `process` is one that was started beforehand. A
    limit that fires still gives a valid answer, with its value, its bound and the gap.
    `issues` are the intake's warnings, which the result repeats; `on_ended` is told how the
    search's process ended, for operators. Raises `AuditRejectedError`
    rather than return an answer that breaks a hard rule.
    """
    started = time.monotonic()
    limits = limits or Limits()
    tell = on_progress or (lambda progress: None)
    with process or SolverProcess() as search:
        search.ask(problem, limits)
        rules = choose_rules(problem.policy)
        laid = time.monotonic()
        groundwork = Groundwork(problem, rules)
        judging = JUDGING_IN_GROUNDWORKS * (time.monotonic() - laid)
        last_moment = started + limits.seconds + max(0.0, SPARE_SECONDS - judging)
        best, versions = BestKnown(problem), {"pairwell": version("pairwell")}
        ended, conflict = Ended(None), tuple[str, ...]()
        for message in search.answers():
            if isinstance(message, Found):
                best.take(message)
                # Before there is an answer, waiting for one is quicker than making another.
                search.end_by(last_moment)
                if message.level != problem.policy.levels[0]:
                    # Answers of the first level are far from the last one.
                    groundwork.expect(best.pairs)
                tell(best.progress(message, time.monotonic() - started))
            elif isinstance(message, Done):
                versions |= message.versions
                conflict = message.conflict
            else:
                ended = message
            while not search.has_news() and groundwork.advance():
                pass
        on_ended(ended)
        # The child ends by itself meanwhile: nobody needs to wait for it here.
        tell(Progress(stage="checking", elapsed=time.monotonic() - started))
        facts = RunFacts(versions=versions, stopped_by=ended.reason)
        if conflict or not best.fall_back(rules, groundwork.screen):
            result = report_no_answer(problem, facts, conflict, issues)
        else:
            result = report(problem, rules, best.pairs, best.claims, facts, issues, groundwork)
        seconds = round(time.monotonic() - started, 3)
    return result.model_copy(update={"run": result.run.model_copy(update={"seconds": seconds})})
