from __future__ import annotations

from solver.fairness.floor import Floor
from solver.fairness.total import Total
from solver.modes import all_modes, mode_of, under_mode, without_mode
from solver.rulebook import choose_rules
from tests.builders import a_policy


def test_every_mode_is_found_by_its_files_name() -> None:
    known = {"coverage", "total", "floor", "balanced_load", "priority_tiers"}
    assert set(all_modes()) >= known
    assert all(mode.name == name for name, mode in all_modes().items())


def test_a_policys_mode_comes_back_with_its_settings() -> None:
    assert mode_of(a_policy()) is None
    assert mode_of(a_policy(fairness=Floor(points=5))) == Floor(points=5)


def test_a_mode_changes_levels_and_rules_and_can_be_taken_off_again() -> None:
    for policy in (a_policy(), a_policy(quality_floor={"points": 2})):
        for mode in (Floor(points=5), Total()):
            fair = under_mode(policy, mode)
            off = without_mode(fair)
            assert (fair.levels, choose_rules(fair)) != (policy.levels, choose_rules(policy))
            assert (off.levels, choose_rules(off)) == (policy.levels, choose_rules(policy))
            assert off.fairness is None


def test_a_policy_without_a_mode_is_what_it_is_without() -> None:
    assert without_mode(a_policy()) == a_policy()
