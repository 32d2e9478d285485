"""A stage whose entrants are told beforehand what they come to."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from benchmarks.allowance import Allowance
from benchmarks.answer import Answer
from benchmarks.contest import Entry
from benchmarks.entrants import PAIRWELL, Entrant, Stage
from benchmarks.measurement import CommandFailedError, Measurement
from benchmarks.scored_round import TIME_IS_UP
from models.domain.participant import Pair
from service.cli.round_input import read_round_file
from solver.judge.facts import candidate_pairs
from solver.rulebook import choose_rules

ALLOWANCE = Allowance(seconds=60.0, memory_mb=1024)


class FakeStage(Stage):
    """Every entrant pairs the same two people in the seconds given, and nobody else.

    `answers_up_to` are the most people for which an entrant has an answer, by title.
    """

    def __init__(self, seconds: float = 2.0, answers_up_to: Mapping[str, int] | None = None):
        super().__init__(ALLOWANCE, Path())
        self._seconds = seconds
        self._answers_up_to = dict(answers_up_to or {})
        self.ran: list[tuple[str, int]] = []

    def run(self, entrant: Entrant, round_file: Path) -> Entry:
        problem = read_round_file(round_file).problem
        people = len(problem.participants)
        self.ran.append((entrant.title, people))
        if people > self._answers_up_to.get(entrant.title, people):
            raise CommandFailedError("", TIME_IS_UP)
        mentor, mentee, _ = next(candidate_pairs(problem, choose_rules(problem.policy)))
        pairs = (Pair(mentor=mentor.reference, mentee=mentee.reference),)
        proved = entrant is PAIRWELL
        return Entry(Measurement(9.0, 8.0, 70.0), self._seconds, Answer(pairs, 1.0, proved))

    def run_command(self, round_file: Path) -> Entry:
        return self.run(PAIRWELL, round_file)
