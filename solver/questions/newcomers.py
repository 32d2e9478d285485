"""For whom a newcomer of each kind would be: a mentor for a mentee, a mentee for a mentor."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from models.domain.leftover import Remedy, Segment
from solver.questions.leftover_words import recruit_in_words
from solver.questions.limits_kept import LimitsKept
from solver.questions.newcomer import mentee_like, mentor_like, segments_of, with_newcomers
from solver.questions.residual import FAR
from solver.questions.side import Side
from solver.questions.turnover import Turnover, as_remedy, shown
from solver.rule import IntArray
from solver.scoring.scoreboard import CandidatePairs, candidate_blocks, joined


@dataclass(frozen=True)
class _Best:
    """Of each newcomer: the pair that is worth most, its loss, for whom it is (a node), and the
    loss where it is for somebody else."""

    pair: IntArray
    loss: IntArray
    taker: IntArray
    other_loss: IntArray


class Newcomers:
    """One more on the other side, with one place, in each segment that has such people.

    `people` are these newcomers, and `alike` those of each segment whom they are like.

    As with a mentor's next place: the newcomer is for whoever stands at the root's end of the
    shortest way to them, if every way with another end is longer.
    """

    def __init__(self, side: Side) -> None:
        self._side = side
        self.alike = segments_of(side.others)
        like = mentor_like if side.role == "mentee" else mentee_like
        self.people = [
            like(segment, alike, n) for n, (segment, alike) in enumerate(self.alike.items())
        ]
        self._segments = [
            Segment(grade=grade, region=region or None, profession=profession or None)
            for grade, region, profession in self.alike
        ]
        self._problem = with_newcomers(side.residual.problem, self.people)
        self._pairs = self._candidates()
        self._turnover = Turnover(side.forcing, self._problem)

    def remedies(self, places: Sequence[int]) -> dict[int, list[Remedy]]:
        """By position, the newcomers who are for each of these people, best first."""
        best, wanted = self._best(), np.array(places, dtype=np.int64) + self._side.first_node
        certain = (best.loss < 0) & (best.loss < best.other_loss) & np.isin(best.taker, wanted)
        numbers = np.flatnonzero(certain)
        for_whom: dict[int, list[int]] = defaultdict(list)
        for number in numbers[np.argsort(best.loss[numbers], kind="stable")].tolist():
            for_whom[int(best.taker[number]) - self._side.first_node].append(number)
        return shown(
            for_whom, lambda place, number: self._told(place, number, int(best.pair[number]))
        )

    @property
    def gains(self) -> IntArray:
        """What each newcomer alone would add to the weighed sum, in the segments' order."""
        return -np.minimum(self._best().loss, 0)

    def _candidates(self) -> CandidatePairs:
        """The newcomers' candidate pairs."""
        is_new = np.arange(len(self._side.others) + len(self.people)) >= len(self._side.others)
        masks = (is_new, None) if self._side.role == "mentee" else (None, is_new)
        return joined(*candidate_blocks(self._problem, self._side.residual.rules, *masks))

    def _ends(self) -> tuple[IntArray, IntArray]:
        """For each candidate pair the position of this side's person, and the newcomer's number."""
        sides = (self._pairs.mentees, self._pairs.mentors)
        own, others = sides if self._side.role == "mentee" else sides[::-1]
        return own, others - np.int32(len(self._side.others))

    def _best(self) -> _Best:
        side, weighed = self._side, self._side.residual.weighed
        own, number = self._ends()
        first, taker, second = self._one_more()
        beside = weighed.nodes[own + side.first_node] - self._first_place[number]
        beside -= weighed.pair_gains(self._problem, self._pairs)
        losses = beside + first[own]
        order = np.lexsort((own, losses, number))
        new = np.append(True, number[order][1:] != number[order][:-1])[: len(order)]
        pair, loss, takers, other_loss = (
            np.full(len(self.people), fill, dtype=np.int64) for fill in (-1, FAR, -1, FAR)
        )
        met, at = number[order[new]], order[new]
        pair[met], loss[met], takers[met] = at, losses[at], taker[own[at]]
        elsewhere = np.where(taker[own] != takers[number], losses, beside + second[own])
        np.minimum.at(other_loss, number, elsewhere)
        return _Best(pair, loss, takers, other_loss)

    @property
    def _first_place(self) -> IntArray:
        """What each newcomer's first partner adds beside the pair."""
        weighed, rules = self._side.residual.weighed, self._side.residual.rules
        gains = [
            weighed.mentor_gain(rules, person, 1)
            if person.mentor
            else weighed.mentee_gain(person, 1)
            for person in self.people
        ]
        return np.array(gains, dtype=np.int64)

    def _one_more(self) -> tuple[IntArray, IntArray, IntArray]:
        """What it costs to have each of this side take one partner more, who gets one more by it,
        and what it costs where somebody else does."""
        side, ways = self._side, self._side.hither
        nodes = np.arange(len(side.people)) + side.first_node
        first, taker, second = ways.first.length[nodes], ways.ends[nodes], ways.second[nodes]
        direct = self._beyond_all()
        better = direct < first
        second = np.where(
            better & (taker != nodes),
            first,
            np.where(taker != nodes, np.minimum(second, direct), second),
        )
        return np.where(better, direct, first), np.where(better, nodes, taker), second

    def _beyond_all(self) -> IntArray:
        """The loss in a place of somebody who has room for more than there are others so far.

        A network has no more places for anybody than that; FAR where nobody waits for one.
        """
        side, weighed = self._side, self._side.residual.weighed
        most = len(side.others)
        costs = np.full(len(side.people), FAR, dtype=np.int64)
        for place, person in enumerate(side.people):
            if side.room(person) > most:
                gain = (
                    weighed.mentee_gain(person, most + 1)
                    if side.role == "mentee"
                    else weighed.mentor_gain(side.residual.rules, person, most + 1)
                )
                costs[place] = -gain - int(weighed.nodes[place + side.first_node])
        return costs

    def _told(self, place: int, number: int, which: int) -> Remedy | None:
        side, pairs = self._side, self._pairs
        own = int(self._ends()[0][which])
        mentor = self._problem.mentors[pairs.mentors[which]].reference
        mentee = self._problem.mentees[pairs.mentees[which]].reference
        told = self._turnover.tell(
            [] if own == place else side.hither.way(own + side.first_node),
            self._limits(number),
            ((mentor, mentee), int(pairs.points[which])),
        )
        if told is None:
            return None
        outcome, segment = told.outcome(side, place), self._segments[number]
        return as_remedy("recruit", outcome, recruit_in_words(outcome, segment), segment=segment)

    def _limits(self, number: int) -> LimitsKept:
        """The limits of the round with this newcomer and no other."""
        side = self._side
        if side.limits_are_by_role:
            return self._limits_of_roles
        changed = with_newcomers(side.residual.problem, self.people[number : number + 1])
        return LimitsKept(changed, side.residual.rules, self._turnover.made)

    @cached_property
    def _limits_of_roles(self) -> LimitsKept:
        """The limits of the round with all newcomers, where these count in no group."""
        return LimitsKept(self._problem, self._side.residual.rules, self._turnover.made)
