"""A round of 7,000 people after 70 of its 3,000 mentors withdrew."""

from __future__ import annotations

from random import Random

import pytest

from models.reference import civil_service
from scenarios.generate import generate_round
from scenarios.rematch.comings import read_comings
from scenarios.rematch.modes import MinDisruption
from scenarios.rematch.rematching import Rematching
from scenarios.scenario import BaseRound
from solver.solve import solve_matching

MENTORS, MENTEES, WITHDRAWN, SEED = 3_000, 4_000, 70, 6


@pytest.mark.slow
def test_the_least_disruption_breaks_the_unavoidable_pairs_and_no_others() -> None:
    """There are places enough, so nobody whose mentor stays has to move."""
    document = generate_round(MENTORS, MENTEES, SEED)
    base = BaseRound.read(document, civil_service())
    result = solve_matching(base.problem)
    mentors = [person["reference"] for person in document["participants"] if "mentor" in person]
    withdrawn = Random(SEED).sample(mentors, WITHDRAWN)
    changes, _ = read_comings(withdrawn, [])
    answer = Rematching(base, result).ask(MinDisruption(), changes)
    unavoidable = [
        (made.mentor, made.mentee) for made in result.assignments if made.mentor in withdrawn
    ]
    assert len(unavoidable) > WITHDRAWN // 2
    assert answer.rematch is not None
    assert [(gone.mentor, gone.mentee) for gone in answer.rematch.unavoidable] == unavoidable
    assert answer.rematch.broken == ()
    assert len(answer.rematch.kept) == len(result.assignments) - len(unavoidable)
    assert answer.result is not None
    assert [level.proof for level in answer.result.levels] == ["certified"] * 4
