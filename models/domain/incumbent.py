"""The best answer that a running solve has told: enough to go on from, should the solve be lost."""

from __future__ import annotations

from models.domain.base import Frozen
from models.domain.certificate import Prices


class Standing(Frozen):
    """Where one level stands: its value with the pairs in hand, and the bound that prices prove.

    `engine` names what closed a gap between the two, if anything did.
    """

    name: str
    value: int
    bound: int
    prices: Prices
    engine: str | None = None


class Incumbent(Frozen):
    """Pairs as (mentor, mentee) positions in the problem's order, and a standing for every level.

    Nothing of it is believed: whoever makes a result of it has the pairs audited and the bounds
    added up from the prices.
    """

    pairs: tuple[tuple[int, int], ...]
    levels: tuple[Standing, ...]

    @property
    def values(self) -> tuple[int, ...]:
        """The value of each level in their order; the larger of two is the better answer."""
        return tuple(level.value for level in self.levels)
