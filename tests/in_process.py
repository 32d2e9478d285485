"""Solving inside the test's own process: quick, and visible to coverage."""

from __future__ import annotations

from collections.abc import Callable

from models.domain.problem import Problem
from models.domain.result import MatchResult
from solver.best_known import BestKnown
from solver.groundwork import Groundwork
from solver.levels import LEVELS
from solver.modes import searched_mode
from solver.relaxation.answer import Answer
from solver.relaxation.network import lay_network
from solver.report import RunFacts, report, report_no_answer
from solver.rulebook import Rules, choose_rules
from solver.search.clock import Clock
from solver.search.first_answer import NoAnswerError
from solver.search.messages import Found, Stand
from solver.search.state import OnAnswer
from solver.search.under_mode import find_under_mode
from solver.searches import Enough, Searched
from solver.solve import known_of
from solver.stages import StagedSolve


def solve_here(
    problem: Problem,
    over_arrays: bool = False,
    clock: Clock | None = None,
    start: MatchResult | None = None,
) -> MatchResult:
    """The audited result of searches without a child process; the survey in either voice.

    Raises `NoAnswerError` where the search does.
    """
    rules, mode = choose_rules(problem.policy), searched_mode(problem.policy)
    if mode:
        found = StagedSolve(problem, rules, mode, SearchesHere()).run()
        if found.conflict or not found.told:
            raise NoAnswerError(found.conflict)
        pairs, claims = found.pairs, found.claims
    else:
        searched = SearchesHere(clock, start)(problem)
        if not searched.best.is_told:
            raise NoAnswerError(searched.conflict)
        pairs, claims = searched.best.pairs, searched.best.claims
    groundwork = Groundwork(problem, rules) if over_arrays else None
    return report(problem, rules, pairs, claims, RunFacts(), groundwork=groundwork)


class SearchesHere:
    """Searches in this process, each to its end or until the clock says so."""

    def __init__(self, clock: Clock | None = None, start: MatchResult | None = None) -> None:
        self._clock, self._start = clock, start

    def __call__(
        self,
        problem: Problem,
        share: float = 1.0,
        enough: Enough | None = None,
        prepare: Callable[[], Groundwork] | None = None,
    ) -> Searched:
        best = BestKnown(problem)
        try:
            rules = choose_rules(problem.policy)
            answer = answer_here(
                problem, rules, lambda level, so_far: None, self._clock, self._start
            )
        except NoAnswerError as error:
            return Searched(best, {}, None, error.conflict)
        pairs = zip(answer.pairs.mentors.tolist(), answer.pairs.mentees.tolist(), strict=True)
        stands = [
            Stand(**{name: getattr(s, name) for name in Stand.model_fields}) for s in answer.levels
        ]
        best.take(Found(level="", value=0, pairs=list(pairs), stands=stands))
        return Searched(best, {})

    def has_time(self, share: float = 1.0) -> bool:
        """There is no clock here."""
        return True

    def tell(self, stage: str, level: str | None = None, **figures: int) -> None:
        """Nobody listens."""


def answer_here(
    problem: Problem,
    rules: Rules,
    on_answer: OnAnswer,
    clock: Clock | None = None,
    start: MatchResult | None = None,
) -> Answer:
    """What the search finds, in this process."""
    network = lay_network(problem, rules, [LEVELS[name] for name in problem.policy.levels])
    known = known_of(start) if start else None
    return find_under_mode(problem, rules, network, clock or Clock(60.0), on_answer, known)


def solved_or_not(
    problem: Problem,
    limits: object = None,
    start: MatchResult | None = None,
    *,
    seconds: float = 60.0,
) -> MatchResult:
    """In place of `solve_matching`: a round without an answer has a result as well."""
    try:
        return solve_here(problem, clock=Clock(seconds), start=start)
    except NoAnswerError as error:
        return report_no_answer(problem, RunFacts(), error.conflict)
