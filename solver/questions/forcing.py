"""What forcing a pair costs: a shortest way in the residual network, and who moves along it."""

from __future__ import annotations

from collections.abc import Sequence

from models.domain.explanation import Change
from solver.questions.changes import Made, Standing
from solver.questions.limits_kept import LimitsKept
from solver.questions.paths import ROOT, Distances, Paths
from solver.questions.residual import FAR, Residual


class Forcing:
    """Forces pairs into the answer of a residual network, one question at a time.

    Where the cheapest change of the network breaks a further limit, nothing is said.
    """

    def __init__(self, residual: Residual) -> None:
        self.residual = residual
        self.paths = Paths(residual)
        every, used = residual.every, residual.used
        self._names = (residual.problem.mentors, residual.problem.mentees)
        made = [self.pair(int(place)) for place in used.nonzero()[0]]
        self.standing = Standing(residual.problem, residual.rules, residual.weighed.levels, made)
        self.limits_kept = LimitsKept(residual.problem, residual.rules, made)
        self._points = dict(zip(made, every.points[used].tolist(), strict=True))

    def force(self, mentor: str, mentee: str) -> Change | None:
        """The cheapest change that makes the pair; None where none is known to keep every limit.

        The pair is a candidate pair that is not made. KeyError for any other.
        """
        residual = self.residual
        place = residual.place_of(mentor, mentee)
        target = residual.mentee_place[mentee]
        start = residual.network.mentees + residual.mentor_place[mentor]
        found = self.paths.to_mentee(target)
        if found.length[start] >= FAR:
            return None
        way = self._way(found, start, target)
        return self._change([place, *way])

    def to_fill(self, mentor_place: int) -> Change | None:
        """The cheapest change that brings a mentor one mentee more, on a place still to be made."""
        node = self.residual.network.mentees + mentor_place
        nodes, steps = [self.residual.network.root], list[int]()
        self._from_root(nodes, steps, node)
        return self._change(_without_detours(nodes, steps))

    def swap(self, given_up: Sequence[Made], made: Made) -> Change:
        """What it is to give these pairs up for another, everybody else staying where they are."""
        place = self.residual.place_of(*made)
        points = {made: int(self.residual.every.points[place])}
        return self.standing.change(given_up, [made], self._points | points)

    def _change(self, places: Sequence[int]) -> Change | None:
        """The change that turns over these pairs, in the order in which people move."""
        given_up = [self.pair(place) for place in places if self.residual.used[place]]
        made = [self.pair(place) for place in places if not self.residual.used[place]]
        if not self.limits_kept.after(given_up, made):
            return None
        points = {self.pair(place): int(self.residual.every.points[place]) for place in places}
        return self.standing.change(given_up, made, self._points | points)

    def pair(self, place: int) -> Made:
        """The candidate pair at a place, by reference."""
        mentors, mentees = self._names
        every = self.residual.every
        return mentors[every.mentors[place]].reference, mentees[every.mentees[place]].reference

    def _way(self, found: Distances, start: int, target: int) -> list[int]:
        """The pairs turned over on a shortest way, with every detour left out."""
        nodes, steps = [start], list[int]()
        while nodes[-1] != target:
            step = int(found.pair[nodes[-1]])
            if step == ROOT:
                self._by_root(nodes, steps, target)
            else:
                nodes.append(self._other_end(step, nodes[-1]))
                steps.append(step)
        return _without_detours(nodes, steps)

    def _by_root(self, nodes: list[int], steps: list[int], target: int) -> None:
        """Goes on to the root, and from there to the target."""
        to_root = self.paths.to_root
        while (step := int(to_root.pair[nodes[-1]])) != ROOT:
            nodes.append(self._other_end(step, nodes[-1]))
            steps.append(step)
        nodes.append(self.residual.network.root)
        steps.append(ROOT)
        self._from_root(nodes, steps, target)

    def _from_root(self, nodes: list[int], steps: list[int], target: int) -> None:
        """Goes on from the root to the target."""
        from_root = self.paths.from_root
        back, back_steps = [target], list[int]()
        while (step := int(from_root.pair[back[-1]])) != ROOT:
            back.append(self._other_end(step, back[-1]))
            back_steps.append(step)
        nodes.extend(reversed(back))
        steps.extend([ROOT, *reversed(back_steps)])

    def _other_end(self, place: int, node: int) -> int:
        every, mentees = self.residual.every, self.residual.network.mentees
        mentee, mentor = int(every.mentees[place]), int(every.mentors[place]) + mentees
        return mentor if node == mentee else mentee


def _without_detours(nodes: Sequence[int], steps: Sequence[int]) -> list[int]:
    """The pairs on a way that comes to no node twice: a way back to a node costs nothing."""
    last = {node: place for place, node in enumerate(nodes)}
    kept, place = list[int](), last[nodes[0]]
    while place < len(steps):
        kept.append(steps[place])
        place = last[nodes[place + 1]]
    return [step for step in kept if step != ROOT]
