"""From rows to participants in canonical form: one spelling for each word, sorted lists."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from models.domain.participant import MenteeSection, MentorSection, Participant
from models.domain.programme import Profile, trimmed
from models.domain.submission import MenteeSubmission, MentorSubmission
from solver.intake.lexicon import Lexicon
from solver.intake.rows import Row
from solver.intake.words import Lexicons


def canonical_participants(
    rows: Sequence[Row], lexicons: Lexicons, profile: Profile
) -> list[Participant]:
    """One participant for each row, in the same order.

    A blank text is one that was not given. The profile says how many partners somebody has
    who does not say it themselves.
    """
    return [_participant(row, lexicons, profile) for row in rows]


def _participant(row: Row, lexicons: Lexicons, profile: Profile) -> Participant:
    given = row.given
    return Participant(
        reference=row.reference,
        person=row.person,
        grade=lexicons["grades"][given.grade],
        department=_word(lexicons["departments"], given.department),
        profession=_word(lexicons["professions"], given.profession),
        job_role=_text(given.job_role),
        team=_text(given.team),
        line_manager=_text(given.line_manager),
        regions=_sorted(_words(lexicons["regions"], given.regions)),
        home_region=_word(lexicons["regions"], given.home_region),
        remote=given.remote,
        mentor=given.mentor and _mentor(given.mentor, lexicons["expertise"], profile),
        mentee=given.mentee and _mentee(given.mentee, lexicons["expertise"], profile),
        characteristics=_sorted(_texts(given.characteristics)),
        previous_pairs=_sorted(_texts(given.previous_pairs)),
    )


def _mentor(given: MentorSubmission, expertise: Lexicon, profile: Profile) -> MentorSection:
    return MentorSection(
        capacity=profile.default_capacity if given.capacity is None else given.capacity,
        offers=_sorted(_words(expertise, given.offers)),
        experience=given.experience,
        prefers=_ranked(_texts(given.prefers)),
        avoids=_sorted(_texts(given.avoids)),
    )


def _mentee(given: MenteeSubmission, expertise: Lexicon, profile: Profile) -> MenteeSection:
    return MenteeSection(
        wants=profile.default_wants if given.wants is None else given.wants,
        seeks=_ranked(_words(expertise, given.seeks)),
        experience=given.experience,
        prefers=_ranked(_texts(given.prefers)),
        avoids=_sorted(_texts(given.avoids)),
        seeks_characteristic=_text(given.seeks_characteristic),
        tier=given.tier,
    )


def _text(text: str | None) -> str | None:
    return trimmed(text) or None if text else None


def _texts(texts: Iterable[str]) -> list[str]:
    return [trimmed(text) for text in texts if text]


def _word(lexicon: Lexicon, text: str | None) -> str | None:
    return lexicon[text] if text else None


def _words(lexicon: Lexicon, texts: Iterable[str]) -> list[str]:
    return [lexicon[text] for text in texts if text]


def _sorted(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(texts)))


def _ranked(texts: Iterable[str]) -> tuple[str, ...]:
    """In the order given; what is named again later is left out."""
    return tuple(dict.fromkeys(texts))
