from models.domain.policy import Policy, RuleChoice
from solver.eligibility.quality_floor import QualityFloor
from solver.rule import LoadObjective
from solver.rulebook import all_rules, choose_rules
from tests.builders import a_policy

OF_THE_FIRST_VERSION = {
    *("different_person", "travel_region", "grade_seniority", "different_department"),
    *("line_management", "previous_pairs", "barred_pairs", "quality_floor"),
    *("mentor_capacity", "mentee_demand", "pinned_pairs", "one_direction"),
    *("total_commitments", "department_quota", "same_team_apart", "share_limit"),
    *("coverage_floor", "group_minimum", "change_budget"),
    *("expertise_overlap", "profession_match", "preferred_grade_gap", "experience_balance"),
    *("cross_department", "shared_region", "stated_preferences", "shared_characteristic"),
    *("keep_pairs", "balanced_load"),
}


def test_every_rule_of_the_first_version_is_found_by_its_files_name() -> None:
    assert set(all_rules()) >= OF_THE_FIRST_VERSION
    assert all(rule.name == name for name, rule in all_rules().items())


def test_four_rules_cannot_be_switched_off() -> None:
    always = {name for name, rule in all_rules().items() if not rule.can_be_switched_off}
    assert always == {"different_person", "mentor_capacity", "mentee_demand", "pinned_pairs"}


def test_the_chosen_rules_come_by_kind_with_their_settings_in_the_order_of_their_names() -> None:
    rules = choose_rules(
        a_policy(
            "travel_region",
            grade_seniority={"min_gap": 2},
            quality_floor={"points": 10},
            shared_region={"weight": 3},
            keep_pairs={"weight": 2},
            balanced_load={"weight": 1},
        )
    )
    names = [rule.name for rule in rules.eligibility]
    assert names == ["different_person", "grade_seniority", "travel_region"]
    assert rules.eligibility[1].model_dump() == {"min_gap": 2, "max_gap": None}
    assert [(rule.name, rule.weight) for rule in rules.objectives] == [
        ("keep_pairs", 2),
        ("shared_region", 3),
    ]
    assert [rule.name for rule in rules.constraints] == [
        *("mentee_demand", "mentor_capacity", "pinned_pairs")
    ]
    assert rules.floors == (QualityFloor(points=10),)
    assert [rule.name for rule in rules.loads] == ["balanced_load"]
    assert all(isinstance(rule, LoadObjective) for rule in rules.loads)


def test_the_order_of_the_policys_rules_does_not_matter() -> None:
    policy = a_policy("travel_region", "barred_pairs", keep_pairs={"weight": 2})
    turned = Policy(profile="test", rules=policy.rules[::-1], levels=policy.levels)
    assert choose_rules(turned) == choose_rules(policy)


def test_an_objective_of_weight_0_is_left_out() -> None:
    rules = choose_rules(a_policy("keep_pairs", "balanced_load"))
    assert (rules.objectives, rules.loads) == ((), ())


def test_settings_that_a_policy_leaves_out_are_the_rules_own() -> None:
    choice = RuleChoice(kind="eligibility", name="grade_seniority")
    policy = Policy(profile="test", rules=(choice,), levels=("points",))
    (rule,) = choose_rules(policy).eligibility
    assert rule.model_dump() == {"min_gap": 1, "max_gap": None}
