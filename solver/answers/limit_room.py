"""Which pairs would break a limit, each taken into an answer by itself."""

from __future__ import annotations

import numpy as np

from solver.rule import IntArray, KeyedLimit
from solver.scoring.candidates import CandidatePairs, joined

NO_GROUP = -1


def broken_groups(limit: KeyedLimit, made: CandidatePairs, pairs: CandidatePairs) -> IntArray:
    """For each pair the group whose most it would exceed beside those made; else `NO_GROUP`.

    What a mentee's first mentor counts is left out: no limit holds that to a most.
    """
    found = np.full(len(pairs), NO_GROUP, dtype=np.int64)
    if not len(pairs):
        return found
    place, code, size = _entries(limit, joined(made, pairs))
    groups, number = np.unique(code, return_inverse=True)
    standing = place < len(made)
    sums = np.bincount(number[standing], weights=size[standing], minlength=len(groups))
    if limit.mentor_of is not None and len(groups):
        loads = np.bincount(made.mentors, minlength=int(limit.mentor_of(groups).max()) + 1)
        # The new pair is its mentor's too.
        sums -= loads[limit.mentor_of(groups)] + 1
    # A pair may count in one group by both its people.
    key, entry = np.unique(
        place[~standing] * np.int64(len(groups)) + number[~standing], return_inverse=True
    )
    added = np.bincount(entry, weights=size[~standing], minlength=len(key))
    of_pair, group = np.divmod(key, max(1, len(groups)))
    _, most = limit.bounds(groups)
    over = sums[group] + added > most[group]
    found[of_pair[over] - len(made)] = groups[group[over]]
    return found


def _entries(limit: KeyedLimit, pairs: CandidatePairs) -> tuple[IntArray, IntArray, IntArray]:
    """The place of a pair, the code of a group and what the pair counts there."""
    places, codes, sizes = [], [], []
    for member in limit.members:
        groups = member.groups(pairs.mentors, pairs.mentees).astype(np.int64)
        counts = (
            np.ones_like(groups)
            if member.sizes is None
            else member.sizes(pairs.mentors, pairs.mentees)
        )
        inside = np.flatnonzero(groups >= 0)
        places.append(inside)
        codes.append(groups[inside])
        sizes.append(np.asarray(counts)[inside])
    return np.concatenate(places), np.concatenate(codes), np.concatenate(sizes)
