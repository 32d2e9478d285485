"""Small rounds put through the search for large ones."""

from __future__ import annotations

import numpy as np
import pytest

from models.domain.problem import Problem
from solver.levels import LEVELS
from solver.relaxation import outside, relax
from solver.relaxation.binding_groups import side_limits
from solver.relaxation.wide import relax_wide
from solver.relaxation.wide_prices import WidePrices
from solver.relaxation.wide_round import WideRound
from solver.scoring import columns
from solver.search import find
from tests.worlds import World


def solve_as_large(monkeypatch: pytest.MonkeyPatch) -> None:
    """From here on every round with intricate limits counts as a large one."""
    monkeypatch.setattr(find, "WIDE_FROM", 0)


def solve_holding_few(monkeypatch: pytest.MonkeyPatch, most_on_a_face: int) -> None:
    """From here on a pair a person is held to begin with, and pricing finds the rest."""
    for module in (columns, outside):
        monkeypatch.setattr(module, "START_COLUMNS", 1)
        monkeypatch.setattr(module, "ADDED_COLUMNS", 1)
    monkeypatch.setattr(outside, "MOST_ON_A_FACE", most_on_a_face)
    monkeypatch.setattr(relax, "HOLD_ALL_BELOW", 0)
    monkeypatch.setattr(find, "SCREEN_ABOVE", -1)


def a_wide_round(problem: Problem, most_held: int | None = None) -> WideRound:
    """The round with all its pairs held, or the first so many and the pins."""
    world = World(problem)
    held = np.arange(len(world.pairs)) < (most_held if most_held is not None else len(world.pairs))
    held |= world.face.state > 0
    limits = side_limits(problem, world.rules)
    return WideRound(problem, world.network, limits, [world.pairs], world.pairs.where(held))


def relaxed(wide: WideRound, level: str, **earlier: int) -> WidePrices:
    """A level's prices to the end, with earlier levels held to these values."""
    rows = [(LEVELS[name], value) for name, value in earlier.items()]
    return relax_wide(wide, LEVELS[level], rows, lambda: False, to_the_end=True)
