"""Made-up rounds: realistic people from a seed, for demos, benchmarks and tests."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import accumulate
from random import Random
from typing import Any

from models.domain.programme import Programme
from models.reference import civil_service

Person = dict[str, Any]

MENTOR_GRADE_SHARES = (0, 2, 7, 15, 21, 25, 17, 8, 3, 1.5, 0.5)
MENTEE_GRADE_SHARES = (8, 18, 24, 20, 14, 10, 4, 1.5, 0.4, 0.1, 0)
REGION_SHARES = (6, 13, 8, 5, 7, 5, 20, 9, 9, 7, 10, 1)
TEAM_SIZE = 8
CHARACTERISTICS = ("Carer", "Disabled", "LGBT+", "Minority ethnic", "New parent", "Veteran")
JOB_ROLES = ("Adviser", "Analyst", "Case worker", "Delivery manager", "Specialist", "Team leader")


def generate_round(
    mentors: int, mentees: int, seed: int, profile: str = "civil-service", both: int = 0
) -> dict[str, Any]:
    """A round of made-up people as the contract's document, the same for the same arguments.

    `both` of the mentors are mentees as well, so that the round has
    `mentors + mentees - both` people. Raises ValueError where `both` is more than either.
    """
    if not 0 <= both <= min(mentors, mentees):
        raise ValueError("both must be at most the number of mentors and of mentees")
    programme = civil_service()
    chosen = programme.profile(profile)
    if chosen is None:
        raise ValueError(f"there is no profile {profile}")
    made_up = _Population(programme, Random(seed), chosen.special_category_basis is not None)
    people = [made_up.mentor() for _ in range(mentors)]
    for person in people[:both]:
        made_up.also_mentee(person)
    people += [made_up.mentee() for _ in range(mentees - both)]
    made_up.name(people)
    made_up.organise(people)
    made_up.acquaint(people)
    return {
        "name": f"{mentors} mentors and {mentees} mentees from seed {seed}",
        "policy": {"profile": profile},
        "participants": people,
    }


class _Population:
    """People drawn from a programme's words. The words a programme lists first are the
    most common ones; departments, professions and expertise fall off in popularity."""

    def __init__(self, programme: Programme, random: Random, characteristics: bool) -> None:
        self._random = random
        self._characteristics = characteristics
        self._rank = {grade: rank for rank, grade in enumerate(programme.ladder)}
        self._mentor_grades = _Lot.stretched(programme.ladder, MENTOR_GRADE_SHARES)
        self._mentee_grades = _Lot.stretched(programme.ladder, MENTEE_GRADE_SHARES)
        self._regions = _Lot.stretched(programme.words("regions"), REGION_SHARES)
        self._departments = _Lot.falling_off(programme.words("departments")[:30], 4)
        self._professions = _Lot.falling_off(programme.words("professions")[:28], 4)
        self._expertise = _Lot.falling_off(programme.words("expertise")[:60], 12)

    def mentor(self) -> Person:
        """Somebody who offers two to five things and has one to three places."""
        person = self._person(self._mentor_grades)
        person["mentor"] = {
            "capacity": self._pick((1, 2, 3), (50, 35, 15)),
            "offers": self._expertise.draw_some(
                self._random, self._pick((2, 3, 4, 5), (2, 4, 3, 1))
            ),
            "experience": self._pick(("none", "some", "experienced"), (30, 40, 30)),
        }
        if self._characteristics and self._random.random() < 0.3:
            person["characteristics"] = [self._random.choice(CHARACTERISTICS)]
        return person

    def mentee(self) -> Person:
        """Somebody who wants one mentor and seeks one to four things, in order."""
        person = self._person(self._mentee_grades)
        self.also_mentee(person)
        return person

    def also_mentee(self, person: Person) -> None:
        """Gives a person a mentee section."""
        person["mentee"] = {
            "wants": 1,
            "seeks": self._expertise.draw_some(
                self._random, self._pick((1, 2, 3, 4), (2, 4, 3, 1))
            ),
            "experience": self._pick(("none", "some", "experienced"), (60, 30, 10)),
        }
        if self._characteristics and self._random.random() < 0.4:
            person["mentee"]["seeks_characteristic"] = self._random.choice(CHARACTERISTICS)

    def name(self, people: Sequence[Person]) -> None:
        """Gives everybody a reference that says nothing about them."""
        digits = max(6, len(str(10 * len(people))))
        numbers = self._random.sample(range(10**digits), len(people))
        for person, number in zip(people, numbers, strict=True):
            person["reference"] = f"P{number:0{digits}}"

    def organise(self, people: Sequence[Person]) -> None:
        """Puts people of a department into teams, under the most senior of them or under
        somebody who is not in the round."""
        for number, team in enumerate(_teams(people), start=1):
            senior = max(team, key=lambda person: self._rank[person["grade"]])
            outside = self._random.random() < 0.5
            manager = f"X{number:06}" if outside else senior["reference"]
            for person in team:
                person["team"] = f"T{number:05}"
                if person["reference"] != manager:
                    person["line_manager"] = manager

    def acquaint(self, people: Sequence[Person]) -> None:
        """Lets a few people know others: preferences, never-pairs and earlier pairs."""
        references = {
            role: [person["reference"] for person in people if role in person]
            for role in ("mentor", "mentee")
        }
        for person in people:
            for role, other in (("mentor", "mentee"), ("mentee", "mentor")):
                if role not in person or not references[other]:
                    continue
                for known, chance in (("prefers", 0.05), ("avoids", 0.01)):
                    if self._random.random() < chance:
                        person[role][known] = [self._random.choice(references[other])]
            if "mentee" in person and references["mentor"] and self._random.random() < 0.02:
                person["previous_pairs"] = [self._random.choice(references["mentor"])]

    def _person(self, grades: _Lot) -> Person:
        home = self._regions.draw(self._random)
        travels = self._regions.draw_some(self._random, self._pick((0, 1, 2), (64, 25, 11)))
        return {
            "reference": "",
            "grade": grades.draw(self._random),
            "department": self._departments.draw(self._random),
            "profession": self._professions.draw(self._random),
            "job_role": self._random.choice(JOB_ROLES),
            "home_region": home,
            "regions": list(dict.fromkeys([home, *travels])),
            "remote": self._random.random() < 0.1,
        }

    def _pick(self, options: Sequence[Any], shares: Sequence[float]) -> Any:
        return self._random.choices(options, shares)[0]


class _Lot:
    """Words that are drawn by their shares."""

    def __init__(self, words: Sequence[str], shares: Iterable[float]) -> None:
        self._words = words
        self._sums = list(accumulate(shares))

    @classmethod
    def falling_off(cls, words: Sequence[str], flatness: int) -> _Lot:
        """The n-th word has the share 1 / (n + flatness)."""
        return cls(words, [1 / (place + flatness) for place in range(len(words))])

    @classmethod
    def stretched(cls, words: Sequence[str], shares: Sequence[float]) -> _Lot:
        """Shares laid over the words, also where there are more or fewer of them."""
        return cls(words, [shares[n * len(shares) // len(words)] for n in range(len(words))])

    def draw(self, random: Random) -> str:
        """One word."""
        return random.choices(self._words, cum_weights=self._sums)[0]

    def draw_some(self, random: Random, count: int) -> list[str]:
        """So many different words, in the order drawn."""
        drawn: dict[str, None] = {}
        while len(drawn) < min(count, len(self._words)):
            drawn[self.draw(random)] = None
        return list(drawn)


def _teams(people: Sequence[Person]) -> list[list[Person]]:
    by_department: dict[str, list[Person]] = {}
    for person in sorted(people, key=lambda person: str(person["reference"])):
        by_department.setdefault(person["department"], []).append(person)
    return [
        members[first : first + TEAM_SIZE]
        for members in by_department.values()
        for first in range(0, len(members), TEAM_SIZE)
    ]
