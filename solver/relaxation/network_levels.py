"""All levels of a round as a network, one after the other, each on the face of the last."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from models.domain.problem import Problem
from solver.levels import Level
from solver.relaxation.answer import Answer, LevelStand
from solver.relaxation.face import Face, whole_face
from solver.relaxation.network import Network
from solver.relaxation.proof import Proof
from solver.relaxation.relax import PricedLevel, relax_level
from solver.relaxation.tail import smallest_list
from solver.rule import BoolArray
from solver.scoring.scoreboard import CandidatePairs, joined

OnAnswer = Callable[[str, Answer], None]
"""Told of each answer on the way, with the name of the level being solved."""


@dataclass(frozen=True)
class LastFace:
    """What the last level was solved on, for the search that decides: its face and prices."""

    face: Face
    priced: PricedLevel


def relax_levels(
    problem: Problem,
    network: Network,
    pairs: CandidatePairs,
    levels: Sequence[Level],
    start: Answer,
    on_answer: OnAnswer,
) -> tuple[Answer, LastFace]:
    """The lexicographic optimum of the network, with prices that prove every level.

    Limits that are no part of the network are left out: the answer is the round's optimum
    where it happens to keep them, and a bound where it does not.
    """
    proof, answer = Proof(problem, network, pairs), start
    face = whole_face(network, pairs)
    held = np.zeros(len(face.free), dtype=np.bool_)
    for level in levels:
        last = LastFace(face, _relax(problem, network, face, level, held, answer, on_answer))
        priced = last.priced
        prices = proof.add_level(level, priced.prices)
        standing = _standing(face, priced.used)
        value = network_value(problem, network, level, standing)
        stand = LevelStand(level.name, prices, bound=value, solved=True)
        answer = answer.with_level(stand, standing)
        on_answer(level.name, answer)
        face = face.under(network, level, priced.prices, priced.reduced)
        held, used = (mask[priced.reduced == 0] for mask in (priced.held, priced.used))
    return Answer(smallest_list(problem, network, face, used), answer.levels), last


def _relax(
    problem: Problem,
    network: Network,
    face: Face,
    level: Level,
    held: BoolArray,
    so_far: Answer,
    on_answer: OnAnswer,
) -> PricedLevel:
    free = face.free
    gains = level.pair_gains(problem, free.mentors, free.mentees, free.points)

    def on_round(used: BoolArray) -> None:
        on_answer(level.name, Answer(_standing(face, used), so_far.levels))

    return relax_level(network, face, level, gains, held, on_round)


def network_value(problem: Problem, network: Network, level: Level, pairs: CandidatePairs) -> int:
    """A level's value for these pairs: the places of a node fill in order of their gains."""
    gains = level.pair_gains(problem, pairs.mentors, pairs.mentees, pairs.points)
    nodes = np.concatenate([pairs.mentees, pairs.mentors + np.int32(network.mentees)])
    count = np.bincount(nodes, minlength=network.nodes)
    segments = network.segments
    before = np.cumsum(segments.capacity) - segments.capacity
    first = np.append(True, segments.node[1:] != segments.node[:-1])
    before -= np.maximum.accumulate(np.where(first, before, 0))
    filled = np.clip(count[segments.node] - before, 0, segments.capacity)
    return int(gains.sum() + filled @ segments.gains[level.name])


def _standing(face: Face, used: BoolArray) -> CandidatePairs:
    return joined(face.fixed, face.free.where(used))
