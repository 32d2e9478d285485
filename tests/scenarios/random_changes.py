"""Changes drawn at random for a round's document, of every kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from random import Random
from typing import Any

from scenarios.change import Change
from scenarios.reading import read_changes

Raw = dict[str, Any]


def random_changes(
    chance: Random, document: Raw, most: int = 4, of_people: bool = False
) -> Sequence[Change]:
    """One change or some, as many as `most`; or such changes alone as keep the policy."""
    kinds = [*_of_people(chance, document).values()]
    if not of_people:
        kinds += _of_policy(chance)
    raw = [chance.choice(kinds)() for _ in range(chance.randint(1, most))]
    changes, issues = read_changes(raw)
    assert not issues
    return changes


def _of_people(chance: Random, document: Raw) -> Mapping[str, Callable[[], Raw]]:
    people = document["participants"]
    references = [person["reference"] for person in people]
    mentors = [person["reference"] for person in people if "mentor" in person]
    mentees = [person["reference"] for person in people if "mentee" in person]
    newcomer = chance.choice(people) | {"reference": "HR-NEW"}

    def edited(reference: str, fields: Raw) -> Raw:
        return {"change": "edit_person", "reference": reference, "fields": fields}

    def some() -> list[str]:
        return chance.sample([*references, "HR-NEW", "HR-NOBODY"], chance.randint(0, 3))

    def pair(kind: str) -> Raw:
        return {"change": kind, "mentor": chance.choice(mentors), "mentee": chance.choice(mentees)}

    def listed(kind: str, where: str) -> Raw:
        pairs = document.get(where)
        return {"change": kind, **chance.choice(pairs)} if pairs else pair("bar")

    def capacity() -> Raw:
        places = chance.randint(0, 3)
        return {"change": "capacity", "mentor": chance.choice(mentors), "capacity": places}

    return {
        "remove": lambda: {"change": "remove_person", "reference": chance.choice(references)},
        "add": lambda: {"change": "add_person", "participant": newcomer},
        "grade": lambda: edited(
            chance.choice(references), {"grade": chance.choice(("AO", "HEO", "SEO"))}
        ),
        "manager": lambda: edited(
            chance.choice(references), {"line_manager": chance.choice([None, *references])}
        ),
        "avoids": lambda: edited(chance.choice(mentees), {"mentee": {"avoids": some()}}),
        "prefers": lambda: edited(chance.choice(mentors), {"mentor": {"prefers": some()}}),
        "earlier": lambda: edited(chance.choice(references), {"previous_pairs": some()}),
        "wants": lambda: edited(
            chance.choice(mentees), {"mentee": {"wants": chance.randint(0, 2)}}
        ),
        "capacity": capacity,
        "pin": lambda: pair("pin"),
        "bar": lambda: pair("bar"),
        "unpin": lambda: listed("unpin", "pins"),
        "unbar": lambda: listed("unbar", "bars"),
    }


def _of_policy(chance: Random) -> list[Callable[[], Raw]]:
    def weights() -> Raw:
        named = chance.choice(("expertise_overlap", "preferred_grade_gap", "balanced_load"))
        return {"change": "weights", "weights": {named: chance.randint(0, 100)}}

    def mode() -> Raw:
        chosen = chance.choice(({"mode": "total"}, {"mode": "max_floor"}, None))
        return {"change": "fairness", "fairness": chosen}

    return [
        lambda: {"change": "rule_on", "rule": "total_commitments", "settings": {"most": 2}},
        lambda: {"change": "rule_off", "rule": chance.choice(("travel_region", "line_management"))},
        weights,
        mode,
    ]
