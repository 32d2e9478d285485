"""The recipe: a problem in, an audited, certified and explained result out."""

from __future__ import annotations

from models.domain.incumbent import Incumbent
from models.domain.issue import Issue
from models.domain.problem import Problem
from models.domain.result import MatchResult
from solver.collection import collection_paused
from solver.fairness_mode import SearchedMode
from solver.groundwork import Groundwork
from solver.interruption import Interruption
from solver.judge.audit import AuditRejectedError
from solver.limits import Limits
from solver.modes import searched_mode
from solver.price_of_fairness import find_price
from solver.report import RunFacts, report, report_no_answer
from solver.rulebook import choose_rules
from solver.search.messages import Start
from solver.search.process import SolverProcess
from solver.searches import OnEnded, OnIncumbent, OnProgress, Searches
from solver.stages import StagedSolve, Stages


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
    known: Incumbent | None = None,
    on_incumbent: OnIncumbent = lambda incumbent: None,
    interruption: Interruption | None = None,
) -> MatchResult:
    """The provably best assignments of a problem, audited, certified and explained.

    The search runs in a process of its own; `process` is one that was started beforehand. A
    limit that fires still gives a valid answer, with its value, its bound and the gap. A
    policy that names a fairness mode takes several searches, all within the limits: its result
    says what the fairness costs.
    `issues` are the intake's warnings, which the result repeats; `on_ended` is told how the
    search's process ended, for operators. `start` is a result of a round like this one, such as the
    same round before a change: its pairs and prices save most of the search, and nothing of them
    is believed. Where one search does, `on_incumbent` is told every better answer, and `known` is
    the last that an earlier solve of this very problem told: the result is never worse. An
    `interruption` ends the search with the best answer so far; what `on_progress` raises ends the
    solve. Raises `AuditRejectedError` rather than return an answer that breaks a hard rule.
    """
    mode = searched_mode(problem.policy)
    tell = on_progress or (lambda progress: None)
    limits = limits or Limits()
    several, staged = problem.policy.fairness is not None, mode is not None
    # Nothing that a solve makes refers to itself: walking it would take a fifth longer.
    with (
        Searches(limits, process, several, staged, tell, on_ended, interruption) as searches,
        collection_paused(),
    ):
        found, groundwork = (
            _in_stages(problem, mode, searches)
            if mode
            else _at_once(problem, searches, start, known, on_incumbent)
        )
        searches.tell("checking")
        result = _told(problem, found, groundwork, issues)
        if problem.policy.fairness and result.levels:
            searches.tell("comparing")
            price = find_price(problem, result, searches)
            result = result.model_copy(update={"price_of_fairness": price})
        seconds = round(searches.elapsed, 3)
    return result.model_copy(update={"run": result.run.model_copy(update={"seconds": seconds})})


def _at_once(
    problem: Problem,
    searches: Searches,
    start: MatchResult | None,
    incumbent: Incumbent | None,
    on_incumbent: OnIncumbent,
) -> tuple[Stages, Groundwork]:
    """The only search of a round whose levels are all sums."""
    rules = choose_rules(problem.policy)
    searched = searches(
        problem,
        prepare=lambda: Groundwork(problem, rules),
        known=known_of(start) if start else None,
        incumbent=incumbent,
        on_incumbent=on_incumbent,
    )
    groundwork = searched.groundwork or Groundwork(problem, rules)
    found = Stages(told=searched.best.is_told, conflict=searched.conflict)
    found.take(searched)
    if not searched.conflict:
        if not found.told:
            searched.best.fall_back(rules, groundwork.screen)
        found.pairs, found.claims = searched.best.pairs, searched.best.claims
    return found, groundwork


def _in_stages(
    problem: Problem, mode: SearchedMode, searches: Searches
) -> tuple[Stages, Groundwork]:
    solve = StagedSolve(problem, choose_rules(problem.policy), mode, searches)
    return solve.run(), solve.groundwork


def _told(
    problem: Problem, found: Stages, groundwork: Groundwork, issues: tuple[Issue, ...]
) -> MatchResult:
    """The result of what was found; without an answer where a greedy one breaks a limit."""
    facts = RunFacts(versions=found.versions, stopped_by=found.stopped_by)
    if found.conflict:
        return report_no_answer(problem, facts, found.conflict, issues)
    rules = choose_rules(problem.policy)
    try:
        return report(problem, rules, found.pairs, found.claims, facts, issues, groundwork)
    except AuditRejectedError:
        if found.told:
            raise
        return report_no_answer(problem, facts, None, issues)
