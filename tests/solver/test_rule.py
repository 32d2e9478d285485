from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from pydantic import ValidationError

from solver.encoding import coded
from solver.objectives.profession_match import ProfessionMatch
from solver.rule import Rule
from solver.rulebook import all_rules
from tests.builders import a_mentee, a_mentor, a_problem


def test_a_rules_meaning_is_its_docstring_on_one_line() -> None:
    assert ProfessionMatch.meaning() == (
        "The two have the same profession. A profession that is not given matches nothing."
    )


@pytest.mark.parametrize("weight", [-1, 101, 0.5, True, "5", None, float("nan"), 10**30])
def test_a_weight_is_a_whole_number_from_0_to_100(weight: Any) -> None:
    with pytest.raises(ValidationError):
        ProfessionMatch(weight=weight)
    assert [ProfessionMatch(weight=w).weight for w in (0, 100)] == [0, 100]


@pytest.mark.parametrize("rule", all_rules().values(), ids=lambda rule: rule.name)
def test_a_setting_that_a_rule_does_not_know_is_refused_by_name(rule: type[Rule]) -> None:
    with pytest.raises(ValidationError) as refused:
        rule(no_such_setting=1)
    assert ("no_such_setting",) in [error["loc"] for error in refused.value.errors()]


def test_what_is_given_by_label_is_found_by_code_with_and_without_the_other_way_round() -> None:
    """Labels that no group has are left out; without codes only groups of pairs are found."""
    problem = a_problem(a_mentor(department="HMRC"), a_mentor("M2", department="DfE"), a_mentee())
    quotas = {"mentors": {name: {"most": 1} for name in ("DfE", "HMRC")}}
    limit = all_rules()["department_quota"](**quotas).limit(problem)
    dfe, hmrc = (limit.label(code) for code in range(2))
    given = {dfe: 3, hmrc: 5, "nobody": 7}
    assert coded(limit, given, lambda: np.array([1])) == {0: 3, 1: 5}
    assert coded(replace(limit, code=None), given, lambda: np.array([1])) == {1: 5}
