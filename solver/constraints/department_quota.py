"""The rule `department_quota`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Literal

import numpy as np
from pydantic import Field, model_validator

from models.domain.base import Frozen, canonical_json
from models.domain.participant import Pair, Participant
from models.domain.problem import Problem
from solver.encoding import MISSING, for_each_side
from solver.rule import HardConstraint, KeyedLimit, Minimum, Shares
from solver.wording import counted

Side = Literal["mentors", "mentees"]
SIDES: tuple[Side, ...] = ("mentors", "mentees")


class Quota(Frozen):
    """The least and the most pairs; without `most` there is no upper end."""

    least: int = Field(default=0, ge=0, le=1_000_000, strict=True)
    most: int | None = Field(default=None, ge=0, le=1_000_000, strict=True)

    @model_validator(mode="after")
    def _can_be_kept(self) -> Quota:
        if self.most is not None and self.least > self.most:
            raise ValueError(f"least {self.least} is above most {self.most}")
        return self


Quotas = dict[str, Quota]


class DepartmentQuota(HardConstraint):
    """The pairs of a department's mentors (`mentors`), and those of its mentees (`mentees`), are
    at least `least` and at most `most`; departments that are not listed are free."""

    mentors: Quotas = Field(
        default_factory=dict, max_length=1000, json_schema_extra={"vocabulary": "departments"}
    )
    mentees: Quotas = Field(
        default_factory=dict, max_length=1000, json_schema_extra={"vocabulary": "departments"}
    )

    def limit(self, problem: Problem) -> KeyedLimit:
        """One group for each side and department that has a quota."""
        places = _places(problem)
        groups = [(side, name) for side in SIDES for name in sorted(self._quotas(side))]
        number = {group: code for code, group in enumerate(groups)}
        bounds = np.array([self._bounds(places, *g) for g in groups], dtype=np.int64).reshape(-1, 2)

        def code_of(side: Side, department: str | None) -> int:
            return MISSING if department is None else number.get((side, department), MISSING)

        giver = np.array(
            [code_of("mentors", p.department) for p in problem.mentors], dtype=np.int64
        )
        taker = np.array(
            [code_of("mentees", p.department) for p in problem.mentees], dtype=np.int64
        )

        return KeyedLimit(
            rule=self.name,
            shape="group",
            members=for_each_side(giver, taker),
            bounds=lambda codes: (bounds[codes, 0], bounds[codes, 1]),
            label=lambda code: canonical_json(groups[code]),
            code={canonical_json(group): code for group, code in number.items()}.__getitem__,
            needed=tuple(np.flatnonzero(bounds[:, 0] > 0).tolist()),
        )

    def shares(self, problem: Problem, mentor: Participant, mentee: Participant) -> Shares:
        """The mentor's and the mentee's department, where they have quotas."""
        return tuple(
            (canonical_json([side, person.department]), 1)
            for side, person in (("mentors", mentor), ("mentees", mentee))
            if person.department in self._quotas(side)
        )

    def group_bounds(self, problem: Problem, label: str) -> tuple[int, int]:
        """The quota; without an upper end all of the department's places."""
        for side in SIDES:
            for name in self._quotas(side):
                if label == canonical_json([side, name]):
                    # Counting everybody's places takes long, and a quota mostly does without.
                    counted = self._quotas(side)[name].most is None
                    return self._bounds(_places(problem) if counted else Counter(), side, name)
        raise KeyError(label)

    def breaches(self, problem: Problem, pairs: Sequence[Pair]) -> list[str]:
        """Departments with too few or too many pairs."""
        counts: Counter[tuple[Side, str | None]] = Counter()
        for pair in pairs:
            counts["mentors", problem.by_reference[pair.mentor].department] += 1
            counts["mentees", problem.by_reference[pair.mentee].department] += 1
        return [
            f"the {side} of {name} have {counted(count, 'pair')} and {demand}"
            for side in SIDES
            for name, quota in sorted(self._quotas(side).items())
            for count in [counts[side, name]]
            for is_broken, demand in (
                (count < quota.least, f"should have at least {quota.least}"),
                (quota.most is not None and count > quota.most, f"may have {quota.most}"),
            )
            if is_broken
        ]

    def minimums(self, problem: Problem) -> list[Minimum]:
        """Each department's least, and on each side all of them together, against the places."""
        places = _places(problem)
        total = min(sum(n for (own, _), n in places.items() if own == side) for side in SIDES)
        found = []
        for side in SIDES:
            quotas = sorted(self._quotas(side).items())
            found += [
                Minimum(
                    f"pairs of the {side} of {name}", quota.least, min(total, places[side, name])
                )
                for name, quota in quotas
            ]
            wanted = sum(quota.least for _, quota in quotas)
            found.append(
                Minimum(f"pairs of the {side} of all departments with a quota", wanted, total)
            )
        return found

    def _quotas(self, side: str) -> Quotas:
        return self.mentors if side == "mentors" else self.mentees

    def _bounds(
        self, places: Counter[tuple[Side, str | None]], side: Side, name: str
    ) -> tuple[int, int]:
        quota = self._quotas(side)[name]
        most = places[side, name] if quota.most is None else quota.most
        return quota.least, max(quota.least, most)


def _places(problem: Problem) -> Counter[tuple[Side, str | None]]:
    """How many pairs each side's people of each department could stand in at the very most."""
    places: Counter[tuple[Side, str | None]] = Counter()
    for mentor in problem.mentors:
        places["mentors", mentor.department] += min(mentor.mentoring.capacity, len(problem.mentees))
    for mentee in problem.mentees:
        places["mentees", mentee.department] += min(mentee.learning.wants, len(problem.mentors))
    return places
