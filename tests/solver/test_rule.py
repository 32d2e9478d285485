from typing import Any

import pytest
from pydantic import ValidationError

from solver.objectives.profession_match import ProfessionMatch
from solver.rule import Rule
from solver.rulebook import all_rules


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
