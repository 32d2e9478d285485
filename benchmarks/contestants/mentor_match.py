"""The rival: PyPI's `mentor-match`, run the way the volunteers' tool runs it.

Its usual run is three exercises one after the other; each gives every mentee at most one
more mentor and every mentor at most one more mentee. Beside the scheme's own rules, a pair
in which either has nobody yet gets `UNMATCHED_BONUS` in an exercise, the tool's usual value.
"""

from __future__ import annotations

import json
import operator
import sys
import time
from pathlib import Path
from typing import Any

from matching.match import Match
from matching.mentee import Mentee
from matching.mentor import Mentor
from matching.process import create_participant_list_from_path, process_data
from matching.rules.rule import Disqualify, Equivalent, Generic, Grade, RuleProtocol, UnmatchedBonus

EXERCISES = 3
UNMATCHED_BONUS = 6
LADDER = ["AA", "AO", "EO", "HEO", "SEO", "Grade 7", "Grade 6", "SCS1", "SCS2", "SCS3", "SCS4"]


class NetworkMentor(Mentor):
    """A mentor of the sample's format, with characteristics."""

    def __init__(self, **row: Any) -> None:
        super().__init__(**row)
        self.characteristics = row["characteristics"].split(", ")


class NetworkMentee(Mentee):
    """A mentee of the sample's format, who may seek a characteristic."""

    def __init__(self, **row: Any) -> None:
        super().__init__(**row)
        self.sought = row["identity to match"]


def main() -> None:
    """`mentor_match FOLDER OUTPUT`: the folder holds `mentors.csv` and `mentees.csv`."""
    folder, output = map(Path, sys.argv[1:])
    mentors = create_participant_list_from_path(NetworkMentor, folder, _columns)
    mentees = create_participant_list_from_path(NetworkMentee, folder, _columns)
    started = time.perf_counter()
    process_data(mentors, mentees, [scheme_rules() for _ in range(EXERCISES)])
    seconds = time.perf_counter() - started
    made = [
        {"mentor": mentor.email, "mentee": mentee.email}
        for mentee in mentees
        for mentor in mentee.mentors
    ]
    output.write_text(json.dumps({"run": {"seconds": seconds}, "assignments": made}))


def scheme_rules() -> list[RuleProtocol]:
    """The rules of the profile `staff-network` in the rival's words, and its bonus."""
    return [
        Disqualify(lambda match: match.mentor.organisation == match.mentee.organisation),
        Disqualify(lambda match: match.mentor.grade - match.mentee.grade not in (1, 2)),
        Grade(2, operator.eq, {True: 12, False: 0}),
        Grade(1, operator.eq, {True: 9, False: 0}),
        Equivalent("profession", {True: 10, False: 0}),
        Generic({True: 6, False: 0}, _shares_characteristic),
        UnmatchedBonus(UNMATCHED_BONUS),
    ]


def _shares_characteristic(match: Match) -> bool:
    return match.mentee.sought != "" and match.mentee.sought in match.mentor.characteristics


def _columns(row: dict[str, str], _role: str) -> dict[str, Any]:
    return {**row, "email": row["email address"], "grade": LADDER.index(row["grade"])}


if __name__ == "__main__":
    main()
