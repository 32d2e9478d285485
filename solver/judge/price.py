"""The price of fairness: what a result is less than the best under `total` and `coverage`.

Both are modes of the same round without its own mode: what that mode changed in the rules is
taken back. Under `total` the mentees with a mentor are those of the answer that has the most of
them among those with the most points; so there is one figure, whatever answer is found.
"""

from __future__ import annotations

from collections.abc import Sequence

from models.domain.participant import Pair
from models.domain.problem import Problem
from models.domain.result import FairnessPrice, LevelResult, PricedLevel
from solver.fairness_mode import MATCHED, POINTS
from solver.judge.audit import values_of
from solver.judge.facts import PairFacts
from solver.levels import TIE_RULE
from solver.modes import all_modes, under_mode, without_mode
from solver.rulebook import choose_rules

COMPARED = ("total", "coverage")
"""The modes that fairness is priced against."""

SHOWN = (MATCHED, POINTS)
"""The levels at which it is."""


def compared(problem: Problem, mode: str) -> Problem:
    """The ordinary round whose optimum a price compares with; it has every level shown."""
    policy = under_mode(without_mode(problem.policy), all_modes()[mode]())
    levels = [name for name in policy.levels if name != TIE_RULE]
    levels += [name for name in reversed(SHOWN) if name not in levels]
    update = {"levels": (*levels, TIE_RULE), "fairness": None}
    return problem.changed(policy=policy.model_copy(update=update))


def price_against(
    problem: Problem, pairs: Sequence[Pair], mode: str, levels: Sequence[LevelResult]
) -> FairnessPrice:
    """The price against a mode whose best answer stands as these levels say."""
    own = own_values(problem, pairs, mode)
    return FairnessPrice(
        mode=mode,
        levels=tuple(
            PricedLevel(
                name=level.name,
                value=level.value,
                bound=level.bound,
                proved=level.proved,
                difference=level.value - own[level.name],
            )
            for level in sorted(levels, key=lambda level: level.name)
            if level.name in SHOWN
        ),
    )


def price_against_itself(
    problem: Problem, pairs: Sequence[Pair], levels: Sequence[LevelResult], mode: str
) -> FairnessPrice:
    """The price of a result under the very mode: nothing. Proved as far as the result is."""
    proved = all(level.proved for level in levels if level.name != TIE_RULE)
    own = own_values(problem, pairs, mode)
    known = {level.name: level for level in levels}
    return price_against(
        problem,
        pairs,
        mode,
        [
            known.get(name, LevelResult(name=name, value=own[name], bound=own[name], proved=proved))
            for name in SHOWN
        ],
    )


class WrongPriceError(ValueError):
    """A price of fairness that cannot be one: of another mode, or below what is in hand."""


def restated(problem: Problem, pairs: Sequence[Pair], price: FairnessPrice) -> FairnessPrice:
    """The price again: the other mode's value and bound as stated, all else worked out anew."""
    if price.mode not in COMPARED or tuple(level.name for level in price.levels) != SHOWN:
        raise WrongPriceError(f"no price of fairness is against {price.mode} at such levels")
    stated = [
        LevelResult(
            name=level.name,
            value=level.value,
            bound=level.bound,
            proved=level.value == level.bound,
        )
        for level in price.levels
    ]
    first = compared(problem, price.mode).policy.levels[0]
    own = own_values(problem, pairs, price.mode)
    for level in stated:
        if level.value > level.bound or (level.name == first and level.bound < own[first]):
            raise WrongPriceError(f"the best of {level.name} under {price.mode} is another")
    return price_against(problem, pairs, price.mode, stated)


def own_values(problem: Problem, pairs: Sequence[Pair], mode: str) -> dict[str, int]:
    """What the pairs come to by the rules of the round that they are compared with."""
    other = compared(problem, mode)
    rules, people = choose_rules(other.policy), other.by_reference
    facts = PairFacts(other, rules)
    worth = [(pair, facts.of(people[pair.mentor], people[pair.mentee])[0]) for pair in pairs]
    return values_of(other, rules, worth, SHOWN)
