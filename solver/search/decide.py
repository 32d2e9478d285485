"""The decision: CP-SAT confirms the relaxation's answer on the core of the last level."""

from __future__ import annotations

import numpy as np

from solver.relaxation.network import Network
from solver.relaxation.network_levels import LastFace
from solver.scoring.scoreboard import CandidatePairs, joined
from solver.search.draft import Core, draft_model, hint_for
from solver.search.search import SearchAnswer, search

DETERMINISTIC_SECONDS = 60.0


def last_core(network: Network, last: LastFace, answer: CandidatePairs) -> tuple[Core, list[int]]:
    """The core of the last level, and the relaxation's answer as a hint.

    In the core are the pairs that every optimal answer of the levels before holds, and the
    free ones whose reduced gain is 0 or more: the others lose, and the gap is 0.
    """
    face, priced = last.face, last.priced
    inside = priced.reduced >= 0
    pairs = joined(face.fixed, face.free.where(inside))
    reduced = np.concatenate([np.zeros(len(face.fixed), np.int64), priced.reduced[inside]])
    segments = network.segments
    core = Core(
        pairs=pairs,
        forced=np.arange(len(pairs)) < len(face.fixed),
        pair_reduced=reduced,
        segments=face.segments,
        segment_reduced=np.where(
            face.segments == 0,
            segments.gains[priced.level.name] + priced.prices[segments.node],
            0,
        ),
    )
    width = max(1, network.mentees)
    chosen = answer.mentors.astype(np.int64) * width + answer.mentees
    used = np.isin(pairs.mentors.astype(np.int64) * width + pairs.mentees, chosen)
    return core, hint_for(network, core, used)


def confirm(
    network: Network, last: LastFace, answer: CandidatePairs, seconds: float
) -> SearchAnswer | None:
    """CP-SAT's own answer on the core: loss 0 and proved, where the relaxation was right."""
    core, hint = last_core(network, last, answer)
    return search(draft_model(network, core), hint, seconds, DETERMINISTIC_SECONDS)
