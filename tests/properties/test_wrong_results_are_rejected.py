"""Whatever is changed in a right result, `verify` says no; and to the right one it says yes."""

from __future__ import annotations

from contextlib import suppress
from functools import cache
from itertools import count

import pytest

from models.domain.base import digest_of
from models.domain.certificate import LevelCertificate
from models.domain.participant import Pair
from models.domain.problem import Problem
from models.domain.result import MatchResult
from solver.fairness.group_parity import GroupParity
from solver.fairness.leximin import Leximin
from solver.fairness.max_floor import MaxFloor
from solver.fairness.stable import Stable
from solver.judge.claims import Claim
from solver.judge.verify import Verification, verify_result
from solver.price_of_fairness import find_price
from solver.report import RunFacts, report
from solver.rulebook import choose_rules
from tests.builders import a_mentee, a_mentor, a_person, a_policy, a_problem
from tests.in_process import SearchesHere, solve_here
from tests.mutations import MUTATIONS, Json, NothingToChangeError
from tests.mutations.certificate import PROVE_AS_MUCH
from tests.mutations.left_out_rules import LEFT_OUT
from tests.mutual_rounds import a_fractional_round
from tests.strategies import a_small_round

RANDOM_ROUNDS = 8

KINDS_AT_LEAST = 30
"""Every mutation is a kind of wrong result, and so is every hard rule left out (see
`test_left_out_rules.py`)."""


@cache
def rounds() -> tuple[tuple[Problem, MatchResult], ...]:
    """Rounds of several kinds, each with its right result."""
    small = (a_small_round(seed) for seed in count())
    solved = ((problem, solve_here(problem)) for problem in small)
    with_pairs = (both for both in solved if len(both[1].assignments) > 2)
    own = (
        a_round_with_everything(),
        a_fractional_round(),
        a_round_with_waived_pins(),
        a_round_with_dropped_pins(),
    )
    return (
        *((problem, solve_here(problem)) for problem in own),
        a_fair_round_with_its_price(),
        *((problem, solve_here(problem)) for problem in rounds_under_other_modes()),
        *(next(with_pairs) for _ in range(RANDOM_ROUNDS)),
    )


def a_round_with_everything() -> Problem:
    """A pin, loads that cost, people left over on both sides, one who gets fewer than they
    want, and two who could mentor each other and are worth most to each other."""
    return a_problem(
        a_person("A", mentor={"offers": ("law",)}, mentee={"seeks": ("law",)}),
        a_person("B", mentor={"offers": ("law",)}, mentee={"seeks": ("law",)}),
        a_mentor("M1", capacity=3, offers=("data",)),
        a_mentor("M2", offers=("data", "law")),
        a_mentor("M3", grade="AA"),
        a_mentee("E1", seeks=("data",)),
        a_mentee("E2", seeks=("data", "law"), wants=3),
        a_mentee("E3", seeks=("data",)),
        a_mentee("E4", seeks=("policy",)),
        a_mentee("E5", grade="SCS4"),
        policy=a_policy(
            "one_direction",
            grade_seniority={"min_gap": 0, "max_gap": 3},
            expertise_overlap={"weight": 40},
            balanced_load={"weight": 5},
            cross_department={"weight": 3},
            quality_floor={"points": 1},
        ),
        pins=[("M1", "E1")],
    )


def a_round_with_waived_pins() -> Problem:
    """One pin fails two rules, another none."""
    policy = a_policy("different_department", "grade_seniority", expertise_overlap={"weight": 40})
    waived = {"on_conflict": "waive", "waivable": ("different_department", "grade_seniority")}
    return a_problem(
        a_mentor("M1", grade="AA", department="HMRC", capacity=2),
        a_mentor("M2", department="DfE", capacity=2),
        a_mentor("M3", department="DfE", capacity=2),
        *(a_mentee(f"E{number}", department="HMRC", wants=2) for number in range(1, 5)),
        policy=policy.model_copy(update=waived),
        pins=[("M1", "E1"), ("M2", "E2")],
    )


def a_round_with_dropped_pins() -> Problem:
    """Three pins for two places, and one that can stand."""
    pins = [Pair(mentor="M1", mentee=f"E{n}") for n in (1, 2, 3)] + [Pair(mentor="M2", mentee="E3")]
    policy = a_policy(expertise_overlap={"weight": 40}, levels=("pins_kept", "points"))
    problem = a_problem(
        a_mentor("M1", capacity=2),
        a_mentor("M2", offers=("law",)),
        a_mentor("M3", offers=("law",)),
        *(a_mentee(f"E{number}", seeks=("law",)) for number in range(1, 6)),
        policy=policy.model_copy(update={"on_conflict": "drop"}),
    )
    return problem.changed(droppable_pins=tuple(pins))


