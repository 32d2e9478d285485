"""One side of a residual network: who is left over there, and what leads to and from them.

Somebody without a partner is met by no arc but the one between them and the root. So whatever
gives them a partner begins with that arc, goes on along a pair of theirs, and from that partner
back to the root.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from models.domain.participant import Participant
from models.domain.result import Role
from solver.questions.forcing import Forcing
from solver.questions.residual import Residual
from solver.questions.rivals import Rivals, rivals
from solver.rule import IntArray


@dataclass(frozen=True)
class Side:
    """The mentees or the mentors of a residual network, by `role`."""

    forcing: Forcing
    role: Role

    @property
    def residual(self) -> Residual:
        """The residual network."""
        return self.forcing.residual

    @property
    def people(self) -> Sequence[Participant]:
        """Those of this side, by position."""
        problem = self.residual.problem
        return problem.mentees if self.role == "mentee" else problem.mentors

    @property
    def others(self) -> Sequence[Participant]:
        """Those of the other side, by position."""
        problem = self.residual.problem
        return problem.mentors if self.role == "mentee" else problem.mentees

    @cached_property
    def place_of(self) -> dict[str, int]:
        """The positions of this side's people, by reference."""
        mentees = self.role == "mentee"
        return self.residual.mentee_place if mentees else self.residual.mentor_place

    @property
    def first_node(self) -> int:
        """The node of this side's first position."""
        return 0 if self.role == "mentee" else self.residual.network.mentees

    @property
    def first_other(self) -> int:
        """The node of the other side's first position."""
        return self.residual.network.mentees if self.role == "mentee" else 0

    @cached_property
    def one_more(self) -> IntArray:
        """By position, the loss in the arc that gives somebody of this side one place more to fill,
        before any pair; FAR where they have no place left."""
        mentees = self.role == "mentee"
        at_once = self.residual.from_root_at_once if mentees else self.residual.to_root_at_once
        return at_once[self.first_node : self.first_node + len(self.people)]

    @cached_property
    def onward(self) -> Rivals:
        """The ways on from a new partner, or from anybody, to the root: who gives way."""
        return self._rivals(of_mentees=self.role == "mentor")

    @cached_property
    def hither(self) -> Rivals:
        """The ways from anybody back to those of this side who would fill a new place."""
        return self._rivals(of_mentees=self.role == "mentee")

    @cached_property
    def limits_are_by_role(self) -> bool:
        """Whether every further limit asks for people in both roles alone.

        Then no group of theirs changes with a new place, nor with somebody new in one role.
        """
        residual = self.residual
        limits = (rule.limit(residual.problem) for rule in residual.rules.constraints)
        return all(limit.people is not None for limit in limits if limit.shape == "group")

    def has_some(self, place: int) -> bool:
        """Whether somebody of this side has a partner."""
        standing, reference = self.forcing.standing, self.people[place].reference
        held = standing.mentors_of if self.role == "mentee" else standing.mentees_of
        return bool(held.get(reference))

    def room(self, person: Participant) -> int:
        """How many partners somebody of this side may have at most."""
        return person.learning.wants if self.role == "mentee" else person.mentoring.capacity

    def _rivals(self, of_mentees: bool) -> Rivals:
        """Ways from the root, on which mentees gain places, or else ways to it."""
        residual, paths = self.residual, self.forcing.paths
        if of_mentees:
            at_once, steps = residual.from_root_at_once, residual.out_of
            return rivals(residual, paths.from_root, at_once, steps)
        return rivals(residual, paths.to_root, residual.to_root_at_once, residual.into)
