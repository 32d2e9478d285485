"""The people of a round, as the matching plane sees them: no names, no contact details."""

from __future__ import annotations

from typing import Literal

from models.domain.base import Frozen

Experience = Literal["none", "some", "experienced"]


class MentorSection(Frozen):
    """What somebody offers as a mentor. `capacity` counts mentees."""

    capacity: int
    offers: tuple[str, ...] = ()
    experience: Experience = "none"
    prefers: tuple[str, ...] = ()
    avoids: tuple[str, ...] = ()


class MenteeSection(Frozen):
    """What somebody seeks as a mentee. `wants` counts mentors; `seeks` is in order of rank."""

    wants: int
    seeks: tuple[str, ...] = ()
    experience: Experience = "none"
    prefers: tuple[str, ...] = ()
    avoids: tuple[str, ...] = ()
    seeks_characteristic: str | None = None
    tier: int = 3


class Participant(Frozen):
    """One row of a round in canonical form.

    Every term of the programme (grade, region, profession, department, expertise) has its
    canonical spelling; lists whose order means nothing are sorted. `person` is the human:
    the reference itself, or what two references of one human share.
    """

    reference: str
    person: str
    grade: str
    department: str | None = None
    profession: str | None = None
    job_role: str | None = None
    team: str | None = None
    line_manager: str | None = None
    regions: tuple[str, ...] = ()
    home_region: str | None = None
    remote: bool = False
    mentor: MentorSection | None = None
    mentee: MenteeSection | None = None
    characteristics: tuple[str, ...] = ()
    previous_pairs: tuple[str, ...] = ()

    @property
    def mentoring(self) -> MentorSection:
        """The mentor section of somebody known to have one."""
        if self.mentor is None:
            raise ValueError(f"{self.reference} has no mentor section")
        return self.mentor

    @property
    def learning(self) -> MenteeSection:
        """The mentee section of somebody known to have one."""
        if self.mentee is None:
            raise ValueError(f"{self.reference} has no mentee section")
        return self.mentee


class Pair(Frozen):
    """A mentor and a mentee, by reference."""

    mentor: str
    mentee: str


class DroppedPin(Pair):
    """A pin that does not stand: the code of the issue with it, and the reason as a sentence."""

    code: str
    because: str


class EarlierPair(Pair):
    """A pair of an earlier result, with how far it had come."""

    state: Literal["active", "accepted", "proposed"] = "active"


class Contact(Frozen):
    """Identity data. It belongs to the vault: no solver, log or explanation reads it."""

    name: str | None = None
    email: str | None = None
    address: str | None = None
