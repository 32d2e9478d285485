"""Why a pair was made, as a planner would say it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from models.domain.result import Assignment, Role
from models.domain.why import BetterOption, WhyPair
from solver.questions.words import losses_in_words
from solver.rulebook import all_rules
from solver.wording import counted, listed, ordinal, points_in_words

OTHER: dict[Role, Role] = {"mentor": "mentee", "mentee": "mentor"}

MOST_NAMED = 5
"""Of more people that would do as well the others are counted."""


def why_in_words(why: WhyPair) -> Iterator[str]:
    """Points and reasons, ranks, what forced the pair, what hangs on it, who missed what."""
    made = why.assignment
    yield f"{made.mentor} mentors {made.mentee}: {points_in_words(made.points)}."
    yield from _reasons(made)
    yield (
        f"For {made.mentee} it is the {_place(made.mentee_rank, why.mentee_options, 'mentor')}; "
        f"for {made.mentor} the {_place(made.mentor_rank, why.mentor_options, 'mentee')}."
    )
    yield from _forced(why)
    yield from _margin(why)
    yield from _best_not_given(made.mentee, made.points, why.mentees_better)
    yield from _best_not_given(made.mentor, made.points, why.mentors_better)


def _reasons(made: Assignment) -> Iterator[str]:
    """Every soft objective, then the rules that go without saying in no round."""
    for part in sorted(made.contributions, key=lambda part: -part.points):
        points = points_in_words(part.points).split(" ")[0]
        yield f"{points} of {points_in_words(part.max)}: {part.because}."
    kept = [check.because for check in made.checks if all_rules()[check.rule].can_be_switched_off]
    if kept:
        yield f"It keeps the rules: {'; '.join(kept)}."


def _place(rank: int, options: int, role: Role) -> str:
    if options == 1:
        return f"only {role} possible"
    best = "best" if rank == 1 else f"{ordinal(rank)} best"
    return f"{best} of {counted(options, f'possible {role}')}"


def _forced(why: WhyPair) -> Iterator[str]:
    made = why.assignment
    without = f"without it {listed(why.needed_for)}"
    if why.forced_by == "pin":
        yield "A planner has pinned this pair."
    elif why.forced_by == "quota":
        yield f"No answer at all keeps the limits without this pair: {without}."
    elif why.needed_for:
        yield f"It is one of the pairs that keep a limit: {without}. Other pairs might do it too."
    for role in why.only_option_of:
        name = made.mentee if role == "mentee" else made.mentor
        yield f"Nobody else in this round could be {name}'s {OTHER[role]}."


def _margin(why: WhyPair) -> Iterator[str]:
    mentee = why.assignment.mentee
    if not why.margin_known:
        yield f"How close {mentee}'s other options come was not worked out in the time given."
    elif why.margin:
        yield (
            f"Another mentor for {mentee} would mean at least "
            f"{losses_in_words({'points': why.margin})} in the round; {why.closest} comes closest."
        )
    elif why.margin == 0:
        tied = [tie.mentor for tie in why.tied_alternatives.tied] or [why.closest or ""]
        yield f"{mentee} would be just as well paired with {_any_of(tied)}; the lottery decided."
    elif why.mentee_options > 1:
        yield (
            f"Any other mentor for {mentee} would cost more than points: fewer people would have "
            "a partner, or it could not be done at all."
        )


def _any_of(names: Sequence[str]) -> str:
    """The names as alternatives: "M1", "M1 or M2", "M1, M2 or any of 4 others"."""
    shown = list(names[:MOST_NAMED])
    if len(names) > MOST_NAMED:
        shown.append(f"any of {counted(len(names) - MOST_NAMED, 'other')}")
    return " or ".join(filter(None, (", ".join(shown[:-1]), shown[-1])))


def _best_not_given(name: str, points: int, better: BetterOption | None) -> Iterator[str]:
    if better is None:
        return
    yield (
        f"{name} did not get their best option, {better.partner} ({points_in_words(better.points)} "
        f"in place of {points_in_words(points)}). {_used_by(better)} {_what_it_costs(better)}"
    )


def _used_by(better: BetterOption) -> str:
    held = [f"{one.partner} ({points_in_words(one.points)})" for one in better.held_by]
    if better.free:
        return f"{better.partner} has {counted(better.free, 'place')} left."
    places = "place is" if len(held) == 1 else "places are"
    return f"{better.partner}'s {places} held by {listed(held)}."


def _what_it_costs(better: BetterOption) -> str:
    answer = better.answer
    if answer.change is None:
        return f"It could not be: {answer.because}."
    if answer.verdict == "tied":
        return "It would have been just as good for the round; the lottery decided."
    moving = sum(move.role == "mentee" for move in answer.change.moves) - 1
    others = f", and {counted(moving, 'other mentee')} would move" if moving else ""
    return f"It would mean {losses_in_words(answer.change.losses)} in the round{others}."
