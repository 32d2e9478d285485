"""A round as every rival is handed it, and the clock that all of them are under.

A rival gets what is already scored: every eligible pair with its points. Pairwell, which has
to find and score them itself, starts from the people.
"""

from __future__ import annotations

import json
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np

from models.domain.problem import Problem
from service.cli.round_input import read_round_file
from solver.rule import IntArray
from solver.rulebook import choose_rules
from solver.scoring.scoreboard import CandidatePairs, score_pairs

TIME_IS_UP = 124
"""How a contestant ends that has no answer in its time, as `timeout(1)` has it."""

GRACE_SECONDS = 30.0
"""For what comes after the limit that a contestant keeps by itself: reading and checking."""


@dataclass(frozen=True)
class ScoredRound:
    """The people and every eligible pair; `deadline` is on the clock `time.perf_counter`."""

    problem: Problem
    pairs: CandidatePairs
    deadline: float

    @cached_property
    def capacity(self) -> IntArray:
        """The places of each mentor."""
        return np.array([person.mentoring.capacity for person in self.problem.mentors])

    @cached_property
    def wants(self) -> IntArray:
        """How many mentors each mentee wants."""
        return np.array([person.learning.wants for person in self.problem.mentees])

    @cached_property
    def matched_weight(self) -> int:
        """What one more matched mentee has to weigh so that points never outweigh it."""
        most_pairs = min(int(self.capacity.sum()), int(self.wants.sum()))
        return 1 + int(self.pairs.points.max(initial=0)) * most_pairs

    @cached_property
    def weighted_points(self) -> IntArray:
        """Of each pair, what it is worth to somebody with one mentor each: weight and points."""
        return self.pairs.points.astype(np.int64) + self.matched_weight

    def seconds_left(self) -> float:
        """Until the deadline; NoAnswerInTimeError where there are none."""
        left = self.deadline - time.perf_counter()
        if left <= 0:
            raise NoAnswerInTimeError
        return left

    def one_mentor_each(self) -> ScoredRound:
        """The round itself; CannotStateError where a mentee wants several mentors."""
        if self.wants.max(initial=0) > 1:
            raise CannotStateError("a mentee wants several mentors")
        return self


@dataclass(frozen=True)
class Choice:
    """The pairs chosen; whether the engine takes them for the best, or its time ended it."""

    pairs: CandidatePairs
    optimal: bool = False
    out_of_time: bool = False


class NoAnswerInTimeError(Exception):
    """An engine that keeps its own time limit came to it without any answer."""


class CannotStateError(ValueError):
    """The contestant has no words for this round."""


def play(match: Callable[[ScoredRound], Choice], keeps_time: bool = False) -> None:
    """The program of a rival: `ROUND SECONDS OUTPUT`.

    Only `match` is timed. It is killed at the end of its seconds, or a little later where it
    keeps to them by itself.
    """
    round_file, seconds, output = Path(sys.argv[1]), float(sys.argv[2]), Path(sys.argv[3])
    problem = read_round_file(round_file).problem
    pairs = score_pairs(problem, choose_rules(problem.policy))
    started = time.perf_counter()
    end_after(seconds + (GRACE_SECONDS if keeps_time else 0.0))
    try:
        choice = match(ScoredRound(problem, pairs, started + seconds))
    except NoAnswerInTimeError:
        sys.exit(TIME_IS_UP)
    used = time.perf_counter() - started
    end_after(0.0)
    output.write_text(json.dumps(_answer(problem, choice, used)))


def end_after(seconds: float) -> None:
    """Kills this process when the time is up, whatever it is doing; 0 takes that back."""
    signal.setitimer(signal.ITIMER_REAL, seconds)


def _answer(problem: Problem, choice: Choice, seconds: float) -> dict[str, object]:
    run = {
        "seconds": seconds,
        "solve_status": "optimal" if choice.optimal else "feasible",
        "stopped_by": "time_limit" if choice.out_of_time else None,
    }
    chosen = zip(choice.pairs.mentors.tolist(), choice.pairs.mentees.tolist(), strict=True)
    made = [
        {"mentor": problem.mentors[m].reference, "mentee": problem.mentees[e].reference}
        for m, e in chosen
    ]
    return {"run": run, "assignments": made}
