"""The recipe: a problem in, an audited, certified and explained result out."""

from __future__ import annotations

import time
from collections.abc import Callable
from importlib.metadata import version

from models.domain.issue import Issue
from models.domain.problem import Problem
from models.domain.progress import Progress
from models.domain.result import Collision, MatchResult
from solver.best_known import BestKnown
from solver.collection import collection_paused
from solver.groundwork import Groundwork
from solver.judge.audit import AuditRejectedError
from solver.limits import Limits
from solver.report import RunFacts, report, report_no_answer
from solver.rulebook import Rules, choose_rules
from solver.scoring.scoreboard import cells
from solver.search.messages import Done, Found, Start
from solver.search.outcome import Ended
from solver.search.process import SolverProcess

SPARE_SECONDS = 3.0
"""A solve takes at most so much longer than its limit, all that follows the search included."""

PAIR_SECONDS, CELL_SECONDS, GREEDY_SECONDS = 1.2e-4, 1e-8, 1.6e-8
"""What judging takes for each pair made and for each cell looked at, and a greedy answer for each
cell, generously: measured at 7,000 and 21,000 people."""

OnProgress = Callable[[Progress], None]
OnEnded = Callable[[Ended], None]


def known_of(result: MatchResult) -> Start:
    """What a result tells a search of a round like its own."""
    prices = {level.name: level.prices for level in result.certificate.levels}
    return Start(pairs=result.pairs, prices=prices)


def solve_matching(
    problem: Problem,
    limits: Limits | None = None,
    on_progress: OnProgress | None = None,
    process: SolverProcess | None = None,
    issues: tuple[Issue, ...] = (),
    on_ended: OnEnded = lambda ended: None,
    start: MatchResult | None = None,
) -> MatchResult:
    """The provably best assignments of a problem, audited, certified and explained.

    The search runs in a process of its own; `process` is one that was started beforehand. A
    limit that fires still gives a valid answer, with its value, its bound and the gap.
    `issues` are the intake's warnings, which the result repeats; `on_ended` is told how the
    search's process ended, for operators. `start` is a result of a round like this one, such as the
    same round before a change: its pairs and prices save most of the search, and nothing of them
    is believed. Raises `AuditRejectedError`
    rather than return an answer that breaks a hard rule.
    """
    started = time.monotonic()
    limits = limits or Limits()
    tell = on_progress or (lambda progress: None)

    def out_of_time() -> bool:
        return time.monotonic() > started + limits.seconds

    # Nothing that a solve makes refers to itself: walking it would take a fifth longer.
    with process or SolverProcess() as search, collection_paused():
        search.ask(problem, limits, known_of(start) if start else None)
        rules = choose_rules(problem.policy)
        groundwork = Groundwork(problem, rules)
        last_told, last_untold = _last_moments(problem, rules, limits.seconds)
        search.end_by(started + last_untold)
        best, versions = BestKnown(problem), {"pairwell": version("pairwell")}
        ended = Ended(None)
        conflict: Collision | None = None
        for message in search.answers():
            if isinstance(message, Found):
                best.take(message)
                search.end_by(started + last_told)
                if message.level != problem.policy.levels[0] or out_of_time():
                    # Answers of the first level are mostly far from the last one.
                    groundwork.expect(best.pairs)
                tell(best.progress(message, time.monotonic() - started))
            elif isinstance(message, Done):
                versions |= message.versions
                conflict = message.conflict
            elif isinstance(message, Ended):
                ended = message
            while not search.has_news() and groundwork.advance():
                pass
        on_ended(ended)
        # The child ends by itself meanwhile: nobody needs to wait for it here.
        tell(Progress(stage="checking", elapsed=time.monotonic() - started))
        facts = RunFacts(versions=versions, stopped_by=ended.reason)
        if conflict:
            result = report_no_answer(problem, facts, conflict, issues)
        elif best.is_told:
            result = report(problem, rules, best.pairs, best.claims, facts, issues, groundwork)
        else:
            result = _fallen_back(problem, rules, best, facts, issues, groundwork)
        seconds = round(time.monotonic() - started, 3)
    return result.model_copy(update={"run": result.run.model_copy(update={"seconds": seconds})})


def _fallen_back(
    problem: Problem,
    rules: Rules,
    best: BestKnown,
    facts: RunFacts,
    issues: tuple[Issue, ...],
    groundwork: Groundwork,
) -> MatchResult:
    """The greedy answer; none where it breaks a limit."""
    best.fall_back(rules, groundwork.screen)
    try:
        return report(problem, rules, best.pairs, best.claims, facts, issues, groundwork)
    except AuditRejectedError:
        return report_no_answer(problem, facts, None, issues)


def _last_moments(problem: Problem, rules: Rules, limit: float) -> tuple[float, float]:
    """When a search has to be over, in seconds, if it has told an answer, and if it has not.

    What is still to be done afterwards is to fit into the spare seconds. The time before the
    limit is the search's own; only while it has told nothing it may lose half of that.
    """
    looked_at = cells(problem, rules)
    places = sum(mentor.mentoring.capacity for mentor in problem.mentors)
    wanted = sum(mentee.learning.wants for mentee in problem.mentees)
    judging = PAIR_SECONDS * min(places, wanted) + CELL_SECONDS * looked_at
    told = limit + SPARE_SECONDS - judging
    untold = told - GREEDY_SECONDS * looked_at
    return max(limit, told), max(limit / 2, untold)
