"""What the prices of a certificate prove: a level's bound, in whole numbers, no solver needed.

For any prices p of nodes, any prices z of further limits and any multipliers of at least 0
for the values V of earlier levels, no answer that keeps the limits and those values gains
more at this level than
    sum(max(0, R)) + sum(z x limit) - sum(multiplier x V)
over every candidate pair and every place of every node, with the reduced gains
    R(pair)  = gain - p[mentee] - p[mentor] - sum(z x what the pair counts in its groups)
    R(place) = gain + p[node] - z of the group that counts the mentee, at a first place
where a gain is the level's own times `scale` plus the multipliers times the earlier levels'.
A pinned pair counts whatever the sign of R. This is Lagrange's bound; it is weak duality,
so wrong prices can only make it larger.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from models.domain.certificate import Prices
from models.domain.participant import Participant
from models.domain.problem import Problem
from solver.levels import LEVELS, Level
from solver.rule import HardConstraint
from solver.rulebook import Rules


@dataclass(frozen=True)
class Priced:
    """A level with its prices, and the levels before it with their multipliers.

    `problem` and `rules` may be stricter than those of the round: with more limits, and with
    floors under the points of pairs. `claim` is the level whose claim it is, if another.
    """

    problem: Problem
    rules: Rules
    level: Level
    prices: Prices
    claim: str = ""

    @property
    def name(self) -> str:
        """The level whose claim it is."""
        return self.claim or self.level.name

    @property
    def terms(self) -> list[tuple[int, Level]]:
        """Every level whose gains count, with its factor."""
        earlier = [(size, LEVELS[name]) for name, size in self.prices.earlier.items()]
        return [(self.prices.scale, self.level), *earlier]

    @property
    def priced_limits(self) -> list[tuple[HardConstraint, Mapping[str, int]]]:
        """The further limits that have prices, with them."""
        return [
            (rule, self.prices.limits[rule.name])
            for rule in self.rules.constraints
            if rule.name in self.prices.limits
        ]

    @cached_property
    def _limit_prices(self) -> list[tuple[HardConstraint, Mapping[str, int], Mapping[str, int]]]:
        return [
            (rule, by_label, rule.price_of_mentors(self.problem, by_label))
            for rule, by_label in self.priced_limits
        ]

    def price_of_match(self, mentee: Participant) -> int:
        """What the limits' prices come to for a mentee's having a mentor at all."""
        groups = ((rule.matched_group(self.problem, mentee), by) for rule, by in self.priced_limits)
        return sum(by_label.get(label, 0) for label, by_label in groups if label is not None)

    def reduced(self, mentor: Participant, mentee: Participant, points: int) -> int:
        """The reduced gain of one pair."""
        prices, problem = self.prices, self.problem
        gain = sum(
            factor * level.pair_gain(problem, mentor.reference, mentee.reference, points)
            for factor, level in self.terms
        )
        cost = prices.mentees.get(mentee.reference, 0) + prices.mentors.get(mentor.reference, 0)
        for rule, by_label, by_mentor in self._limit_prices:
            cost += by_mentor.get(mentor.reference, 0)
            for label, size in rule.shares(problem, mentor, mentee):
                cost += size * by_label.get(label, 0)
        return gain - cost


class UnusablePricesError(ValueError):
    """Prices that prove nothing: a wrong sign, an unknown name, a scale below 1."""


def check_prices(priced: Priced) -> None:
    """Refuses prices under which the formula would be no bound."""
    prices, levels = priced.prices, priced.problem.policy.levels
    if prices.scale < 1:
        raise UnusablePricesError(f"the scale is {prices.scale}")
    for name, size in prices.earlier.items():
        # The value of a later level would rule out better answers at this one.
        if name not in levels[: levels.index(priced.level.name)]:
            raise UnusablePricesError(f"{name} is no earlier level")
        if size < 0:
            raise UnusablePricesError(f"the multiplier of {name} is {size}")
    known = {rule.name for rule in priced.rules.constraints}
    for name in prices.limits:
        if name not in known:
            raise UnusablePricesError(f"{name} is no limit of this policy")
    _check_groups(priced)
    for references, role in ((prices.mentors, "mentor"), (prices.mentees, "mentee")):
        people = priced.problem.mentor_at if role == "mentor" else priced.problem.mentee_at
        for reference in sorted(references.keys() - people.keys()):
            raise UnusablePricesError(f"{reference} is not a {role} of this round")


def _check_groups(priced: Priced) -> None:
    """Refuses the price of a group that is none: its least would be counted for no pair."""
    for rule, by_label in priced.priced_limits:
        for label in by_label:
            try:
                rule.group_bounds(priced.problem, label)
            except (KeyError, ValueError):
                raise UnusablePricesError(f"{label} is no group of {rule.name}") from None


class PlainBound:
    """Adds up one level's bound, one candidate pair after another."""

    def __init__(self, priced: Priced, values: Mapping[str, int]) -> None:
        check_prices(priced)
        self._priced = priced
        self._pinned = {(pin.mentor, pin.mentee) for pin in priced.problem.pins}
        self._total = fixed_part(priced, values)

    def add(self, mentor: Participant, mentee: Participant, points: int) -> None:
        """Counts one candidate pair of the round, if it is one under stricter rules too."""
        if not all(floor.permits(points) for floor in self._priced.rules.floors):
            return
        reduced = self._priced.reduced(mentor, mentee, points)
        if reduced > 0 or (mentor.reference, mentee.reference) in self._pinned:
            self._total += reduced

    @property
    def value(self) -> int:
        """The bound, once every candidate pair has been counted."""
        return self._total // self._priced.prices.scale


def fixed_part(priced: Priced, values: Mapping[str, int]) -> int:
    """What places, further limits and earlier levels add to the bound: all but the pairs."""
    total = -sum(size * values[name] for name, size in priced.prices.earlier.items())
    total += _places_of_mentees(priced) + _places_of_mentors(priced)
    for rule, by_label in priced.priced_limits:
        for label, price in by_label.items():
            least, most = rule.group_bounds(priced.problem, label)
            total += price * (most if price > 0 else least)
    return total


def _places_of_mentees(priced: Priced) -> int:
    problem, prices = priced.problem, priced.prices.mentees
    terms = [(size, level) for size, level in priced.terms if level.counts_mentees]
    counts_matches = bool(priced.priced_limits)
    total = 0
    for mentee in problem.mentees:
        price = prices.get(mentee.reference, 0)
        of_first = priced.price_of_match(mentee) if counts_matches else 0
        if not terms and not of_first and price <= 0:
            continue
        for nth in range(1, min(mentee.learning.wants, len(problem.mentors)) + 1):
            reduced = price
            for size, level in terms:
                reduced += size * level.mentee_gain(mentee, nth)
            if nth == 1:
                reduced -= of_first
            elif reduced <= 0:
                break  # Gains never rise with n: no later place counts either.
            total += max(0, reduced)
    return total


def _places_of_mentors(priced: Priced) -> int:
    problem, rules, prices = priced.problem, priced.rules, priced.prices.mentors
    terms = [(size, level) for size, level in priced.terms if level.counts_mentors(rules)]
    total = 0
    for mentor in problem.mentors:
        price = prices.get(mentor.reference, 0)
        if not terms and price <= 0:
            continue
        for nth in range(1, min(mentor.mentoring.capacity, len(problem.mentees)) + 1):
            reduced = price
            for size, level in terms:
                reduced += size * level.mentor_gain(rules, mentor, nth)
            if reduced <= 0:
                break
            total += reduced
    return total
