"""How firmly an answer stands against a change of one weight, and what each weight decides."""

from __future__ import annotations

from models.domain.base import Frozen


class WeightStability(Frozen):
    """The whole weights of one soft objective, around today's, at which an answer stays optimal.

    `least` to `most`, both of them included; all other weights stay as they are. `proved` says
    whether the interval ends there, either by a better answer at the next weight or because no
    weight is smaller, or larger; where the time was too short, it is at least so long. `points`
    are what the objective gives the answer's pairs, less than 0 for what mentors' loads cost.
    """

    rule: str
    weight: int
    least: int
    most: int
    proved: bool
    points: int


class Stability(Frozen):
    """The intervals and shares of weights. `points` are the answer's, to which all weights' add up.

    `solves` counts the rounds that were solved for it.
    """

    points: int
    weights: tuple[WeightStability, ...]
    solves: int
