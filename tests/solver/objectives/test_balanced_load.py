from solver.objectives.balanced_load import BalancedLoad


def test_each_further_mentee_costs_a_step_more_than_the_one_before() -> None:
    assert [BalancedLoad(weight=7).cost_of(nth) for nth in (1, 2, 3, 4)] == [0, 700, 1400, 2100]


def test_without_a_weight_a_load_costs_nothing() -> None:
    assert BalancedLoad().cost_of(5) == 0
