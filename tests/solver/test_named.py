from __future__ import annotations

from solver import eligibility
from solver.named import found_in
from solver.rule import EligibilityRule, PointsRule, Rule


def test_each_file_holds_one_of_a_kind_and_gives_it_its_name() -> None:
    found = found_in(eligibility, Rule)
    assert list(found) == sorted(found)
    assert all(issubclass(rule, EligibilityRule | PointsRule) for rule in found.values())
    assert all(rule.__module__.endswith(f".{name}") for name, rule in found.items())


def test_the_meaning_is_the_docstring_on_one_line() -> None:
    assert found_in(eligibility, Rule)["quality_floor"].meaning() == (
        "A pair is worth at least so many `points`, counted in whole numbers as in the result."
    )
