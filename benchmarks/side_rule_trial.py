"""One round with all side rules on: how the solve went and how far it was proved."""

from __future__ import annotations

import json
import sys
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from benchmarks.answer import Score, score
from benchmarks.contest import Entry
from benchmarks.entrants import PAIRWELL, Stage
from benchmarks.measurement import CommandFailedError
from models.domain.result import LevelResult
from scenarios.side_rules import Tightness, round_before_side_rules, with_side_rules
from service.cli.round_input import read_round_file


@dataclass(frozen=True)
class Variant:
    """People in either role, people in both, and how tight the limits are."""

    mentors: int
    mentees: int
    both: int
    tightness: Tightness


@dataclass(frozen=True)
class SideRuleTrial:
    """One round: the entry and the judge's count of its answer, or why there is none."""

    seed: int
    entry: Entry | None = None
    scored: Score | None = None
    why_none: str = ""

    @property
    def levels(self) -> dict[str, LevelResult]:
        """What the result says of each level."""
        return {level.name: level for level in self.entry.answer.levels} if self.entry else {}

    def certified_gap(self, level: str) -> float | None:
        """Per cent of the value by which the certified bound lies above it; None for no value."""
        found = self.levels.get(level)
        if found is None or found.value <= 0:
            return None
        bound = found.bound if found.certified_bound is None else found.certified_bound
        return 100 * (bound - found.value) / found.value

    def figures(self) -> dict[str, Any]:
        """The figures alone, for a file of figures."""
        if self.entry is None or self.scored is None:
            return {"seed": self.seed, "no_answer": self.why_none}
        return {
            "seed": self.seed,
            "status": self.entry.answer.status,
            "stopped_by": self.entry.answer.stopped_by,
            **self.entry.figures(),
            **asdict(self.scored),
            "levels": [level.model_dump() for level in self.levels.values()],
        }


def hold_side_rule_trial(stage: Stage, variant: Variant, seed: int) -> SideRuleTrial:
    """Matches the round without side rules, derives their limits, and matches it with them."""
    before = round_before_side_rules(variant.mentors, variant.mentees, variant.both, seed)
    with tempfile.TemporaryDirectory() as folder:
        round_file = Path(folder) / "round.json"
        round_file.write_text(json.dumps(before), encoding="utf-8")
        free = stage.run(PAIRWELL, round_file)
        document = with_side_rules(before, free.answer.pairs, variant.tightness, seed)
        round_file.write_text(json.dumps(document), encoding="utf-8")
        problem = read_round_file(round_file).problem
        try:
            entry = stage.run(PAIRWELL, round_file)
        except CommandFailedError as failure:
            print(f"seed {seed}: {failure}", file=sys.stderr)
            return SideRuleTrial(seed, why_none=stage.allowance.why_no_answer(failure))
    print(f"seed {seed}: {entry.solve_seconds:.2f} s, {entry.answer.status}", file=sys.stderr)
    return SideRuleTrial(seed, entry, score(problem, entry.answer.pairs))