def rounds_under_other_modes() -> tuple[Problem, ...]:
    """One whose stable answer is not the best of all, one with pairs in a bad bucket, and one in
    which a group of ten cannot have what all together have."""
    stable = a_policy(
        "barred_pairs", expertise_overlap={"weight": 3, "ranked": False}, fairness=Stable()
    )
    parity = a_policy("barred_pairs", fairness=GroupParity(by="department", percent=100))
    people = (
        a_mentor("M1", capacity=12),
        *(a_mentee(f"H{k}", department="HMRC") for k in range(10)),
        *(a_mentee(f"D{k}", department="DfE") for k in range(10)),
    )
    return (
        a_problem(
            a_mentor("M1", offers=("law", "data", "policy")),
            a_mentor("M2", offers=("law",)),
            a_mentee("E1", seeks=("law", "data", "policy")),
            a_mentee("E2", seeks=("law", "data", "drafting")),
            policy=stable,
            bars=[("M2", "E2")],
        ),
        a_problem(
            a_mentor("M1", offers=("law",)),
            a_mentor("M2"),
            a_mentee("E1", seeks=("law",)),
            a_mentee("E2", seeks=("law", "data")),
            policy=a_policy(expertise_overlap={"weight": 3}, fairness=Leximin(buckets=3)),
        ),
        a_problem(*people, policy=parity, bars=[("M1", f"D{k}") for k in range(6)]),
    )


def a_fair_round_with_its_price() -> tuple[Problem, MatchResult]:
    """M1 and E1 are worth most to each other, but then E2 would be worth nothing to M2."""
    problem = a_problem(
        a_mentor("M1", offers=("law", "data", "policy")),
        a_mentor("M2", offers=("policy",)),
        a_mentee("E1", seeks=("law", "data", "policy")),
        a_mentee("E2", seeks=("law", "drafting")),
        a_mentee("E3", seeks=("sums",)),
        policy=a_policy("grade_seniority", expertise_overlap={"weight": 40}, fairness=MaxFloor()),
    )
    result = solve_here(problem)
    price = find_price(problem, result, SearchesHere())
    return problem, result.model_copy(update={"price_of_fairness": price})


def judged(problem: Problem, result: Json) -> Verification:
    verification = verify_result(problem, MatchResult.model_validate(result))
    assert verification.accepted or not verification.certified_optimal
    return verification


def test_the_right_results_are_accepted() -> None:
    for problem, result in rounds():
        as_read = MatchResult.model_validate_json(result.model_dump_json())
        verification = verify_result(problem, as_read)
        assert verification.findings == ()
        certified = all(level.proof == "certified" for level in result.levels)
        assert verification.certified_optimal is certified


def test_there_are_enough_kinds_of_wrong_results() -> None:
    """Each of them is a test of its own below; the count is shown with `pytest -s`."""
    kinds = {*MUTATIONS, *(f"{rule} is left out" for rule in LEFT_OUT)}
    assert len(kinds) == len(MUTATIONS) + len(LEFT_OUT)
    print(f"{len(kinds)} kinds of wrong results")
    assert len(kinds) >= KINDS_AT_LEAST


@pytest.mark.parametrize("name", MUTATIONS)
def test_a_wrong_result_is_rejected(name: str) -> None:
    """Every mutation finds something to change in some round."""
    changed = 0
    for problem, right in rounds():
        result = right.model_dump(mode="json")
        with suppress(NothingToChangeError):
            MUTATIONS[name](result, problem)
            assert not judged(problem, result).accepted
            changed += 1
    assert changed


@pytest.mark.parametrize("name", [name for name in MUTATIONS if name not in PROVE_AS_MUCH])
def test_a_digest_of_its_own_does_not_save_a_wrong_result(name: str) -> None:
    """Anybody can work the digest out anew, so it is no proof of anything else."""
    for problem, right in rounds():
        result = right.model_dump(mode="json")
        with suppress(NothingToChangeError):
            MUTATIONS[name](result, problem)
            result["certificate"]["digest"] = _digest(problem, result)
            assert not judged(problem, result).accepted


def test_an_honest_answer_that_is_not_the_best_is_valid_and_not_optimal() -> None:
    """With its gap, as a time limit leaves it; nothing about it is wrong."""
    for problem, right in rounds():
        if problem.policy.fairness and problem.policy.fairness.mode == "stable":
            continue  # Whoever is left out there blocks the answer: it is not valid.
        pairs = [
            Pair(mentor=made.mentor, mentee=made.mentee)
            for made in right.assignments
            if made.forced_by
        ]
        claims = [Claim(name=level.name, prices=level.prices) for level in right.certificate.levels]
        other = report(problem, choose_rules(problem.policy), pairs, claims, RunFacts())
        verification = verify_result(problem, other)
        assert verification.accepted
        assert not verification.certified_optimal
        assert other.run.solve_status == "feasible"


def _digest(problem: Problem, result: Json) -> str:
    levels = [LevelCertificate(**level) for level in result["certificate"]["levels"]]
    return digest_of(
        {
            "problem": problem.digest,
            "pairs": [[made["mentor"], made["mentee"]] for made in result["assignments"]],
            "levels": [level.model_dump(mode="json") for level in levels],
        }
    )
