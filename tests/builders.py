"""Small worlds for tests: each builder needs only what the test is about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from models.domain.participant import (
    EarlierPair,
    MenteeSection,
    MentorSection,
    Pair,
    Participant,
)
from models.domain.policy import Policy, RuleChoice
from models.domain.problem import Problem, canonical_key, default_salt
from solver.fairness_mode import FairnessMode
from solver.modes import under_mode
from solver.rulebook import all_rules

LADDER = (
    *("AA", "AO", "EO", "HEO", "SEO", "Grade 7", "Grade 6"),
    *("SCS1", "SCS2", "SCS3", "SCS4"),
)


def a_mentor(reference: str = "M1", *, capacity: int = 1, **fields: Any) -> Participant:
    """A mentor at Grade 7; fields of the mentor section may be given beside the others."""
    own, section = _split(fields, MentorSection.model_fields)
    return Participant(
        **{"reference": reference, "person": reference, "grade": "Grade 7"} | own,
        mentor=MentorSection(capacity=capacity, **section),
    )


def a_mentee(reference: str = "E1", *, wants: int = 1, **fields: Any) -> Participant:
    """A mentee at SEO; fields of the mentee section may be given beside the others."""
    own, section = _split(fields, MenteeSection.model_fields)
    return Participant(
        **{"reference": reference, "person": reference, "grade": "SEO"} | own,
        mentee=MenteeSection(wants=wants, **section),
    )


def a_person(
    reference: str = "P1",
    *,
    mentor: Mapping[str, Any] | None = None,
    mentee: Mapping[str, Any] | None = None,
    **fields: Any,
) -> Participant:
    """Somebody at SEO with both sections; each section's fields are given as a mapping."""
    return Participant(
        **{"reference": reference, "person": reference, "grade": "SEO"} | fields,
        mentor=MentorSection(**{"capacity": 1} | dict(mentor or {})),
        mentee=MenteeSection(**{"wants": 1} | dict(mentee or {})),
    )


def a_policy(
    *names: str,
    levels: Sequence[str] = ("mentees_matched", "points"),
    fairness: FairnessMode | None = None,
    **settings: Mapping[str, Any],
) -> Policy:
    """The rules that nobody can switch off, those named, and those whose settings are given.

    The lottery is always the last level. A fairness mode changes levels and rules as it does in
    the intake.

    `a_policy("previous_pairs", grade_seniority={"min_gap": 0}, keep_pairs={"weight": 5})`
    """
    always = [name for name, rule in all_rules().items() if not rule.can_be_switched_off]
    given: dict[str, Mapping[str, Any]] = {name: {} for name in (*always, *names)} | settings
    policy = Policy(
        profile="test",
        rules=tuple(
            RuleChoice(
                kind=all_rules()[name].kind,
                name=name,
                settings=all_rules()[name](**chosen).model_dump(mode="json"),
            )
            for name, chosen in sorted(given.items())
        ),
        levels=(*levels, "lottery"),
        special_category_basis="explicit consent" if "shared_characteristic" in given else None,
    )
    return under_mode(policy, fairness) if fairness else policy


def a_problem(
    *participants: Participant,
    policy: Policy | None = None,
    pins: Iterable[tuple[str, str]] = (),
    bars: Iterable[tuple[str, str]] = (),
    earlier: Iterable[tuple[str, str] | tuple[str, str, str]] = (),
    ladder: Sequence[str] = LADDER,
    tie_salt: str | None = None,
) -> Problem:
    """A problem in canonical form: one mentor and one mentee where nobody is given.

    Pins, bars and earlier pairs are (mentor, mentee) references; an earlier pair may carry
    its state. Without a policy, grades must differ and shared expertise is worth 40.
    """
    people = participants or (a_mentor(), a_mentee())
    salt = tie_salt or default_salt(p.reference for p in people)
    return Problem(
        name="A round",
        programme="civil-service",
        ladder=tuple(ladder),
        policy=policy or a_policy("grade_seniority", expertise_overlap={"weight": 40}),
        participants=tuple(sorted(people, key=lambda p: canonical_key(salt, p.reference))),
        pins=tuple(Pair(mentor=m, mentee=e) for m, e in sorted(pins)),
        bars=tuple(Pair(mentor=m, mentee=e) for m, e in sorted(bars)),
        earlier=tuple(
            EarlierPair(**dict(zip(("mentor", "mentee", "state"), pair, strict=False)))
            for pair in sorted(earlier)
        ),
        tie_salt=salt,
    )


def _split(
    fields: Mapping[str, Any], of_the_section: Iterable[str]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """The fields of the participant, and those of the section."""
    own = {name: value for name, value in fields.items() if name not in of_the_section}
    return own, {name: value for name, value in fields.items() if name in of_the_section}
