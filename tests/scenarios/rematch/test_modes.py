"""Each mode on a round in which keeping two pairs costs points; see also the property tests."""

from __future__ import annotations

from typing import Any

import pytest

from scenarios.rematch.modes import Budget, Freeze, MinDisruption, Priced, RematchMode
from scenarios.rematch.rematching import RematchAnswer
from tests.scenarios.rematch.rounds import STOOD, a_rematching, changes

SWAPPED = [("M1", "E2"), ("M2", "E1"), ("M3", "E3")]
FAIR = {"profile": "civil-service", "fairness": {"mode": "max_floor"}}
QUOTA = {"change": "rule_on", "rule": "department_quota"}


def made(answer: RematchAnswer) -> list[tuple[str, str]]:
    assert answer.result is not None
    return sorted((pair.mentor, pair.mentee) for pair in answer.result.pairs)


def of_one_department(*mentors: str, most: int) -> list[dict[str, Any]]:
    """These mentors belong to a department that may have so many pairs."""
    edits = [
        {"change": "edit_person", "reference": name, "fields": {"department": "HMRC"}}
        for name in mentors
    ]
    return [*edits, {**QUOTA, "settings": {"mentors": {"HMRC": {"most": most}}}}]


@pytest.mark.parametrize(
    ("mode", "pairs"),
    [
        (Freeze(), STOOD),
        (MinDisruption(), STOOD),
        (Budget(most=0), STOOD),
        (Budget(most=1), [("M1", "E1"), ("M1", "E2"), ("M3", "E3")]),
        (Budget(most=2), SWAPPED),
        (Priced(price=1), SWAPPED),
        (Priced(price=41), STOOD),
    ],
)
def test_a_mode_keeps_what_it_is_asked_to_keep(
    mode: RematchMode, pairs: list[tuple[str, str]]
) -> None:
    """The swap gains 40 points for each of the two pairs that it breaks."""
    assert made(a_rematching().ask(mode)) == pairs


def test_keeping_comes_after_the_mentees_matched_unless_all_is_frozen() -> None:
    """E4 can only have M3, and E3 could have M1 instead, who has a free place."""
    newcomer = {"reference": "E4", "grade": "SEO", "regions": ["Wales"], "mentee": {}}
    given = changes(
        {"change": "add_person", "participant": newcomer},
        {"change": "edit_person", "reference": "M3", "fields": {"regions": ["Wales"]}},
    )
    rematching = a_rematching()
    moved = rematching.ask(MinDisruption(), given)
    assert made(moved) == [("M1", "E1"), ("M1", "E3"), ("M2", "E2"), ("M3", "E4")]
    assert made(rematching.ask(Freeze(), given)) == STOOD


@pytest.mark.parametrize("mode", [Freeze(), Budget(most=0)])
def test_where_a_quota_fell_the_most_that_can_stand_together_are_kept(mode: RematchMode) -> None:
    """One pair of three has to go, by the quota, and that is no break of the mode's."""
    answer = a_rematching().ask(mode, changes(*of_one_department("M1", "M2", "M3", most=2)))
    assert answer.rematch is not None
    assert len(answer.rematch.kept) == 2
    assert (answer.rematch.least_broken, answer.rematch.broken_avoidable) == (1, 0)


def test_frozen_pairs_are_pins() -> None:
    answer = a_rematching().ask(Freeze())
    assert answer.result is not None
    assert {pair.forced_by for pair in answer.result.assignments} == {"pin"}


@pytest.mark.parametrize("mode", [Freeze(), Budget(most=0), Priced(price=100)])
def test_a_fairness_mode_stays_but_for_the_least_disruption(mode: RematchMode) -> None:
    assert made(a_rematching(FAIR).ask(mode)) == STOOD


def test_the_least_disruption_has_levels_of_its_own_which_a_fairness_mode_does_not_leave() -> None:
    answer = a_rematching(FAIR).ask(MinDisruption())
    assert (answer.result, answer.rematch) == (None, None)
    assert [issue.code for issue in answer.scenario.issues] == ["LEVELS_AND_FAIRNESS"]


def test_a_price_beyond_the_largest_weight_is_refused() -> None:
    answer = a_rematching().ask(Priced(price=101))
    assert answer.result is None
    assert "/round/policy/weights/keep_pairs" in {i.pointer for i in answer.scenario.issues}
