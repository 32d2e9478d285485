"""One round, every contestant: what each of them came to, and how that compares with ours."""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.allowance import Allowance
from benchmarks.answer import Score, score
from benchmarks.contest import Entry
from benchmarks.entrants import PAIRWELL, Entrant, Stage
from benchmarks.measurement import CommandFailedError
from models.domain.problem import Problem
from scenarios.generate import generate_round
from service.cli.round_input import read_round_file
from solver.rulebook import choose_rules
from solver.scoring.scoreboard import candidate_blocks

COMMAND = "pairwell match"
Size = tuple[int, int]
"""Mentors and mentees."""


@dataclass(frozen=True)
class Showing:
    """An answer with its costs and the judge's count, or why there is none."""

    entry: Entry | None = None
    scored: Score | None = None
    why_none: str = ""

    @property
    def in_time(self) -> bool:
        """Whether there is an answer that no limit cut short."""
        return self.entry is not None and self.entry.answer.stopped_by is None

    def as_good_as(self, other: Showing | None) -> bool | None:
        """Whether both have as many mentees and points; None where either has no answer."""
        if self.scored is None or other is None or other.scored is None:
            return None
        mine, its = self.scored, other.scored
        return (mine.mentees_matched, mine.points) == (its.mentees_matched, its.points)

    def figures(self) -> dict[str, Any]:
        """The figures alone, for a file of figures."""
        if self.entry is None or self.scored is None:
            return {"no_answer": self.why_none}
        return self.entry.figures() | asdict(self.scored)


@dataclass(frozen=True)
class Trial:
    """One round: each entrant's showing by its title, and that of the whole command."""

    eligible_pairs: int
    showings: Mapping[str, Showing]
    command: Showing | None

    @property
    def ours(self) -> Showing | None:
        """Pairwell's showing, where it took part."""
        return self.showings.get(PAIRWELL.title)


def hold_trial(stage: Stage, entrants: Sequence[Entrant], size: Size, seed: int) -> Trial:
    """Lets the entrants run one after another on the made-up round of this size and seed."""
    with tempfile.TemporaryDirectory() as folder:
        round_file = Path(folder) / "round.json"
        round_file.write_text(json.dumps(generate_round(*size, seed)), encoding="utf-8")
        problem = read_round_file(round_file).problem
        showings = {}
        command = None
        for entrant in entrants:
            run = partial(stage.run, entrant, round_file)
            showings[entrant.title] = _showing(entrant.title, run, stage.allowance, problem)
            if entrant is PAIRWELL:
                run = partial(stage.run_command, round_file)
                command = _showing(COMMAND, run, stage.allowance, problem)
    rules = choose_rules(problem.policy)
    pairs = sum(len(block) for block in candidate_blocks(problem, rules))
    return Trial(pairs, showings, command)


def _showing(
    title: str, run: Callable[[], Entry], allowance: Allowance, problem: Problem
) -> Showing:
    try:
        entry = run()
    except CommandFailedError as failure:
        showing = Showing(why_none=allowance.why_no_answer(failure))
    else:
        showing = Showing(entry, score(problem, entry.answer.pairs))
    said = f"{entry.solve_seconds:.2f} s" if showing.entry else showing.why_none
    print(f"{len(problem.participants):,} people, {title}: {said}", file=sys.stderr)
    return showing
