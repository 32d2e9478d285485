"""The ordinary problems that a fairness mode with a searched level comes down to.

Whether some value of the level can be had at all is asked of one; and once the level has its
value, the rest of the round is another.
"""

from __future__ import annotations

from models.domain.certificate import Certificate
from models.domain.policy import Policy
from models.domain.problem import Problem
from models.domain.result import MatchResult
from solver.levels import TIE_RULE
from solver.modes import searched_mode
from solver.rulebook import with_rules


def levels_before(policy: Policy) -> tuple[str, ...]:
    """The levels before the one that is searched for; all of them where none is."""
    mode = searched_mode(policy)
    return policy.levels[: policy.levels.index(mode.level)] if mode else policy.levels


def attempted(problem: Problem, value: int | None) -> Problem:
    """What decides whether the searched level can have a value: the levels before it alone.

    The value is within reach if these can be as good as without it, which is `None`.
    """
    return _ordinary(problem, value, (*levels_before(problem.policy), TIE_RULE))


def settled(problem: Problem, value: int) -> Problem:
    """What is left to decide once the searched level has its value: all other levels."""
    mode = searched_mode(problem.policy)
    own = mode.level if mode else None
    return _ordinary(problem, value, tuple(name for name in problem.policy.levels if name != own))


def settled_result(problem: Problem, result: MatchResult) -> tuple[Problem, MatchResult]:
    """The problem that a result settled, and the result as one of it: what questions are about.

    Both are what they are where no level was searched for. The certificate's digest is still
    that of the whole.
    """
    mode = searched_mode(problem.policy)
    values = {level.name: level.value for level in result.levels}
    if mode is None or mode.level not in values:
        return problem, result
    certificate = Certificate(
        digest=result.certificate.digest,
        verified=result.certificate.verified,
        levels=tuple(level for level in result.certificate.levels if level.name != mode.level),
    )
    levels = tuple(level for level in result.levels if level.name != mode.level)
    told = result.model_copy(update={"levels": levels, "certificate": certificate})
    return settled(problem, values[mode.level]), told


def _ordinary(problem: Problem, value: int | None, levels: tuple[str, ...]) -> Problem:
    mode, policy = searched_mode(problem.policy), problem.policy
    update: dict[str, object] = {"levels": levels, "fairness": None}
    if mode and value is not None:
        policy = with_rules(policy, mode.at_least(problem, value))
        update["rules_given"] = problem.policy.rules
    return problem.changed(policy=policy.model_copy(update=update))
