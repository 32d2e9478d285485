"""The round as rivals get it, and their clock."""

from __future__ import annotations

import json
import math
import subprocess
import sys
import time
from pathlib import Path

import pytest

from benchmarks.answer import read_answer
from benchmarks.measurement import ROOT
from benchmarks.scored_round import NoAnswerInTimeError, ScoredRound
from scenarios.generate import generate_round
from solver.rulebook import choose_rules
from solver.scoring.scoreboard import score_pairs
from tests.builders import a_mentee, a_mentor, a_policy, a_problem

RIVAL = "from benchmarks.scored_round import *; import numpy; play({match}, keeps_time={keeps})"
ALL_PAIRS = "lambda given: Choice(given.pairs, out_of_time=True)"
FOR_EVER = "lambda given: exec('while True: pass')"
WAITS_AND_GIVES_UP = "lambda given: given.seconds_left() and exec('raise NoAnswerInTimeError')"


def play(folder: Path, match: str, seconds: float, keeps: bool = False) -> int:
    round_file = folder / "round.json"
    round_file.write_text(json.dumps(generate_round(6, 8, seed=1)))
    program = [sys.executable, "-c", RIVAL.format(match=match, keeps=keeps)]
    arguments = [str(round_file), str(seconds), str(folder / "answer.json")]
    return subprocess.run([*program, *arguments], cwd=ROOT, check=False).returncode


def test_a_rival_writes_its_pairs_and_whether_its_time_ended_it(tmp_path: Path) -> None:
    assert play(tmp_path, ALL_PAIRS, seconds=60) == 0
    answer = read_answer(tmp_path / "answer.json")
    assert answer.pairs
    assert (answer.proved, answer.stopped_by) == (False, "time_limit")


def test_a_rival_is_killed_at_the_end_of_its_seconds(tmp_path: Path) -> None:
    assert play(tmp_path, FOR_EVER, seconds=0.2) < 0
    assert not (tmp_path / "answer.json").exists()


def test_a_rival_that_keeps_its_time_may_say_that_it_has_no_answer(tmp_path: Path) -> None:
    assert play(tmp_path, WAITS_AND_GIVES_UP, seconds=60, keeps=True) == 124


def test_one_more_mentee_outweighs_all_points() -> None:
    problem = a_problem(
        a_mentor("M1", capacity=2, profession="Policy"),
        a_mentee("E1", profession="Policy"),
        a_mentee("E2", wants=2),
        policy=a_policy("grade_seniority", profession_match={"weight": 15}),
    )
    pairs = score_pairs(problem, choose_rules(problem.policy))
    given = ScoredRound(problem, pairs, math.inf)
    assert given.matched_weight == 2 * 15_000 + 1
    assert sorted(given.weighted_points.tolist()) == [30_001, 45_001]


def test_nothing_is_left_after_the_deadline() -> None:
    problem = a_problem()
    pairs = score_pairs(problem, choose_rules(problem.policy))
    with pytest.raises(NoAnswerInTimeError):
        ScoredRound(problem, pairs, time.perf_counter() - 1).seconds_left()
