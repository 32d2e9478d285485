"""A lottery of so few bits that it ties, for the rules that come after it."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from models.domain.problem import Problem
from solver.levels import LEVELS, LOTTERY_BITS, Lottery


@dataclass(frozen=True)
class CoarseLottery(Lottery):
    """The first `bits` of each pair's draw; with none, every draw is 0."""

    bits: int = 0

    def pair_gain(self, problem: Problem, mentor: str, mentee: str, points: int) -> int:
        """The pair's draw."""
        return super().pair_gain(problem, mentor, mentee, points) >> (LOTTERY_BITS - self.bits)


def draw_by(monkeypatch: pytest.MonkeyPatch, bits: int) -> None:
    """Has every round of this test drawn by so many bits."""
    most = (1 << bits) - 1
    monkeypatch.setitem(LEVELS, "lottery", CoarseLottery("lottery", most_pair_gain=most, bits=bits))
