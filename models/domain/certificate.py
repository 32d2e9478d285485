"""What a stranger needs to check a result with no solver: prices, level by level."""

from __future__ import annotations

from pydantic import Field

from models.domain.base import Frozen


class Prices(Frozen):
    """The dual prices of one level, in whole units of `1 / scale`.

    `mentors` and `mentees` hold a price by reference (0 is left out); `limits` the prices of
    other keyed limits by rule and group; `earlier` what one unit of an earlier level is worth
    at this one, by the level's name.
    """

    mentors: dict[str, int] = Field(default_factory=dict)
    mentees: dict[str, int] = Field(default_factory=dict)
    limits: dict[str, dict[str, int]] = Field(default_factory=dict)
    earlier: dict[str, int] = Field(default_factory=dict)
    scale: int = 1


class LevelCertificate(Frozen):
    """One level's value, the bound that its prices prove, and the prices.

    Where a fairness mode's level is no sum over pairs and people, the prices are those of the
    earlier level `falls_short`: in the round that asks for more than the bound, they show that
    this level falls short of its value.
    """

    name: str
    value: int
    bound: int
    prices: Prices
    falls_short: str | None = None


class Certificate(Frozen):
    """The prices of every level, bound to the problem and the assignments by a digest.

    `digest` covers the problem's digest, the pairs and the levels; `verified` says that the
    audit and the bounds were checked outside the solver's process.
    """

    digest: str = ""
    verified: bool = False
    levels: tuple[LevelCertificate, ...] = ()
