"""The fairness mode `stable`."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from solver.fairness_mode import FairnessMode


class Stable(FairnessMode):
    """No two people who may be paired would both rather have each other: of no pair that is not
    made does each have a free place, or gain more than `epsilon` points (whole numbers, as in the
    result) over their worst partner. Among such answers the policy's own levels decide."""

    is_stable: ClassVar[bool] = True

    epsilon: int = Field(default=0, ge=0, le=1_000_000_000, strict=True)

    @property
    def tolerance(self) -> int:
        """The epsilon."""
        return self.epsilon
