"""The kinds of small rounds on which a fairness mode is held against every answer there is."""

from __future__ import annotations

from collections.abc import Callable

from models.domain.problem import Problem
from tests.limited_rounds import a_limited_round
from tests.strategies import a_small_round
from tests.tied_rounds import a_tied_round

FEW = 2
"""So many rounds of a chunk may have the best pairs without a proof of the tie rule."""

KINDS: dict[str, Callable[[int], Problem]] = {
    "small": a_small_round,
    "tied": a_tied_round,
    "limited": lambda seed: a_limited_round(seed, most_people=4),
}
"""The round of a seed, by the kind."""
