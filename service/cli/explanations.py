"""A reader's sample of a result: some pairs, some pairs not made, some people left over."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, TypeVar

import typer

from service.cli.printing import printable

if TYPE_CHECKING:
    from models.domain.problem import Problem
    from models.domain.result import MatchResult
    from solver.questions.asking import Questions

OF_EACH = 10

Item = TypeVar("Item")


def print_explanations(problem: Problem, result: MatchResult, of_each: int = OF_EACH) -> None:
    """Why some pairs were made, why others were not, and why people are left over.

    The people are the same every time: spread evenly over the result's own order.
    """
    from solver.questions.asking import Questions
    from solver.questions.leftover_lines import person_lines
    from solver.questions.telling.tell import tell

    questions = Questions(problem, result)
    typer.echo("\nWhy these pairs\n")
    for pair in spread(result.pairs, of_each):
        why = questions.why(pair.mentor, pair.mentee)
        _print(tell(why, "planner") if why else ())
    typer.echo("\nWhy not these pairs\n")
    for mentor, mentee in _not_made(questions, of_each):
        _print(tell(questions.why_not(mentor, mentee), "planner"))
    typer.echo("\nWho is left over, and why\n")
    for person in spread((*result.unmatched, *result.short), of_each):
        for answer in questions.why_unmatched(person.reference):
            if answer.role == person.role:
                _print(person_lines(answer))


def spread(items: Sequence[Item], most: int) -> list[Item]:
    """So many items, as evenly spread as can be, the first among them."""
    count = min(most, len(items))
    return [items[place * len(items) // count] for place in range(count)]


def _not_made(questions: Questions, most: int) -> Iterator[tuple[str, str]]:
    """Pairs of people in the round that were not made: half of them the better of somebody's."""
    made = {(pair.mentor, pair.mentee) for pair in questions.result.pairs}
    mentees = spread(questions.problem.mentees, most)
    for number, mentee in enumerate(mentees):
        if number % 2:
            options = questions.options(mentee.reference, "mentee")
            others = (option.mentor for option in options if not option.made)
        else:
            mentors = questions.problem.mentors
            turned = (*mentors[number * len(mentors) // most :], *mentors)
            others = (person.reference for person in turned)
        pairs = ((other, mentee.reference) for other in others)
        yield from islice((pair for pair in pairs if pair not in made), 1)


def _print(lines: Iterable[str]) -> None:
    """The first line, and the others under it."""
    for number, line in enumerate(lines):
        typer.echo(f"{'    ' if number else ''}{printable(line)}")
