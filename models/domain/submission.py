"""A round as an HR system submits it: the contract's fields, their types and defaults."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field, StringConstraints

from models.domain.base import Frozen
from models.domain.participant import Contact, Experience
from models.domain.policy import OnConflict

UNTITLED = "Untitled round"

MOST_PARTNERS = 1000
"""The largest `capacity` or `wants` that is taken for meant."""

MOST_LISTED = 1000
"""The longest list within one participant or within the policy."""

# Two texts that look alike must not differ by characters that nobody can see; and control
# characters separate the parts of what is hashed.
_VISIBLE = r"^[^\x00-\x1F\x7F-\x9F\u00AD\u200B-\u200F\u2028-\u202E\u2060-\u206F\uFEFF]*$"

Text = Annotated[str, StringConstraints(strip_whitespace=True, max_length=500, pattern=_VISIBLE)]
Reference = Annotated[Text, StringConstraints(min_length=1, max_length=200)]
Title = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=200, pattern=r"^[^\x00-\x1F\x7F]*$")
]
Texts = Annotated[list[Text], Field(max_length=MOST_LISTED)]
Settings = Annotated[dict[str, Any], Field(max_length=MOST_LISTED)]


class MentorSubmission(Frozen):
    """The mentor section; `capacity` 0 means not this time."""

    capacity: int | None = Field(default=None, ge=0, le=MOST_PARTNERS, strict=True)
    offers: Texts = Field(default_factory=list)
    experience: Experience = "none"
    prefers: Texts = Field(default_factory=list)
    avoids: Texts = Field(default_factory=list)


class MenteeSubmission(Frozen):
    """The mentee section; `wants` 0 means not this time; `seeks` is in order of rank."""

    wants: int | None = Field(default=None, ge=0, le=MOST_PARTNERS, strict=True)
    seeks: Texts = Field(default_factory=list)
    experience: Experience = "none"
    prefers: Texts = Field(default_factory=list)
    avoids: Texts = Field(default_factory=list)
    seeks_characteristic: Text | None = None
    tier: int = Field(default=3, ge=1, le=3, strict=True)


class ParticipantSubmission(Frozen):
    """One participant as submitted, contact details included."""

    reference: Reference
    person: Text | None = None
    grade: Text
    department: Text | None = None
    profession: Text | None = None
    job_role: Text | None = None
    team: Text | None = None
    line_manager: Text | None = None
    regions: Texts = Field(default_factory=list)
    home_region: Text | None = None
    remote: bool = Field(default=False, strict=True)
    mentor: MentorSubmission | None = None
    mentee: MenteeSubmission | None = None
    characteristics: Texts = Field(default_factory=list)
    previous_pairs: Texts = Field(default_factory=list)
    contact: Contact | None = None


class FairnessSubmission(Frozen):
    """A fairness mode by name, beside a field of that name with its settings, if it has any."""

    model_config = ConfigDict(frozen=True, extra="allow")
    __pydantic_extra__: dict[str, Settings | None] = Field(init=False)

    mode: str = "coverage"

    def settings_given(self) -> list[str]:
        """The modes of which settings are given, in the order of their names."""
        return sorted(name for name, given in (self.model_extra or {}).items() if given is not None)

    def settings_of(self, mode: str) -> dict[str, Any]:
        """The settings given for a mode."""
        return (self.model_extra or {}).get(mode) or {}


class SpecialCategory(Frozen):
    """The recorded basis on which special category data may be used."""

    basis: Text = Field(min_length=1)


class PolicySubmission(Frozen):
    """What a round changes in its profile."""

    profile: str = "civil-service"
    weights: Settings = Field(default_factory=dict)
    rules: dict[str, Settings] = Field(default_factory=dict, max_length=MOST_LISTED)
    off: list[str] = Field(default_factory=list, max_length=MOST_LISTED)
    levels: list[str] | None = Field(default=None, max_length=MOST_LISTED)
    fairness: FairnessSubmission | None = None
    on_conflict: OnConflict = "reject"
    waivable: list[str] = Field(default_factory=list, max_length=MOST_LISTED)
    special_category: SpecialCategory | None = None


class PairSubmission(Frozen):
    """A mentor and a mentee, by reference."""

    mentor: Reference
    mentee: Reference


class EarlierPairSubmission(PairSubmission):
    """A pair of an earlier result, with how far it had come."""

    state: Literal["active", "accepted", "proposed"] = "active"


class EarlierSubmission(Frozen):
    """An earlier result."""

    pairs: list[EarlierPairSubmission] = Field(default_factory=list)


class RoundSubmission(Frozen):
    """The body of `POST /v1/rounds`, and a round's file for the command line."""

    name: Title = UNTITLED
    policy: PolicySubmission = Field(default_factory=PolicySubmission)
    participants: list[ParticipantSubmission]
    pins: list[PairSubmission] = Field(default_factory=list)
    bars: list[PairSubmission] = Field(default_factory=list)
    earlier: EarlierSubmission | None = None
    tie_salt: Text | None = None
