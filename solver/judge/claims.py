"""What is claimed of each level, and the round in which its prices have to prove it.

Most prices are those of the round itself. Where a fairness mode's level is searched for, the
levels behind it are bounded among the answers that have its value, and the level itself by an
earlier one that falls short of its value wherever more is asked for.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from models.domain.base import Frozen
from models.domain.certificate import LevelCertificate, Prices
from models.domain.problem import Problem
from solver.judge.bound import Priced, UnusablePricesError
from solver.levels import LEVELS
from solver.modes import searched_mode
from solver.rulebook import Rules, choose_rules
from solver.settled import attempted, levels_before, settled


class Claim(Frozen):
    """What stands behind a level: its prices, and the engine that closed a gap they leave.

    For a searched level: no answer is above `most`, because `falls_short` would fall short of
    its value, which the prices show.
    """

    name: str
    prices: Prices
    engine: str | None = None
    falls_short: str | None = None
    most: int | None = None

    @classmethod
    def stated(cls, level: LevelCertificate, engine: str | None) -> Claim:
        """What a certificate claims of a level."""
        return cls(
            name=level.name,
            prices=level.prices,
            engine=engine,
            falls_short=level.falls_short,
            most=level.bound if level.falls_short else None,
        )


def priced_claims(
    problem: Problem, rules: Rules, claims: Sequence[Claim], values: Mapping[str, int]
) -> list[Priced]:
    """Each claim's level with its prices and its round; none for a level that claims nothing.

    Raises `UnusablePricesError` where a searched level is said to be bounded by no earlier one.
    """
    mode = searched_mode(problem.policy)
    if mode is None:
        return [Priced(problem, rules, LEVELS[claim.name], claim.prices) for claim in claims]
    before = levels_before(problem.policy)
    rest, rest_rules = held_round(problem, rules, values)
    most = mode.most(problem, rules, {name: values[name] for name in before})
    found = []
    for claim in claims:
        if claim.name in before:
            found.append(Priced(problem, rules, LEVELS[claim.name], claim.prices))
        elif claim.name != mode.level:
            found.append(Priced(rest, rest_rules, LEVELS[claim.name], claim.prices))
        elif claim.falls_short is not None and claim.falls_short not in before:
            raise UnusablePricesError(f"{claim.falls_short} is no earlier level")
        elif claim.falls_short and _says_something(claim, most, values):
            beyond = attempted(problem, (claim.most or 0) + 1)
            level = LEVELS[claim.falls_short]
            found.append(
                Priced(beyond, choose_rules(beyond.policy), level, claim.prices, claim.name)
            )
    return found


def held_round(problem: Problem, rules: Rules, values: Mapping[str, int]) -> tuple[Problem, Rules]:
    """The round in which a searched level has its value; the round itself where there is none.

    Whoever is left over there is left over because of what is held, too.
    """
    mode = searched_mode(problem.policy)
    if mode is None:
        return problem, rules
    rest = settled(problem, values[mode.level])
    return rest, choose_rules(rest.policy)


def claimed_bounds(
    problem: Problem,
    rules: Rules,
    claims: Sequence[Claim],
    values: Mapping[str, int],
    priced: Mapping[str, int],
) -> dict[str, int]:
    """The bound of every level, from those that its prices prove in the round they are for."""
    mode = searched_mode(problem.policy)
    bounds = dict(priced)
    if mode is None:
        return bounds
    (claim,) = (claim for claim in claims if claim.name == mode.level)
    before = levels_before(problem.policy)
    most = mode.most(problem, rules, {name: values[name] for name in before})
    shown = claim.falls_short is not None and claim.name in priced
    if shown and priced[claim.name] < values[claim.falls_short or ""]:
        most = claim.most or 0
    return bounds | {mode.level: most}


def _says_something(claim: Claim, most: int, values: Mapping[str, int]) -> bool:
    """Whether more is said than is plain, and not that the answer itself is impossible."""
    return claim.most is not None and values[claim.name] <= claim.most < most
