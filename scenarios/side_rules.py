"""Made-up rounds with every side rule switched on, at limits that bite.

How tight a limit is can only be said against what people would do without it. So a round is
made and matched without side rules first; the limits then follow from that answer's loads.
"""

from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any, Protocol

from models.reference import civil_service
from scenarios.generate import Person, generate_round

Round = dict[str, Any]

GROUP_MENTORS_PERCENT = 10
GROUP_PLACES = (3, 4, 5)
WIDE_GAP = 2
LOWEST_USEFUL_COVERAGE = 50


@dataclass(frozen=True)
class Tightness:
    """How far the limits lie under what the answer without side rules comes to.

    `load_percent` is of the loads and the shares, `coverage_percent` of each group's mentees,
    `changes_percent` of the earlier pairs; `commitments` are a person's pairs in both roles.
    """

    load_percent: int
    commitments: int
    coverage_percent: int
    changes_percent: int


TIGHTNESS = {
    "loose": Tightness(load_percent=99, commitments=4, coverage_percent=85, changes_percent=60),
    "middling": Tightness(load_percent=97, commitments=3, coverage_percent=90, changes_percent=40),
    "tight": Tightness(load_percent=93, commitments=3, coverage_percent=95, changes_percent=25),
}


class Made(Protocol):
    """A pair that an answer made."""

    @property
    def mentor(self) -> str:
        """The mentor's reference."""

    @property
    def mentee(self) -> str:
        """The mentee's reference."""


def round_before_side_rules(mentors: int, mentees: int, both: int, seed: int) -> Round:
    """A round of profile `civil-service` in which side rules would have something to do.

    Equal grades may be paired, so that two people could each mentor the other, and a tenth of
    the mentors take groups of three to five.
    """
    made = generate_round(mentors, mentees, seed, both=both)
    random = Random(f"group mentors {seed}")
    for person in random.sample(
        made["participants"][:mentors], mentors * GROUP_MENTORS_PERCENT // 100
    ):
        person["mentor"]["capacity"] = random.choice(GROUP_PLACES)
    made["policy"]["rules"] = {"grade_seniority": {"min_gap": 0}}
    return made


def with_side_rules(
    before: Round, answer: Iterable[Made], tightness: Tightness, seed: int
) -> Round:
    """The round with all seven side rules on, and the answer as its earlier result.

    `answer` is the best answer of the round as it is. The seed chooses the departments that
    get a quota: half of them on either side.
    """
    people = {person["reference"]: person for person in before["participants"]}
    pairs = [(people[made.mentor], people[made.mentee]) for made in answer]
    rules = {
        "total_commitments": {"most": tightness.commitments},
        "department_quota": _quotas(pairs, tightness, Random(f"quotas {seed}")),
        "same_team_apart": {},
        "share_limit": _shares(pairs, tightness),
        "coverage_floor": _coverage(before["participants"], pairs, tightness),
        "group_minimum": {"minimum": 2, "from_capacity": min(GROUP_PLACES)},
        "change_budget": {"most": len(pairs) * tightness.changes_percent // 100},
    }
    after = copy.deepcopy(before)
    after["policy"]["rules"] |= rules
    after["earlier"] = {
        "pairs": [
            {"mentor": mentor["reference"], "mentee": mentee["reference"], "state": "active"}
            for mentor, mentee in pairs
        ]
    }
    return after


Pairs = Sequence[tuple[Person, Person]]


def _quotas(pairs: Pairs, tightness: Tightness, random: Random) -> dict[str, Any]:
    """The most pairs of half of the departments, on either side by itself."""
    loads = {
        "mentors": Counter(mentor["department"] for mentor, _ in pairs),
        "mentees": Counter(mentee["department"] for _, mentee in pairs),
    }
    return {
        side: {
            department: {"most": load[department] * tightness.load_percent // 100}
            for department in sorted(random.sample(sorted(load), len(load) // 2))
        }
        for side, load in loads.items()
    }


def _shares(pairs: Pairs, tightness: Tightness) -> dict[str, int]:
    rank = {grade: place for place, grade in enumerate(civil_service().ladder)}
    crossing = sum(mentor["home_region"] != mentee["home_region"] for mentor, mentee in pairs)
    wide = sum(rank[mentor["grade"]] - rank[mentee["grade"]] > WIDE_GAP for mentor, mentee in pairs)
    percent = {"cross_region_percent": crossing, "gap_percent": wide}
    return {
        "gap": WIDE_GAP,
        **{
            name: count * tightness.load_percent // max(1, len(pairs))
            for name, count in percent.items()
        },
    }


def _coverage(people: Sequence[Person], pairs: Pairs, tightness: Tightness) -> dict[str, Any]:
    """A floor under every group that the answer itself would keep with a little to spare.

    The rule has one percentage for all groups, so the worst of them says how high it can be.
    """
    floors = {
        by: min(tightness.coverage_percent, _worst_rate(people, pairs, by) * 99 // 100)
        for by in ("profession", "department")
    }
    by = "profession" if floors["profession"] >= LOWEST_USEFUL_COVERAGE else "department"
    return {"by": by, "percent": floors[by]}


def _worst_rate(people: Sequence[Person], pairs: Pairs, by: str) -> int:
    wanting = Counter(person[by] for person in people if "mentee" in person)
    matched = Counter({mentee["reference"]: mentee[by] for _, mentee in pairs}.values())
    return min((100 * matched[group] // count for group, count in wanting.items()), default=0)
