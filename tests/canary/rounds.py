"""Tiny rounds in the shape of our models, and their optimum by looking at every answer."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

import numpy as np

from solver.rule import IntArray

MOST_PAIRS = 10


@dataclass(frozen=True)
class Row:
    """The sum of size times variable, with sizes by variable, is `total`."""

    sizes: dict[int, int]
    total: int


@dataclass
class TinyModel:
    """So many pairs, from 0 to 1, then slacks; each of the first rows settles one slack.

    `most` and `costs` lie along all variables, of which none is below 0.
    """

    pairs: int
    most: list[int] = field(default_factory=list)
    costs: list[int] = field(default_factory=list)
    slack_rows: list[Row] = field(default_factory=list)
    kept_rows: list[Row] = field(default_factory=list)

    @property
    def rows(self) -> list[Row]:
        """All rows."""
        return self.slack_rows + self.kept_rows

    def answers(self) -> IntArray:
        """Every answer that keeps every row, one a line."""
        found = np.indices([2] * self.pairs, dtype=np.int64).reshape(self.pairs, -1).T
        for row in self.slack_rows:
            slack = found.shape[1]
            members = [variable for variable in row.sizes if variable != slack]
            used = found[:, members] @ np.array([row.sizes[v] for v in members], dtype=np.int64)
            found = np.column_stack([found, (row.total - used) * row.sizes[slack]])
        keeps = np.all((found >= 0) & (found <= np.array(self.most)), axis=1)
        for row in self.kept_rows:
            sizes = np.array(list(row.sizes.values()), dtype=np.int64)
            keeps &= found[:, list(row.sizes)] @ sizes == row.total
        kept: IntArray = found[keeps]
        return kept

    def smallest(self) -> int | None:
        """The least cost of any answer, or None where no answer keeps every row."""
        answers = self.answers()
        return int((answers @ np.array(self.costs, dtype=np.int64)).min()) if len(answers) else None

    def cost_of(self, answer: list[int]) -> int | None:
        """What an answer costs, or None where it breaks something."""
        if not all(0 <= value <= most for value, most in zip(answer, self.most, strict=True)):
            return None
        if any(sum(s * answer[v] for v, s in row.sizes.items()) != row.total for row in self.rows):
            return None
        return sum(cost * value for cost, value in zip(self.costs, answer, strict=True))


def a_tiny_model(seed: int, largest_costs: int, largest_row: int) -> TinyModel:
    """A round of a few pairs: a slack for each person and group, and up to two levels kept.

    What an answer can cost comes close to `largest_costs`, and the sizes of a kept level's row
    add up to nearly `largest_row`; neither reaches it.
    """
    rng = random.Random(seed)
    mentees, mentors = rng.randint(1, 4), rng.randint(1, 3)
    cells = [(e, mentees + m) for e in range(mentees) for m in range(mentors)]
    pairs = rng.sample(cells, min(len(cells), rng.randint(1, MOST_PAIRS)))
    model = TinyModel(pairs=len(pairs), most=[1] * len(pairs))
    for node in range(mentees + mentors):
        members = {v: 1 for v, pair in enumerate(pairs) if node in pair}
        _add_slack(model, members, most=rng.randint(0, 3), sign=-1)
    for _ in range(rng.randint(0, 3)):
        members = {v: rng.choice((1, 1, 2)) for v in range(len(pairs)) if rng.random() < 0.5}
        _add_slack(model, members, most=rng.randint(0, 4), sign=1)
    shares = _close_to(largest_costs, [rng.random() for _ in model.most])
    model.costs = [share // max(1, most) for share, most in zip(shares, model.most, strict=True)]
    for _ in range(rng.randint(0, 2)):
        sizes = [rng.choice((0.0, rng.random(), -rng.random())) for _ in model.most]
        _keep_a_level(model, rng, _close_to(largest_row, sizes))
    return model


def _add_slack(model: TinyModel, members: dict[int, int], most: int, sign: int) -> None:
    """Members and slack add up to `most`; with sign -1 the slack is what the members use."""
    slack = len(model.most)
    model.most.append(most)
    model.slack_rows.append(Row({**members, slack: sign}, most if sign > 0 else 0))


def _keep_a_level(model: TinyModel, rng: random.Random, sizes: list[int]) -> None:
    """A row for the value of some answer, or for a value that perhaps none has."""
    answers = model.answers()
    if len(answers):
        value = int(answers[rng.randrange(len(answers))] @ np.array(sizes, dtype=np.int64))
        kept = {variable: size for variable, size in enumerate(sizes) if size}
        model.kept_rows.append(Row(kept, value + rng.choice((0, 0, 0, 1))))


def _close_to(largest: int, sizes: list[float]) -> list[int]:
    """Whole numbers in these proportions whose absolute values add up to less."""
    total = sum(map(abs, sizes)) or 1.0
    return [int(size / total * (largest - 1)) for size in sizes]
