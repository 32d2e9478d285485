"""How far a solve has come, for terminals, streams and logs."""

from __future__ import annotations

from models.domain.base import Frozen


class Progress(Frozen):
    """One report of a running solve; `value` and `bound` in whole units of the level.

    `stage` is what is being done (`searching`, `checking`, or `comparing` with other fairness
    modes), `elapsed` seconds since the start.
    """

    stage: str
    level: str | None = None
    value: int | None = None
    bound: int | None = None
    elapsed: float = 0.0

    @property
    def gap(self) -> int | None:
        """Bound minus value; None while one of them is unknown."""
        if self.value is None or self.bound is None:
            return None
        return self.bound - self.value
