"""A change of an answer, told person by person: who leaves whom, and what that loses."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from models.domain.explanation import Change, Move
from models.domain.problem import Problem
from solver.levels import Level
from solver.rulebook import Rules

Made = tuple[str, str]
"""A pair as (mentor, mentee) references."""


class Standing:
    """The answer in hand: everybody's partners, and the points of pairs that are asked about."""

    def __init__(
        self, problem: Problem, rules: Rules, levels: Sequence[Level], pairs: Iterable[Made]
    ) -> None:
        self._problem, self._rules, self.levels = problem, rules, levels
        self.mentees_of: dict[str, list[str]] = defaultdict(list)
        self.mentors_of: dict[str, list[str]] = defaultdict(list)
        for mentor, mentee in sorted(pairs):
            self.mentees_of[mentor].append(mentee)
            self.mentors_of[mentee].append(mentor)

    def change(
        self, given_up: Sequence[Made], made: Sequence[Made], points: Mapping[Made, int]
    ) -> Change:
        """What it is to give some pairs up and make others, in the order in which people move.

        `points` are those of all these pairs and of the present pairs of everybody in them.
        """
        people = dict.fromkeys(mentee for _, mentee in (*made, *given_up))
        moves = [self._mentee_move(mentee, given_up, made, points) for mentee in people]
        mentors = dict.fromkeys(mentor for mentor, _ in (*made, *given_up))
        told = (self._mentor_move(mentor, given_up, made) for mentor in mentors)
        moves += [move for move in told if any(move.losses.values())]
        losses = {
            level.name: sum(move.losses[level.name] for move in moves) for level in self.levels
        }
        return Change(losses=losses, moves=tuple(moves))

    def _mentee_move(
        self,
        mentee: str,
        given_up: Sequence[Made],
        made: Sequence[Made],
        points: Mapping[Made, int],
    ) -> Move:
        before = self.mentors_of.get(mentee, [])
        left = [mentor for mentor, who in given_up if who == mentee]
        joined = [mentor for mentor, who in made if who == mentee]
        after = [*(mentor for mentor in before if mentor not in left), *joined]
        worth = [
            {mentor: points[mentor, mentee] for mentor in partners} for partners in (before, after)
        ]
        return Move(
            reference=mentee,
            role="mentee",
            before=tuple(before),
            after=tuple(after),
            points_before=sum(worth[0].values()),
            points_after=sum(worth[1].values()),
            losses={
                level.name: self._of_mentee(level, mentee, worth[0])
                - self._of_mentee(level, mentee, worth[1])
                for level in self.levels
            },
        )

    def _of_mentee(self, level: Level, mentee: str, partners: Mapping[str, int]) -> int:
        """What a level counts for a mentee with these mentors, whose pairs have these points."""
        person = self._problem.by_reference[mentee]
        pairs = sum(
            level.pair_gain(self._problem, mentor, mentee, points)
            for mentor, points in partners.items()
        )
        return pairs + sum(level.mentee_gain(person, n + 1) for n in range(len(partners)))

    def _mentor_move(self, mentor: str, given_up: Sequence[Made], made: Sequence[Made]) -> Move:
        before = self.mentees_of.get(mentor, [])
        left = [mentee for who, mentee in given_up if who == mentor]
        joined = [mentee for who, mentee in made if who == mentor]
        after = [*(mentee for mentee in before if mentee not in left), *joined]
        return Move(
            reference=mentor,
            role="mentor",
            before=tuple(before),
            after=tuple(after),
            losses={
                level.name: self._of_mentor(level, mentor, len(before))
                - self._of_mentor(level, mentor, len(after))
                for level in self.levels
            },
        )

    def _of_mentor(self, level: Level, mentor: str, load: int) -> int:
        person = self._problem.by_reference[mentor]
        return sum(level.mentor_gain(self._rules, person, n + 1) for n in range(load))
