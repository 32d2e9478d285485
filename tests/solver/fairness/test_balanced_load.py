from solver.fairness.balanced_load import BalancedLoad


def test_a_policy_that_does_not_charge_for_loads_does_so_now() -> None:
    assert BalancedLoad().rules({"shared_region": {"weight": 1}}) == {
        "balanced_load": {"weight": 50}
    }


def test_a_weight_that_the_policy_gives_stays() -> None:
    assert BalancedLoad().rules({"balanced_load": {"weight": 3}}) == {}
