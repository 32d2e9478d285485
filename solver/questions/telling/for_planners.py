"""Explanations as a planner would give them: references, facts, points and what to do about it."""

from __future__ import annotations

from collections.abc import Iterator

from models.domain.explanation import Change, WhyNot
from models.domain.result import Unmatched
from models.domain.why import Counterfactual, Ties, WeightChange, WhyPair
from solver.questions.telling.why_pair import OTHER, why_in_words
from solver.questions.words import changes_in_words, losses_in_words
from solver.wording import counted, rule_title


def for_planners(
    explanation: WhyPair | WhyNot | Ties | Counterfactual | Unmatched,
) -> Iterator[str]:
    """The explanation in sentences."""
    match explanation:
        case WhyPair():
            yield from why_in_words(explanation)
        case WhyNot():
            yield from _why_not(explanation)
        case Ties():
            yield from _ties(explanation)
        case Counterfactual():
            yield from _counterfactual(explanation)
        case Unmatched():
            yield from _unmatched(explanation)


def _why_not(answer: WhyNot) -> Iterator[str]:
    mentor, mentee, because = answer.mentor, answer.mentee, answer.because
    match answer.verdict:
        case "ineligible" | "barred":
            yield f"{mentor} may not mentor {mentee}: {because}."
        case "blocked_by_pin" | "infeasible_if_forced":
            yield f"{mentor} cannot mentor {mentee}: {because}."
            if answer.change is not None:
                lost = losses_in_words(answer.change.losses)
                yield f"A pin may be dropped for it, which would mean {lost} in the round."
                yield from _moves(answer.change)
        case "tied":
            yield f"{mentor} and {mentee} would be just as good a pair; the lottery decided."
            yield from _moves(answer.change)
        case "dominated":
            losses = answer.change.losses if answer.change else {}
            yield f"{mentor} with {mentee} would mean {losses_in_words(losses)} in the round."
            yield from _moves(answer.change)
            yield from _with_nobody_else_moving(answer)
        case "unknown":
            yield f"{because[:1].upper()}{because[1:]}."
            yield from _interval(answer)
        case _:
            yield f"{because}."


def _moves(change: Change | None) -> Iterator[str]:
    yield from (f"{move}." for move in (changes_in_words(change) if change else ()))


def _with_nobody_else_moving(answer: WhyNot) -> Iterator[str]:
    local = answer.local_losses
    if local is not None and answer.change is not None and local != answer.change.losses:
        yield f"If nobody else moved in turn it would mean {losses_in_words(local)}."


def _interval(answer: WhyNot) -> Iterator[str]:
    if answer.interval is None:
        return
    least = {name: loss for name, loss in answer.interval.least.items() if loss > 0}
    if least:
        yield f"It would mean at least {losses_in_words(least)}."
    if answer.interval.most is not None:
        yield f"It would mean no more than {losses_in_words(answer.interval.most)}."


def _ties(ties: Ties) -> Iterator[str]:
    who = ties.reference
    for tie in ties.tied:
        partner = tie.mentor if ties.role == "mentee" else tie.mentee
        moves = "; ".join(changes_in_words(tie.change))
        yield f"{who} would be just as well paired with {partner}: {moves}."
    if not ties.complete:
        yield f"Not everybody who might be as good for {who} was asked about in the time given."
    elif not ties.tied:
        yield f"Nobody else would be just as good for {who} as a {OTHER[ties.role]}."


def _counterfactual(found: Counterfactual) -> Iterator[str]:
    pair = f"{found.pair.mentor} and {found.pair.mentee}"
    if found.status == "found" and found.change is None:
        yield f"No weight has to change: {pair} are paired in some best answer already."
    elif found.status == "found" and found.change is not None:
        changes = [_weight(change) for change in (found.change, *found.others)]
        yield f"{pair} would be paired in some best answer with {' or with '.join(changes)}."
        if found.change.size > 1:
            yield "No smaller change of one weight would do."
    elif found.status == "not_found" and found.level is not None and found.answer is not None:
        losses = found.answer.change.losses if found.answer.change else {}
        lost = losses_in_words({found.level: losses.get(found.level, 0)})
        yield f"No weight can help {pair}: they would mean {lost}, which counts before points."
    elif found.status == "not_found":
        yield f"No change of one weight puts {pair} into a best answer."
    else:
        yield f"Whether a change of one weight would pair {pair} was not settled in the time given."
        if found.change is not None:
            yield f"This one would: {_weight(found.change)}. A smaller one might do as well."
        if found.ruled_out_below > 1:
            yield f"Changes of less than {found.ruled_out_below} are ruled out."


def _weight(change: WeightChange) -> str:
    title = rule_title(change.rule)
    return f"a weight of {change.needed} for {title} in place of {change.today}"


def _unmatched(person: Unmatched) -> Iterator[str]:
    other = OTHER[person.role]
    has = (
        f"has {person.got} of {counted(person.wanted, other)}" if person.got else f"has no {other}"
    )
    yield f"{person.reference} {has}: {person.because}."
