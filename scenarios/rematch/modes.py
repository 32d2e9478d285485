"""How much an earlier pair is worth: the four ways to match a round again."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import ClassVar

from scenarios.change import change_of
from scenarios.rematch.live_round import LiveRound, own_levels
from scenarios.what_if import ScenarioAnswer
from solver.earlier import most_together
from solver.encoding import KEPT
from solver.fairness_mode import POINTS


class RematchMode(ABC):
    """A way to match again. `price` is what it pays for each pair kept, in whole weights."""

    name: ClassVar[str]
    price: int = 0

    @abstractmethod
    def answer(self, live: LiveRound) -> ScenarioAnswer:
        """The round matched again in this way; with issues instead where it cannot be asked."""


@dataclass(frozen=True)
class Freeze(RematchMode):
    """Every pair that can stand is pinned. Where not all can stand together, as many as can are
    pinned, and of such sets the one that leaves most by the policy's own levels."""

    name = "freeze"

    def answer(self, live: LiveRound) -> ScenarioAnswer:
        """The round with the pins."""
        if live.most_kept == len(live.standing):
            return _with_pins(live, live.standing)
        first = live.keeping_first
        if first.result is None or not first.result.levels:
            return first
        made = {(pair.mentor, pair.mentee) for pair in first.result.pairs}
        return _with_pins(live, [pair for pair in live.standing if pair in made])


@dataclass(frozen=True)
class MinDisruption(RematchMode):
    """As many pairs as possible are kept before points count, and after all that counts before
    points, such as the mentees matched."""

    name = "min_disruption"

    def answer(self, live: LiveRound) -> ScenarioAnswer:
        """The round with one level more."""
        own = own_levels(live.problem.policy)
        place = own.index(POINTS) if POINTS in own else len(own)
        levels = [*own[:place], KEPT, *own[place:]]
        return live.ask([change_of("levels", levels=levels)])


@dataclass(frozen=True)
class Budget(RematchMode):
    """At most so many pairs are broken that could have been kept."""

    most: int
    name = "budget"

    def answer(self, live: LiveRound) -> ScenarioAnswer:
        """The round with the hard constraint `change_budget`.

        The rule counts places alone; what goes beyond them was not avoidable either.
        """
        counted = most_together(live.problem, live.standing)
        together = live.most_kept if live.most_kept is not None else counted
        settings = {"most": self.most + counted - together}
        return live.ask([change_of("rule_on", rule="change_budget", settings=settings)])


@dataclass(frozen=True)
class Priced(RematchMode):
    """A pair is only broken where that gains so many points or more, as people read them, or
    where it serves what counts before points."""

    price: int
    name = "priced"

    def answer(self, live: LiveRound) -> ScenarioAnswer:
        """The round with the price on top of the weight that `keep_pairs` has anyway."""
        weight = kept_weight(live) + self.price
        return live.ask([change_of("weights", weights={"keep_pairs": weight})])


def kept_weight(live: LiveRound) -> int:
    """The weight that a pair of the earlier result has by the policy itself."""
    settings = {choice.name: choice.settings for choice in live.problem.policy.rules}
    weight: int = settings.get("keep_pairs", {}).get("weight", 0)
    return weight


def _with_pins(live: LiveRound, pairs: list[tuple[str, str]]) -> ScenarioAnswer:
    named = [{"mentor": mentor, "mentee": mentee} for mentor, mentee in pairs]
    return live.ask([change_of("pin_all", pairs=named)])
