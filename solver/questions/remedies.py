"""What would help somebody who is left over: every remedy exact, or what comes nearest."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from models.domain.leftover import Remedy
from solver.questions.newcomers import Newcomers
from solver.questions.next_place_remedies import NextPlaceRemedies
from solver.questions.refused import Refusing
from solver.questions.short_waivers import ShortWaivers
from solver.questions.side import Side
from solver.questions.turnover import Turnover
from solver.questions.waivers import Waivers
from solver.rulebook import Rules

Remedied = Callable[[Sequence[int]], Mapping[int, list[Remedy]]]
Nearest = Callable[[Sequence[int]], Mapping[int, str]]

SEARCHED = 100
"""A search for each of so many people still fits into a report."""

COUNTED = 20
"""So does counting the limits of some other rounds anew for each of so many."""


class Remedies:
    """Finds remedies for many people of one side at once, each one a change of the round under
    which they have a partner more in every best answer."""

    def __init__(self, side: Side, rules: Rules, refusing: Refusing, turnover: Turnover) -> None:
        waivers = Waivers(side, rules, refusing, turnover)
        newcomers = Newcomers(side)
        self._waivers: Remedied = waivers.remedies
        self._short_waivers = ShortWaivers(side, rules, refusing, turnover).remedies
        self._others: list[Remedied] = [newcomers.remedies]
        self._near_waivers: Nearest = waivers.nearest
        self._near_places: Nearest = lambda places: {}
        self._is_quick = side.limits_are_by_role
        if side.role == "mentee":
            next_places = NextPlaceRemedies(side, turnover)
            self._others.insert(0, next_places.remedies)
            self._near_places = next_places.nearest

    def of(
        self, unmatched: Sequence[int], short: Sequence[int]
    ) -> dict[int, tuple[tuple[Remedy, ...], str]]:
        """By position the remedies, and where there are none what comes nearest.

        Where more than `SEARCHED` people are `short`, no rule is waived for them; where limits
        have to be counted anew for each place or newcomer, these are left out of a report on more
        than `COUNTED` people. Asked about one person, everything is said.
        """
        everybody = [*unmatched, *short]
        others = self._others if self._is_quick or len(everybody) <= COUNTED else []
        found: dict[int, list[Remedy]] = {place: [] for place in everybody}
        searched = short if len(short) <= SEARCHED else ()
        waived: list[tuple[Remedied, Sequence[int]]]
        waived = [(self._waivers, unmatched), (self._short_waivers, searched)]
        for remedied, some in [*waived, *((other, everybody) for other in others)]:
            for place, remedies in remedied(some).items():
                found[place] += remedies
        nearest: dict[int, str] = {}
        for come_near, some in ((self._near_places, everybody), (self._near_waivers, unmatched)):
            lacking = [place for place in some if not found[place] and place not in nearest]
            nearest |= come_near(lacking)
        return {place: (tuple(some), nearest.get(place, "")) for place, some in found.items()}
