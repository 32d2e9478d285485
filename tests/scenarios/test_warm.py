from __future__ import annotations

from models.reference import civil_service
from scenarios.changes.bar import Bar
from scenarios.changes.capacity import Capacity
from scenarios.changes.remove_person import RemovePerson
from scenarios.changes.rule_on import RuleOn
from scenarios.changes.weights import Weights
from scenarios.generate import generate_round
from scenarios.scenario import BaseRound
from scenarios.warm import WarmSolve
from scenarios.what_if import WhatIf
from tests.in_process import solved_or_not
from tests.scenarios.rounds import a_base
from tests.scenarios.what_ifs import CountedSolves


def test_small_changes_are_answered_without_another_solve() -> None:
    solves, base = CountedSolves(), a_base()
    warm = WhatIf.kept_warm(base, solved_or_not(base.problem), solves)
    for change in (
        RemovePerson(reference="M1"),
        RemovePerson(reference="E2"),
        Capacity(mentor="M2", capacity=2),
        Bar(mentor="M1", mentee="E1"),
    ):
        told = warm.ask([change])
        assert told.scenario.problem is not None
        assert told.result is not None
        scratch = solved_or_not(told.scenario.problem)
        assert told.result.pairs == scratch.pairs
        assert [level.proof for level in told.result.levels] == ["certified"] * 3
    assert solves.digests == []


def test_what_cannot_be_told_from_the_round_held_is_solved() -> None:
    solves, base = CountedSolves(), a_base()
    warm = WhatIf.kept_warm(base, solved_or_not(base.problem), solves)
    for change in (
        Weights(weights={"expertise_overlap": 7}),
        RuleOn(rule="different_department"),
    ):
        told = warm.ask([change])
        assert told.result is not None
        assert told.result.run.solve_status == "optimal"
    assert len(solves.digests) == 2


def test_a_round_whose_limits_bind_is_not_kept_warm() -> None:
    """Its certificate leaves a gap, or has prices that are none of the network's."""
    document = generate_round(8, 10, 0)
    document["policy"]["rules"] = {"share_limit": {"cross_region_percent": 20}}
    base = BaseRound.read(document, civil_service())
    result = solved_or_not(base.problem)
    solves = CountedSolves()
    warm = WarmSolve(base.problem, result, solves)
    assert not warm.is_warm
    assert warm(base.problem, result).pairs == result.pairs
    assert solves.digests == [base.problem.digest]
