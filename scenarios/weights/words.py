"""What a round says of its weights, in an admin's words."""

from __future__ import annotations

from models.domain.stability import WeightStability
from solver.rule import MOST_WEIGHT
from solver.wording import points_in_words, rule_title


def stability_line(one: WeightStability, total: int) -> str:
    """A weight's interval and its share of all points."""
    return f"{rule_title(one.rule)}: weight {one.weight}; {_interval(one)}; {_share(one, total)}"


def _interval(one: WeightStability) -> str:
    if not one.proved:
        return f"the pairs stay the best from {one.least} to {one.most} at least, which is proved"
    if (one.least, one.most) == (0, MOST_WEIGHT):
        return "the pairs stay the best at any weight"
    if one.least == one.most:
        return "at any other weight other pairs are better"
    return f"the pairs stay the best from {one.least} to {one.most}"


def _share(one: WeightStability, total: int) -> str:
    """The points it gives, in per cent where that means anything: tenths, rounded down."""
    if not one.points:
        return "no points"
    if total <= 0 or one.points < 0:
        return points_in_words(one.points)
    tenths = 1000 * one.points // total
    return f"{points_in_words(one.points)}, {tenths / 10:.1f} % of all"
