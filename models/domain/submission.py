"""A round as an HR system submits it: the contract's fields, their types and defaults."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from models.domain.base import Frozen
from models.domain.participant import Contact, EarlierPair, Experience, Pair

MOST_PARTNERS = 1000
"""The largest `capacity` or `wants` that is taken for meant."""

Text = str


class MentorSubmission(Frozen):
    """The mentor section; `capacity` 0 means not this time."""

    capacity: int | None = Field(default=None, ge=0, le=MOST_PARTNERS, strict=True)
    offers: list[Text] = Field(default_factory=list)
    experience: Experience = "none"
    prefers: list[Text] = Field(default_factory=list)
    avoids: list[Text] = Field(default_factory=list)


class MenteeSubmission(Frozen):
    """The mentee section; `wants` 0 means not this time; `seeks` is in order of rank."""

    wants: int | None = Field(default=None, ge=0, le=MOST_PARTNERS, strict=True)
    seeks: list[Text] = Field(default_factory=list)
    experience: Experience = "none"
    prefers: list[Text] = Field(default_factory=list)
    avoids: list[Text] = Field(default_factory=list)
    seeks_characteristic: Text | None = None
    tier: Literal[1, 2, 3] = 3


class ParticipantSubmission(Frozen):
    """One participant as submitted, contact details included."""

    reference: Text = Field(min_length=1, max_length=200)
    person: Text | None = Field(default=None, max_length=200)
    grade: Text
    department: Text | None = None
    profession: Text | None = None
    job_role: Text | None = None
    team: Text | None = None
    line_manager: Text | None = None
    regions: list[Text] = Field(default_factory=list)
    home_region: Text | None = None
    remote: bool = Field(default=False, strict=True)
    mentor: MentorSubmission | None = None
    mentee: MenteeSubmission | None = None
    characteristics: list[Text] = Field(default_factory=list)
    previous_pairs: list[Text] = Field(default_factory=list)
    contact: Contact | None = None


class FairnessSubmission(Frozen):
    """A fairness mode and its settings."""

    mode: str = "coverage"
    floor: dict[str, Any] | None = None
    leximin: dict[str, Any] | None = None
    group_parity: dict[str, Any] | None = None
    stable: dict[str, Any] | None = None


class SpecialCategory(Frozen):
    """The recorded basis on which special category data may be used."""

    basis: str = Field(min_length=1)


class PolicySubmission(Frozen):
    """What a round changes in its profile."""

    profile: str = "civil-service"
    weights: dict[str, Any] = Field(default_factory=dict)
    rules: dict[str, dict[str, Any]] = Field(default_factory=dict)
    off: list[str] = Field(default_factory=list)
    levels: list[str] | None = None
    fairness: FairnessSubmission | None = None
    on_conflict: Literal["reject", "waive", "drop"] = "reject"
    waivable: list[str] = Field(default_factory=list)
    special_category: SpecialCategory | None = None


class EarlierSubmission(Frozen):
    """An earlier result."""

    pairs: list[EarlierPair] = Field(default_factory=list)


class RoundSubmission(Frozen):
    """The body of `POST /v1/rounds`, and a round's file for the command line."""

    name: str = "Untitled round"
    policy: PolicySubmission = Field(default_factory=PolicySubmission)
    participants: list[ParticipantSubmission]
    pins: list[Pair] = Field(default_factory=list)
    bars: list[Pair] = Field(default_factory=list)
    earlier: EarlierSubmission | None = None
    tie_salt: str | None = None
