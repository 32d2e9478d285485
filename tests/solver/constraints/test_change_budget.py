import pytest
from pydantic import ValidationError

from models.domain.participant import Pair
from models.domain.problem import Problem
from solver.constraints.change_budget import ChangeBudget
from tests.builders import a_mentee, a_mentor, a_policy, a_problem
from tests.voices import shares

STRICT = ChangeBudget(most=0)
EARLIER = (("M1", "E1"), ("M1", "E2"), ("M2", "E3"))


def a_live_round(*, capacity: int = 2, **world: object) -> Problem:
    """Three earlier pairs, two of them with the mentor M1."""
    return a_problem(
        *(a_mentor("M1", capacity=capacity), a_mentor("M2")),
        *(a_mentee(name) for name in ("E1", "E2", "E3", "E4")),
        **{"earlier": EARLIER} | world,  # type: ignore[arg-type]
    )


def made(*pairs: tuple[str, str]) -> list[Pair]:
    return [Pair(mentor=mentor, mentee=mentee) for mentor, mentee in pairs]


def test_no_more_pairs_are_broken_than_the_budget_allows() -> None:
    problem = a_live_round()
    assert STRICT.breaches(problem, made(*EARLIER)) == []
    assert ChangeBudget(most=1).breaches(problem, made(*EARLIER[:2], ("M2", "E4"))) == []
    assert ChangeBudget(most=1).breaches(problem, made(EARLIER[0])) == [
        "of 3 earlier pairs that could stand together 2 are broken, and at most 1 may be"
    ]


def test_what_no_longer_fits_a_mentors_places_is_not_counted() -> None:
    problem = a_live_round(capacity=1)
    assert STRICT.group_bounds(problem, "kept") == (2, 3)
    assert STRICT.breaches(problem, made(("M1", "E2"), ("M2", "E3"))) == []


def test_a_pair_that_is_no_longer_eligible_is_not_counted() -> None:
    barred = a_live_round(bars=[("M1", "E1")], policy=a_policy("barred_pairs"))
    assert STRICT.group_bounds(barred, "kept") == (2, 2)
    assert shares(STRICT, barred, "M1", "E1") == {}
    assert shares(STRICT, barred, "M1", "E2") == {"kept": 1}


def test_a_pair_whose_points_are_too_few_is_not_counted() -> None:
    floored = a_live_round(policy=a_policy(quality_floor={"points": 1}))
    assert STRICT.group_bounds(floored, "kept") == (0, 0)


def test_people_who_left_or_rest_are_not_counted() -> None:
    problem = a_problem(a_mentor("M1"), a_mentor("M2", capacity=0), a_mentee("E3"), earlier=EARLIER)
    assert STRICT.group_bounds(problem, "kept") == (0, 0)
    assert STRICT.breaches(problem, []) == []


def test_pins_take_their_places_first() -> None:
    elsewhere = a_live_round(pins=[("M2", "E4")])
    assert STRICT.group_bounds(elsewhere, "kept") == (2, 3)
    kept_by_pin = a_live_round(pins=[("M2", "E3")])
    assert STRICT.group_bounds(kept_by_pin, "kept") == (3, 3)


def test_a_human_is_known_under_a_new_reference() -> None:
    problem = a_problem(
        *(a_mentor("M1b", person="P"), a_mentee("M1", person="P")),
        *(a_mentee("E1"), a_mentor("M2")),
        earlier=[("M1", "E1")],
    )
    assert shares(STRICT, problem, "M1b", "E1") == {"kept": 1}
    assert STRICT.group_bounds(problem, "kept") == (1, 1)


def test_only_a_budget_that_can_be_overrun_is_broken_by_no_pairs_at_all() -> None:
    assert STRICT.limit(a_live_round()).needed == (0,)
    assert ChangeBudget(most=3).limit(a_live_round()).needed == ()
    with pytest.raises(KeyError):
        STRICT.group_bounds(a_live_round(), "broken")


@pytest.mark.parametrize("most", [-1, 1.5, "1", True, None])
def test_the_budget_is_a_whole_number(most: object) -> None:
    with pytest.raises(ValidationError):
        ChangeBudget.model_validate({"most": most})
