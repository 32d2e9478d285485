"""Explanations by figures: references, rules by name, points in thousandths, losses by level."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from models.domain.explanation import Change, WhyNot
from models.domain.result import Unmatched
from models.domain.why import Counterfactual, Ties, WhyPair


def for_auditors(
    explanation: WhyPair | WhyNot | Ties | Counterfactual | Unmatched,
) -> Iterator[str]:
    """The explanation with every exact number in it."""
    match explanation:
        case WhyPair():
            yield from _why(explanation)
        case WhyNot():
            yield from _why_not(explanation)
        case Ties():
            for tie in explanation.tied:
                yield f"tied: mentor {tie.mentor}, mentee {tie.mentee}"
                yield from _change(tie.change)
        case Counterfactual():
            yield from _counterfactual(explanation)
        case Unmatched():
            counts = f"got {explanation.got}, wanted {explanation.wanted}"
            yield f"{explanation.role} {explanation.reference}: {explanation.reason}, {counts}"
            for step in explanation.funnel:
                yield f"{step.rule}: {step.left} left, {step.back_without} without it alone"


def _why(why: WhyPair) -> Iterator[str]:
    made = why.assignment
    yield f"mentor {made.mentor}, mentee {made.mentee}: points {made.points}"
    for part in made.contributions:
        yield (
            f"{part.rule}: weight {part.weight} x value {part.value} = {part.points} of {part.max}"
        )
    yield f"checked: {', '.join(check.rule for check in made.checks) or 'nothing'}"
    yield f"mentee rank {made.mentee_rank} of {why.mentee_options}"
    yield f"mentor rank {made.mentor_rank} of {why.mentor_options}"
    yield f"margin {why.margin if why.margin_known else 'not known'}"
    yield f"forced by {why.forced_by}"


def _why_not(answer: WhyNot) -> Iterator[str]:
    yield f"mentor {answer.mentor}, mentee {answer.mentee}: {answer.verdict}"
    for check in answer.checks:
        yield f"fails {check.rule}"
    for pin in answer.pins:
        yield f"pin: mentor {pin.mentor}, mentee {pin.mentee}"
    if answer.points is not None:
        yield f"points {answer.points}"
    if answer.change is not None:
        yield from _change(answer.change)
    if answer.interval is not None:
        yield f"loses at least {_figures(answer.interval.least)}"
        if answer.interval.most is not None:
            yield f"loses at most {_figures(answer.interval.most)}"
    yield f"from another solve: {'yes' if answer.verified else 'no'}"


def _change(change: Change) -> Iterator[str]:
    yield f"loses {_figures(change.losses)}"
    for move in change.moves:
        partners = f"from {list(move.before)} to {list(move.after)}"
        yield f"{move.role} {move.reference} {partners}: loses {_figures(move.losses)}"


def _counterfactual(found: Counterfactual) -> Iterator[str]:
    pair = f"mentor {found.pair.mentor}, mentee {found.pair.mentee}"
    yield f"{pair}: {found.status} after {found.solves} solves"
    for change in (found.change, *found.others):
        if change is not None:
            yield f"{change.rule}: weight {change.today} to {change.needed}"
    if found.ruled_out_below:
        yield f"ruled out below {found.ruled_out_below}"


def _figures(losses: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {loss}" for name, loss in losses.items())
