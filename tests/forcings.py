"""Residual networks of small rounds that were really solved."""

from __future__ import annotations

from models.domain.problem import Problem
from models.domain.result import MatchResult
from solver.questions.forcing import Forcing
from solver.questions.residual import Residual
from solver.questions.weights import NotANetworkError
from solver.rulebook import choose_rules


def forcing_of(problem: Problem, result: MatchResult) -> Forcing | None:
    """The residual network of a result; None where its prices alone do not prove it."""
    rules = choose_rules(problem.policy)
    try:
        return Forcing(Residual(problem, rules, result.pairs, result.certificate.levels))
    except NotANetworkError:
        return None
