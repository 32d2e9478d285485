"""A document made from one that is known reads as if nothing of it were known."""

from __future__ import annotations

from random import Random
from typing import Any

from models.reference import civil_service
from scenarios.generate import generate_round
from scenarios.scenario import BaseRound, changed
from solver.intake import read_round
from solver.intake.issue_log import IssueLog
from tests.scenarios.random_changes import random_changes

TIMES = 200


def test_a_known_round_reads_as_any_other() -> None:
    """Problem, digest, contacts and issues; about half of the documents have none of these."""
    stated = taken_over = 0
    for seed in range(TIMES):
        chance = Random(f"known {seed}")
        base = BaseRound.read(_document(chance, seed % 8), civil_service()).at_hand()
        document = changed(base.frozen, random_changes(chance, base.document), IssueLog())
        quickly, slowly = base.read_changed(document), read_round(document, base.programme)
        assert quickly == slowly, f"seed {seed}"
        if quickly.problem is not None and slowly.problem is not None:
            assert quickly.problem.digest == slowly.problem.digest, f"seed {seed}"
            stated += 1
            known = {id(one) for one in base.problem.participants}
            taken_over += any(id(one) in known for one in quickly.problem.participants)
    assert stated > taken_over > TIMES // 4


def _document(chance: Random, number: int) -> dict[str, Any]:
    """A small round; in some, words that the programme does not know, in several spellings."""
    document = generate_round(4, 6, number, both=number % 3)
    for person in document["participants"]:
        person["contact"] = {"name": "Somebody", "email": "somebody@example.org"}
        if number % 4 == 1:
            person["department"] = chance.choice(("Ministry of Tea", "ministry of tea"))
        if number % 4 == 2:
            person["person"] = f"P-{person['reference']}"
    return document
