"""Stability as clauses of a CP-SAT model: no pair of the model blocks the answer."""

from __future__ import annotations

import numpy as np
from ortools.sat.python import cp_model_helper as cp

from solver.relaxation.network import Network
from solver.rule import BoolArray, IntArray
from solver.search.stability.narrow import NEVER, Narrowed


def add_stability(model: cp.CpModelProto, network: Network, narrowed: Narrowed) -> Filled:
    """Adds what keeps each undecided pair from blocking to a model whose first variables are
    the narrowed pairs; gives the variables that it needed."""
    filled = Filled(model, network, narrowed)
    filled.say_what_is_certain()
    nodes = narrowed.nodes(network)
    worth = (narrowed.pairs.points.astype(np.int64) - narrowed.epsilon).tolist()
    for pair in narrowed.undecided(network).tolist():
        literals = [pair]
        for node in nodes:
            literals += filled.literal(int(node[pair]), worth[pair])
        model.constraints.add().bool_or.literals.extend(literals)
    return filled


class Filled:
    """Variables that say of a node that all its places are filled by so many of its best pairs.

    A variable may be 0 where its places are filled; it is never 1 where they are not.
    """

    def __init__(self, model: cp.CpModelProto, network: Network, narrowed: Narrowed) -> None:
        self._model = model
        most = network.most_partners
        self._places: list[int] = np.concatenate([most.mentees, most.mentors]).tolist()
        self._from = narrowed.filled_from
        self._pairs: dict[int, IntArray] = {}
        self._worth: dict[int, IntArray] = {}
        self._known: dict[tuple[int, int], int] = {}
        points = narrowed.pairs.points.astype(np.int64)
        for node in narrowed.nodes(network):
            order = np.lexsort((-points, node))
            starts = np.flatnonzero(np.diff(node[order], prepend=-1))
            for some in np.split(order, starts[1:]) if len(order) else ():
                self._pairs[int(node[some[0]])] = some
                self._worth[int(node[some[0]])] = -points[some]

    def say_what_is_certain(self) -> None:
        """Adds the rows of the nodes that are filled in every stable answer."""
        for node in np.flatnonzero(self._from > NEVER).tolist():
            row = self._model.constraints.add().linear
            best = self._best(node, int(self._from[node]))
            row.vars.extend(self._pairs[node][:best].tolist())
            row.coeffs.extend([1] * best)
            row.domain.extend([self._places[node], self._places[node]])

    def literal(self, node: int, worth: int) -> list[int]:
        """The variable for "filled by pairs worth at least so much"; none where it cannot be."""
        best, places = self._best(node, worth), self._places[node]
        if best < places:
            return []
        if (node, best) not in self._known:
            self._known[node, best] = len(self._model.variables)
            self._model.variables.add().domain.extend([0, 1])
            row = self._model.constraints.add().linear
            row.vars.extend([*self._pairs[node][:best].tolist(), self._known[node, best]])
            row.coeffs.extend([*[1] * best, -places])
            row.domain.extend([0, best])
        return [self._known[node, best]]

    def values(self, standing: BoolArray) -> list[int]:
        """The variables' values for an answer, in the order in which they were added."""
        return [
            int(np.count_nonzero(standing[self._pairs[node][:best]]) == self._places[node])
            for node, best in self._known
        ]

    def _best(self, node: int, worth: int) -> int:
        """How many of the node's pairs are worth at least so much."""
        return int(np.searchsorted(self._worth[node], -worth, side="right"))
