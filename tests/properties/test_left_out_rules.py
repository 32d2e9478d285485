"""The optimum of a round without a hard rule is no answer to the round with it."""

from __future__ import annotations

import pytest

from models.domain.base import digest_of
from solver.judge.audit import audit
from solver.judge.verify import verify_result
from solver.rulebook import all_rules, choose_rules
from tests.in_process import solve_here
from tests.mutations.left_out_rules import LEFT_OUT, a_round_under


def test_every_hard_rule_that_can_be_switched_off_is_left_out_once() -> None:
    rules = all_rules().values()
    hard = {rule.name for rule in rules if rule.kind == "constraint" and rule.can_be_switched_off}
    assert set(LEFT_OUT) == hard


@pytest.mark.parametrize("name", LEFT_OUT)
def test_an_answer_that_never_heard_of_a_rule_is_rejected(name: str) -> None:
    """For that rule's sake and for nothing else, by the audit and by whoever verifies it."""
    without, under = a_round_under(), a_round_under(name)
    result = solve_here(without)
    assert verify_result(without, result).certified_optimal
    pairs = result.pairs
    rules = choose_rules(under.policy)
    (rule,) = [rule for rule in rules.constraints if rule.name == name]
    breaches = audit(under, rules, pairs).breaches
    assert breaches
    assert breaches == tuple(rule.breaches(under, pairs))
    of_this_round = result.run.model_copy(update={"problem_digest": under.digest})
    claimed = {
        "problem": under.digest,
        "pairs": [[made.mentor, made.mentee] for made in result.assignments],
        "levels": [level.model_dump(mode="json") for level in result.certificate.levels],
    }
    certificate = result.certificate.model_copy(update={"digest": digest_of(claimed)})
    wrong = result.model_copy(update={"run": of_this_round, "certificate": certificate})
    assert not verify_result(under, wrong).accepted
