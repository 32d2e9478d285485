"""A mentee who is like others of a segment."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from models.domain.participant import MenteeSection, Participant
from solver.questions.recruits import Segment


def mentee_like(segment: Segment, alike: Sequence[Participant], number: int) -> Participant:
    """One more mentee like these, under a reference that nobody in a round has.

    They want one mentor and seek what at least half of these seek, first what stands first on
    average.
    """
    grade, region, profession = segment
    half = (len(alike) + 1) // 2
    ranks: dict[str, list[int]] = defaultdict(list)
    for mentee in alike:
        for rank, word in enumerate(mentee.learning.seeks):
            ranks[word].append(rank)
    sought = [word for word, places in ranks.items() if len(places) >= half]
    travels = Counter(place for mentee in alike for place in mentee.regions)
    experience = Counter(mentee.learning.experience for mentee in alike)
    tiers = Counter(mentee.learning.tier for mentee in alike)
    return Participant(
        reference=f"\x00recruit {number}",
        person=f"\x00recruit {number}",
        grade=grade,
        profession=profession or None,
        home_region=region or None,
        regions=tuple(sorted(place for place, count in travels.items() if count >= half)),
        remote=sum(mentee.remote for mentee in alike) >= half,
        mentee=MenteeSection(
            wants=1,
            seeks=tuple(
                sorted(sought, key=lambda word: (sum(ranks[word]) / len(ranks[word]), word))
            ),
            experience=min(experience, key=lambda word: (-experience[word], word)),
            tier=min(tiers, key=lambda tier: (-tiers[tier], tier)),
        ),
    )
