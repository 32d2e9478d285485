from __future__ import annotations

from models.domain.comparison import Comparison, PersonDifference
from scenarios.change import Change
from scenarios.changes.capacity import Capacity
from scenarios.changes.fairness import Fairness
from scenarios.changes.remove_person import RemovePerson
from scenarios.changes.rule_on import RuleOn
from scenarios.changes.weights import Weights
from tests.scenarios.what_ifs import a_what_if


def test_one_more_place_matches_one_more_mentee() -> None:
    comparison = _compared(Capacity(mentor="M1", capacity=2))
    (mentees, points, lottery) = comparison.levels
    assert (mentees.name, mentees.before, mentees.after, mentees.difference) == (
        "mentees_matched",
        2,
        3,
        1,
    )
    assert points.difference is not None
    assert points.difference > 0
    assert points.proved
    assert lottery.name == "lottery"
    assert _of(comparison, "E3").outcome == "matched"
    assert _of(comparison, "M1").outcome == "changed"
    assert len(comparison.new) == 1
    assert not comparison.ended


def test_a_mentor_who_withdraws_leaves_a_mentee_without() -> None:
    comparison = _compared(RemovePerson(reference="M2"))
    left, lost = _of(comparison, "M2"), _of(comparison, "E2")
    assert (left.presence, left.outcome, left.after) == ("left", "unmatched", ())
    assert (lost.presence, lost.outcome, lost.before) == ("both", "unmatched", ("M2",))
    assert _rate(comparison, "grade", "SEO") == (2, 2, 2, 1)


def test_somebody_who_leaves_and_had_nobody_is_listed_as_gone() -> None:
    left = _of(_compared(RemovePerson(reference="E3")), "E3")
    assert (left.presence, left.outcome) == ("left", "same")


def test_whoever_keeps_the_same_partner_gains_or_loses_points() -> None:
    lost = _of(_compared(Weights(weights={"expertise_overlap": 20})), "E1")
    assert (lost.outcome, lost.before, lost.after) == ("lost", ("M1",), ("M1",))
    gained = _of(_compared(Weights(weights={"expertise_overlap": 90})), "E1")
    assert gained.outcome == "gained"
    assert gained.points_after > gained.points_before


def test_a_level_that_only_one_of_them_has_is_told_without_a_difference() -> None:
    total = Fairness.model_validate({"fairness": {"mode": "total"}})
    levels = {level.name: level for level in _compared(total).levels}
    matched = levels["mentees_matched"]
    assert (matched.before, matched.after, matched.difference) == (2, None, None)
    assert levels["points"].difference == 0


def test_the_cost_of_loads_is_told_beside_the_points() -> None:
    balanced = RuleOn(rule="balanced_load", settings={"weight": 5})
    comparison = _compared(balanced, Capacity(mentor="M1", capacity=2))
    points = next(level for level in comparison.levels if level.name == "points")
    people = sum(
        one.points_after - one.points_before for one in comparison.people if one.role == "mentee"
    )
    assert comparison.load_cost_after > comparison.load_cost_before == 0
    assert points.difference == people - comparison.load_cost_after


def _compared(*changes: Change) -> Comparison:
    comparison = a_what_if().ask(changes).comparison
    assert comparison is not None
    return comparison


def _of(comparison: Comparison, reference: str) -> PersonDifference:
    (found,) = [one for one in comparison.people if one.reference == reference]
    return found


def _rate(comparison: Comparison, by: str, group: str) -> tuple[int, int, int, int]:
    (found,) = [one for one in comparison.groups if (one.by, one.group) == (by, group)]
    return found.mentees_before, found.matched_before, found.mentees_after, found.matched_after
