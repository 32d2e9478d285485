"""Every way we know to falsify a result: each public function of these files is a mutation.

A mutation changes a result's JSON in place, given the round that it answers. It raises
`NothingToChangeError` where the result has nothing of what it would change.
"""

from __future__ import annotations

from collections.abc import Callable
from inspect import getmembers, isfunction
from typing import Any

from models.domain.problem import Problem
from tests.mutations import (
    certificate,
    fairness,
    leftovers,
    levels,
    modes,
    other_answers,
    pairs,
    pins,
    reasons,
    run,
)
from tests.mutations.finding import Json, NothingToChangeError

__all__ = ["MUTATIONS", "Json", "NothingToChangeError"]

MODULES = (
    pairs,
    reasons,
    levels,
    run,
    certificate,
    leftovers,
    other_answers,
    fairness,
    modes,
    pins,
)

MUTATIONS: dict[str, Callable[[Json, Problem], Any]] = {
    name: function
    for module in MODULES
    for name, function in getmembers(module, isfunction)
    if function.__module__ == module.__name__ and not name.startswith("_")
}
