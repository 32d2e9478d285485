"""Is what a result says of choices by hand borne out by its round and its levels?"""

from __future__ import annotations

from collections.abc import Iterator

from models.domain.by_hand import ByHand
from models.domain.problem import Problem
from models.domain.result import MatchResult
from solver.levels import TIE_RULE


def choices_refuted(problem: Problem, result: MatchResult) -> Iterator[str]:
    """Everything that contradicts a choice by hand, as sentences.

    A choice among equals cost nothing where every level but the tie rule is still proved. What
    an override cost can be checked against the result of the round without its pin.
    """
    made = {(pair.mentor, pair.mentee) for pair in result.pairs}
    for choice in result.run.by_hand:
        who = f"{choice.mentor} and {choice.mentee}"
        if (choice.mentor, choice.mentee) not in made:
            yield f"{who} are said to have been paired by hand and are not paired"
        elif choice.kind == "override":
            if (choice.mentor, choice.mentee) not in problem.pinned:
                yield f"{who} are said to be an override and are not pinned"
        else:
            yield from _no_tie(result, choice, who)


def _no_tie(result: MatchResult, choice: ByHand, who: str) -> Iterator[str]:
    if any(choice.losses.values()):
        yield f"{who} are said to be a choice among equals, and to have cost something"
    for level in result.levels:
        if level.name != TIE_RULE and not level.proved:
            yield f"{who} are said to be a choice among equals, and {level.name} is not proved"
