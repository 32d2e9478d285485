"""The curve of breaks against points; that no answer beats it is among the property tests."""

from __future__ import annotations

from scenarios.rematch.curve import curve_of
from scenarios.rematch.words import curve_line
from tests.scenarios.rematch.rounds import a_rematching, changes


def test_it_goes_from_all_kept_to_the_most_points() -> None:
    points = curve_of(a_rematching())
    assert [(point.kept, point.broken) for point in points] == [(3, 0), (1, 2)]
    assert points[0].points + 80_000 == points[1].points
    assert all(point.proved for point in points)


def test_what_keeps_fewer_pairs_for_no_more_points_is_left_out() -> None:
    """At a price of 40 the swap gains what it costs, and the tie rule may choose it or not."""
    points = [point.points for point in curve_of(a_rematching())]
    assert points == sorted(set(points))


def test_with_fewer_solves_there_are_fewer_points_and_no_wrong_ones() -> None:
    whole = {(point.kept, point.points) for point in curve_of(a_rematching())}
    few = {(point.kept, point.points) for point in curve_of(a_rematching(), most=3)}
    assert few <= whole


def test_under_a_fairness_mode_it_ends_at_the_largest_price() -> None:
    policy = {"profile": "civil-service", "fairness": {"mode": "total"}}
    points = curve_of(a_rematching(policy))
    assert [point.kept for point in points] == [3, 1]
    assert points[0].price is not None


def test_there_is_none_where_the_changes_cannot_be_made() -> None:
    assert curve_of(a_rematching(), changes({"change": "remove_person", "reference": "X"})) == ()


def test_a_point_says_what_is_kept_and_what_it_leaves() -> None:
    first, last = (curve_line(point) for point in curve_of(a_rematching()))
    assert first.startswith("3 kept and 0 broken: ")
    assert last.startswith("1 kept and 2 broken: ")
    assert last.endswith("from a price of 0")
