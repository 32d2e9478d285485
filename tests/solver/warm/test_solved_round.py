from __future__ import annotations

import pytest

from models.domain.certificate import Prices
from models.domain.problem import Problem
from models.domain.result import MatchResult
from solver.warm.solved_round import SolvedRound
from solver.warm.sums import NoSumError
from tests.builders import a_mentee, a_mentor, a_policy, a_problem
from tests.coarse_lottery import draw_by
from tests.in_process import solved_or_not

PEOPLE = (
    a_mentor("M1", capacity=2, offers=("leadership",)),
    a_mentor("M2", offers=("commercial",)),
    a_mentor("M3", offers=("policy",)),
    a_mentee("E1", seeks=("leadership", "policy")),
    a_mentee("E2", seeks=("commercial",)),
    a_mentee("E3", seeks=("policy", "commercial")),
)


def test_a_mentor_who_leaves_is_made_up_for() -> None:
    _is_answered(_round(), _round(without="M2"))


def test_a_mentee_who_leaves_frees_a_place() -> None:
    _is_answered(_round(), _round(without="E1"))


def test_who_comes_finds_a_place() -> None:
    _is_answered(_round(without="E2"), _round())
    _is_answered(_round(without="M1"), _round())


def test_a_pin_a_bar_and_the_end_of_either() -> None:
    for changed in (_round(pins=[("M2", "E1")]), _round(bars=[("M1", "E1")])):
        _is_answered(_round(), changed)
        _is_answered(changed, _round())


def test_another_policy_is_not_answered() -> None:
    problem = _round()
    other = _round(policy=a_policy("grade_seniority", expertise_overlap={"weight": 10}))
    assert SolvedRound(problem, solved_or_not(problem)).answer(other) is None


def test_a_result_that_proves_too_little_is_not_kept() -> None:
    problem = _round()
    result = solved_or_not(problem)
    last = result.certificate.levels[-1].model_copy(update={"bound": 1 << 30})
    with pytest.raises(NoSumError):
        SolvedRound(problem, _certified(result, last=last))
    with pytest.raises(NoSumError):
        SolvedRound(problem, result.model_copy(update={"levels": ()}))


def test_wrong_prices_end_in_silence_and_never_in_a_wrong_result() -> None:
    """What a result claims is not believed: the answer made of it is judged like any other."""
    problem, changed = _round(), _round(without="M3")
    result = solved_or_not(problem)
    points = result.certificate.levels[-2]
    for wrong in (Prices(mentees={"E1": 70_000}), Prices(mentors={"M1": -5_000, "M2": 90_000})):
        forged = points.model_copy(update={"prices": wrong})
        levels = (*result.certificate.levels[:-2], forged, result.certificate.levels[-1])
        certificate = result.certificate.model_copy(update={"levels": levels})
        told = SolvedRound(problem, result.model_copy(update={"certificate": certificate}))
        answer = told.answer(changed)
        assert answer is None or answer.pairs == solved_or_not(changed).pairs


@pytest.mark.parametrize("bits", [0, 1, 2])
def test_among_answers_that_are_equal_to_the_end_it_does_not_choose(
    bits: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where draws are so coarse that even the tie rule is in doubt, it says what a solve says, or
    nothing."""
    draw_by(monkeypatch, bits=bits)
    people = (*(a_mentor(f"M{n}") for n in "1234"), *(a_mentee(f"E{n}") for n in "1234"))
    before = a_problem(*people, tie_salt="salt")
    told = SolvedRound(before, solved_or_not(before))
    for left in range(len(people)):
        after = a_problem(*(one for n, one in enumerate(people) if n != left), tie_salt="salt")
        answer = told.answer(after)
        assert answer is None or answer.pairs == solved_or_not(after).pairs


def _is_answered(before: Problem, after: Problem) -> None:
    told = SolvedRound(before, solved_or_not(before)).answer(after)
    scratch = solved_or_not(after)
    assert told is not None
    assert told.pairs == scratch.pairs
    assert told.levels == scratch.levels


def _round(without: str = "", **fields: object) -> Problem:
    people = [person for person in PEOPLE if person.reference != without]
    return a_problem(*people, tie_salt="salt", **fields)  # type: ignore[arg-type]


def _certified(result: MatchResult, last: object) -> MatchResult:
    levels = (*result.certificate.levels[:-1], last)
    certificate = result.certificate.model_copy(update={"levels": levels})
    return result.model_copy(update={"certificate": certificate})
