"""On small rounds every mode of re-matching finds what a look at every answer finds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from itertools import count
from random import Random
from typing import Any

import pytest

from models.domain.rematch import Rematch
from models.domain.result import MatchResult
from models.reference import civil_service
from scenarios.change import Change
from scenarios.generate import generate_round
from scenarios.reading import read_changes
from scenarios.rematch.curve import curve_of
from scenarios.rematch.live_round import LiveRound
from scenarios.rematch.modes import Budget, Freeze, MinDisruption, Priced, RematchMode
from scenarios.rematch.rematching import Rematching
from scenarios.scenario import BaseRound, Scenario
from tests.exhaustive_rematch import Reached, best_by_kept
from tests.in_process import solved_or_not

A_PART = 10

Worth = Callable[[int, int, int], tuple[int, ...]]
"""What a mode is after, from the pairs kept, the mentees matched and the points."""

MODES: tuple[tuple[RematchMode, Worth], ...] = (
    (Freeze(), lambda kept, matched, points: (kept, matched, points)),
    (MinDisruption(), lambda kept, matched, points: (matched, kept, points)),
    (Budget(most=0), lambda kept, matched, points: (matched, points)),
    (Budget(most=2), lambda kept, matched, points: (matched, points)),
    (Priced(price=1), lambda kept, matched, points: (matched, points + 1_000 * kept)),
    (Priced(price=30), lambda kept, matched, points: (matched, points + 30_000 * kept)),
)


@pytest.mark.parametrize("seed", range(A_PART))
def test_every_mode_is_what_its_definition_says(seed: int) -> None:
    _assert_every_mode(seed)


@pytest.mark.slow
@pytest.mark.parametrize("part", range(1, 11))
def test_many_more_rounds_agree(part: int) -> None:
    for seed in range(part * A_PART, (part + 1) * A_PART):
        _assert_every_mode(seed)


def test_the_rounds_have_something_to_decide() -> None:
    """A round in which keeping costs nothing would prove nothing of the modes."""
    decided = 0
    for seed in range(A_PART):
        best = _best(_live_round(seed)[2])
        freely = max(best, key=lambda kept: best[kept])
        decided += freely < max(best)
    assert decided > A_PART // 2


def _assert_every_mode(seed: int) -> None:
    rematching, changes, live = _live_round(seed)
    best = _best(live)
    for mode, worth in MODES:
        answer = rematching.ask(mode, changes)
        assert answer.rematch is not None
        assert answer.result is not None
        assert answer.result.run.solve_status == "optimal", (seed, mode)
        matched = next(x.value for x in answer.result.levels if x.name == "mentees_matched")
        told = worth(len(answer.rematch.kept), matched, answer.rematch.points)
        least = max(best) - mode.most if isinstance(mode, Budget) else 0
        assert told == max(worth(k, *best[k]) for k in best if k >= least), (seed, mode)
        assert len(answer.rematch.kept) >= least, (seed, mode)
        _assert_adds_up(answer.rematch, live, max(best), seed)
    for point in curve_of(rematching, changes):
        assert point.proved
        coverage = max(matched for matched, _ in best.values())
        as_many = max(best[k] for k in best if k >= point.kept)
        assert as_many == best[point.kept] == (coverage, point.points), (seed, point)


def _assert_adds_up(rematch: Rematch, live: LiveRound, possible: int, seed: int) -> None:
    """Every earlier pair is told once, and the unavoidable are those that counting shows."""
    earlier = {(pair.mentor, pair.mentee) for pair in live.problem.earlier}
    gone, kept, broken = (
        {(pair.mentor, pair.mentee) for pair in pairs}
        for pairs in (rematch.unavoidable, rematch.kept, rematch.broken)
    )
    assert len(gone) + len(kept) + len(broken) == len(earlier), seed
    assert gone | kept | broken == earlier, seed
    assert kept | broken == set(live.standing), seed
    assert rematch.least_broken == len(live.standing) - possible, seed
    assert rematch.broken_avoidable == possible - len(kept), seed


def _best(live: LiveRound) -> dict[int, Reached]:
    return best_by_kept(live.problem, {(p.mentor, p.mentee) for p in live.problem.earlier})


@cache
def _live_round(seed: int) -> tuple[Rematching, tuple[Change, ...], LiveRound]:
    """A round of a dozen people that was solved, and what happened since."""
    chance = Random(f"rematch {seed}")
    document, base, result = next(solved for solved in _solved(seed) if solved[2].assignments)
    rematching = Rematching(base, result, lambda p, s: solved_or_not(p, start=s))
    mentors, mentees = (
        [p["reference"] for p in document["participants"] if role in p]
        for role in ("mentor", "mentee")
    )
    stood = chance.choice(result.assignments)
    gone = chance.choice([name for name in mentors if name != stood.mentor])
    stayed = [name for name in mentors if name != gone]
    raw: list[dict[str, Any]] = [{"change": "remove_person", "reference": gone}]
    raw += [
        {"change": "add_person", "participant": {**person, "reference": f"HR-9{place}"}}
        for place, person in enumerate(chance.sample(document["participants"], 2))
    ]
    raw.append({"change": "capacity", "mentor": stayed[0], "capacity": 1})
    raw.append({"change": "weights", "weights": {"stated_preferences": chance.randint(0, 100)}})
    if chance.random() < 0.5:
        raw.append({"change": "bar", "mentor": stood.mentor, "mentee": stood.mentee})
    if chance.random() < 0.3:
        raw.append({"change": "pin", "mentor": stayed[1], "mentee": chance.choice(mentees)})
    changes, issues = read_changes(raw)
    assert not issues
    live = rematching.after(changes)
    if isinstance(live, Scenario):  # The pin may stand against a rule or a bar.
        changes = tuple(change for change in changes if change.name != "pin")
        live = rematching.after(changes)
    assert isinstance(live, LiveRound)
    return rematching, changes, live


def _solved(seed: int) -> Iterator[tuple[dict[str, Any], BaseRound, MatchResult]]:
    """Rounds of this seed and others, for in a few nobody can be paired at all."""
    for number in count(seed, step=1_000):
        document = generate_round(6, 7, number)
        base = BaseRound.read(document, civil_service())
        yield document, base, solved_or_not(base.problem)
