"""Under `group_parity` small rounds agree with every answer there is, rate and pairs alike."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from models.domain.problem import Problem
from models.domain.result import MatchResult
from solver.fairness import group_parity
from solver.fairness.group_parity import GroupParity
from solver.judge.verify import verify_result
from solver.modes import under_mode
from solver.search.first_answer import NoAnswerError
from tests.every_answer import Triples, best_of_all
from tests.in_process import solve_here
from tests.round_kinds import FEW, KINDS

CHUNK = 25
ATTRIBUTES = ("department", "profession", "grade", "home_region")
PERCENTS = (50, 80, 90, 100, 100)
LEVEL = "smallest_group_rate"


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("first", range(0, 25, CHUNK))
def test_small_rounds_agree(first: int, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    told = _assert_agree(range(first, first + CHUNK), kind, monkeypatch)
    assert told or kind == "limited"


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("first", range(25, 500, CHUNK))
def test_five_hundred_small_rounds_of_each_kind_agree(
    first: int, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    _assert_agree(range(first, first + CHUNK), kind, monkeypatch)


def _assert_agree(seeds: range, kind: str, monkeypatch: pytest.MonkeyPatch) -> int:
    """In every level and in the pairs, and the judge agrees; in how many rounds some group gets
    less than is asked for."""
    below = left_open = 0
    for seed in seeds:
        plain = KINDS[kind](seed)
        mode = GroupParity(by=ATTRIBUTES[seed % 4], percent=PERCENTS[seed % 5])
        monkeypatch.setattr(group_parity, "SMALLEST_GROUP", 1 + seed % 2)
        problem = plain.changed(policy=under_mode(plain.policy, mode))
        best = best_of_all(problem, {LEVEL: _rate(problem, mode, 1 + seed % 2)})
        result = _solved(problem)
        if best is None or result is None:
            assert best is None, seed
            assert result is None, seed
            continue
        assert tuple(level.value for level in result.levels) == best[0], seed
        assert tuple((made.mentor, made.mentee) for made in result.assignments) == best[1], seed
        assert result.run.solve_status == "optimal", seed
        left_open += result.run.tie_rule != "lottery"
        assert verify_result(problem, result).findings == (), seed
        rate = best[0][problem.policy.levels.index(LEVEL)]
        below += rate < _asked_for(problem, mode, [(m, e, 0) for m, e in best[1]])
    assert left_open <= FEW
    return below


def _solved(problem: Problem) -> MatchResult | None:
    """The result; None where the round has no answer."""
    try:
        return solve_here(problem)
    except NoAnswerError:
        return None


def _rate(problem: Problem, mode: GroupParity, from_size: int) -> Callable[[Triples], int]:
    """The smallest group's rate in parts per million, or what is asked for if that is less."""
    groups: dict[str, set[str]] = {}
    for mentee in problem.mentees:
        groups.setdefault(getattr(mentee, mode.by), set()).add(mentee.reference)
    groups.pop(None, None)  # type: ignore[call-overload]

    def rate(triples: Triples) -> int:
        matched = {mentee for _, mentee, _ in triples}
        rates = [
            1_000_000 * len(matched & group) // len(group)
            for group in groups.values()
            if len(group) >= from_size
        ]
        return min([*rates, _asked_for(problem, mode, triples)])

    return rate


def _asked_for(problem: Problem, mode: GroupParity, triples: Triples) -> int:
    matched = {mentee for _, mentee, _ in triples}
    return 10_000 * len(matched) * mode.percent // max(1, len(problem.mentees))
