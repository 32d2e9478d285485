"""The problem: a round in canonical, whole-number form, with a digest."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from functools import cached_property
from typing import Any

from pydantic import ConfigDict

from models.domain.base import Frozen, canonical_json, digest_of
from models.domain.participant import DroppedPin, EarlierPair, Pair, Participant
from models.domain.policy import Policy


class Problem(Frozen):
    """A round that can be solved: frozen, canonically ordered, without contact details.

    `participants` come in the order of `canonical_key`, `pins`, `bars` and `earlier`
    sorted, so that the order of the input rows never matters. `ladder` lists the grades,
    lowest first. `pins` must stand; of the `droppable_pins` as many stand as can, and the
    `dropped_pins` are those that cannot, whatever else is in the round.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", ignored_types=(cached_property,))

    name: str
    programme: str
    ladder: tuple[str, ...]
    policy: Policy
    participants: tuple[Participant, ...]
    pins: tuple[Pair, ...] = ()
    bars: tuple[Pair, ...] = ()
    earlier: tuple[EarlierPair, ...] = ()
    tie_salt: str
    droppable_pins: tuple[Pair, ...] = ()
    dropped_pins: tuple[DroppedPin, ...] = ()

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the whole problem: what a result and a certificate refer to."""
        return digest_of(self.model_dump(mode="json"))

    def take_digest(self, spelled: Callable[[Participant], str]) -> None:
        """Works the digest out from every participant's canonical JSON, which somebody knows."""
        frame = self.model_dump(mode="json", exclude={"participants"})
        parts = {name: canonical_json(value) for name, value in frame.items()}
        parts["participants"] = f"[{','.join(map(spelled, self.participants))}]"
        whole = ",".join(f'"{name}":{parts[name]}' for name in sorted(parts))
        self.__dict__["digest"] = hashlib.sha256(f"{{{whole}}}".encode()).hexdigest()

    @cached_property
    def mentors(self) -> tuple[Participant, ...]:
        """Those with a place to give this time, in canonical order."""
        return tuple(p for p in self.participants if p.mentor and p.mentor.capacity > 0)

    @cached_property
    def mentees(self) -> tuple[Participant, ...]:
        """Those who want a mentor this time, in canonical order."""
        return tuple(p for p in self.participants if p.mentee and p.mentee.wants > 0)

    @cached_property
    def by_reference(self) -> dict[str, Participant]:
        """Every participant by reference."""
        return {p.reference: p for p in self.participants}

    @cached_property
    def by_person(self) -> dict[str, tuple[Participant, ...]]:
        """The rows of each human: one, or two where a human stands under two references."""
        rows: dict[str, tuple[Participant, ...]] = {}
        for participant in self.participants:
            rows[participant.person] = (*rows.get(participant.person, ()), participant)
        return rows

    @cached_property
    def mentor_at(self) -> dict[str, int]:
        """Each mentor's position, by reference."""
        return {p.reference: place for place, p in enumerate(self.mentors)}

    @cached_property
    def mentee_at(self) -> dict[str, int]:
        """Each mentee's position, by reference."""
        return {p.reference: place for place, p in enumerate(self.mentees)}

    @cached_property
    def mentor_places(self) -> dict[str, list[int]]:
        """The positions of each human among the mentors."""
        return _places(self.mentors)

    @cached_property
    def mentee_places(self) -> dict[str, list[int]]:
        """The positions of each human among the mentees."""
        return _places(self.mentees)

    @cached_property
    def managers_of(self) -> dict[str, tuple[str, ...]]:
        """The managers of each human who has any, as humans, in the round or not."""
        return {
            person: tuple(dict.fromkeys(self.person_of(name) for name in named))
            for person, rows in self.by_person.items()
            if (named := [row.line_manager for row in rows if row.line_manager is not None])
        }

    @cached_property
    def pinned(self) -> frozenset[tuple[str, str]]:
        """The pins as (mentor, mentee) references."""
        return frozenset((pin.mentor, pin.mentee) for pin in self.pins)

    @cached_property
    def droppable(self) -> frozenset[tuple[str, str]]:
        """The droppable pins as (mentor, mentee) references."""
        return frozenset((pin.mentor, pin.mentee) for pin in self.droppable_pins)

    @cached_property
    def droppable_places(self) -> tuple[tuple[int, int], ...]:
        """The droppable pins as positions among the mentors and among the mentees."""
        mentors = {person.reference: place for place, person in enumerate(self.mentors)}
        mentees = {person.reference: place for place, person in enumerate(self.mentees)}
        return tuple((mentors[pin.mentor], mentees[pin.mentee]) for pin in self.droppable_pins)

    @cached_property
    def barred_humans(self) -> frozenset[tuple[str, str]]:
        """The planner's bars as (mentor, mentee) pairs of humans."""
        return frozenset((self.person_of(b.mentor), self.person_of(b.mentee)) for b in self.bars)

    @cached_property
    def earlier_humans(self) -> dict[tuple[str, str], EarlierPair]:
        """The earlier result's pairs by their (mentor, mentee) humans."""
        return {(self.person_of(p.mentor), self.person_of(p.mentee)): p for p in self.earlier}

    @cached_property
    def grade_rank(self) -> dict[str, int]:
        """A grade's place on the ladder, from 0 for the lowest."""
        return {grade: rank for rank, grade in enumerate(self.ladder)}

    def changed(self, **fields: Any) -> Problem:
        """The problem with other values in some fields; nothing worked out before is carried over.

        `model_copy` would carry over the cached properties, as they were.
        """
        present = {name: getattr(self, name) for name in type(self).model_fields}
        return type(self)(**(present | fields))

    def with_pin(self, pin: Pair) -> Problem:
        """The same round with one pin more."""
        pins = sorted({*self.pins, pin}, key=lambda some: (some.mentor, some.mentee))
        return self.changed(pins=tuple(pins))

    def waives(self, rule: str, mentor: str, mentee: str) -> bool:
        """Whether two references may be paired though they fail an eligibility rule."""
        return rule in self.policy.waivable and (mentor, mentee) in self.pinned

    def person_of(self, reference: str) -> str:
        """The human behind a reference; the reference itself when it is not in the round."""
        found = self.by_reference.get(reference)
        return found.person if found else reference


def default_salt(references: Iterable[str]) -> str:
    """The salt of a round that names none: SHA-256 of its sorted references, in hex."""
    return hashlib.sha256("\x1f".join(sorted(references)).encode()).hexdigest()


def canonical_key(salt: str, reference: str) -> tuple[bytes, str]:
    """The sort key of participants: a salted hash, so that nobody gains by a low reference."""
    return hashlib.sha256(f"{salt}\x1f{reference}".encode()).digest(), reference


def _places(people: Iterable[Participant]) -> dict[str, list[int]]:
    places: dict[str, list[int]] = {}
    for place, participant in enumerate(people):
        places.setdefault(participant.person, []).append(place)
    return places
