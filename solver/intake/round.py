"""From a document to a problem that can be solved, or to every issue in it at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import compress
from typing import Any

from pydantic import Field

from models.domain.base import Frozen
from models.domain.issue import Issue
from models.domain.participant import Contact, Pair, Participant
from models.domain.policy import Policy
from models.domain.problem import Problem, canonical_key, default_salt
from models.domain.programme import Programme, trimmed
from models.domain.submission import UNTITLED, RoundSubmission
from solver.intake.fairness import check_fairness
from solver.intake.issue_log import IssueLog
from solver.intake.minimums import check_minimums
from solver.intake.pairs import Placed, check_bars, check_pins, read_earlier, read_pairs
from solver.intake.participants import canonical_participants
from solver.intake.pin_log import PinLog
from solver.intake.pinned_rules import check_pinned_rules
from solver.intake.policy import is_basis_vague, is_policy_vague, read_policy, read_profile
from solver.intake.pseudonyms import check_pseudonyms
from solver.intake.rows import Row, check_rows, check_special_category, read_rows
from solver.intake.schema import validated
from solver.intake.setting_words import spell_settings
from solver.intake.words import check_words, lexicons_of
from solver.levels import PINS_KEPT


class Intake(Frozen):
    """What a document came to: a problem and the contact details beside it, or neither.

    `problem` is None when there is any error among the issues. `contacts` are by reference;
    nothing of them is in the problem.
    """

    problem: Problem | None = None
    contacts: dict[str, Contact] = Field(default_factory=dict, repr=False)
    issues: tuple[Issue, ...] = ()


def read_round(document: object, programme: Programme) -> Intake:
    """The problem that a round's document states in a programme, with every issue in it.

    Whatever the document is, nothing is raised. The order of participants, pins and bars
    makes no difference to the problem.
    """
    log = IssueLog()
    header = validated(RoundSubmission, _without_rows(document), (), log, {"participants": []})
    if header is None:
        return Intake(issues=log.issues())
    profile = read_profile(header.policy, programme, log)
    policy = read_policy(header.policy, profile, log)
    rows = _read_people(document, policy, log)
    if log.is_overfull:
        return Intake(issues=log.issues())
    lexicons = lexicons_of(rows, programme)
    check_words(rows, lexicons, log)
    policy = spell_settings(policy, header.policy, lexicons, log)
    participants = canonical_participants(rows, lexicons, profile)
    faults = PinLog(log, policy.on_conflict)
    pins, bars = read_pins_and_bars(document, rows, faults)
    frame = Problem(
        name=trimmed(header.name) or UNTITLED,
        programme=programme.key,
        ladder=programme.ladder,
        policy=policy,
        participants=(),
        bars=in_order(bars),
        earlier=tuple(sorted(read_earlier(_entries(document, "earlier", "pairs"), log), key=_key)),
        tie_salt=trimmed(header.tie_salt or "") or default_salt(row.reference for row in rows),
    )
    if pins and not is_policy_vague(log):
        sound = [not log.is_faulty(row.path) for row in rows]
        unpinned = _peopled(frame, compress(participants, sound))
        pins = check_pinned_rules(unpinned, pins, [bar for _, bar in bars], faults)
    if not log.is_faulty(("participants",)) and not is_policy_vague(log):
        peopled = _peopled(frame, participants)
        check_minimums(peopled, header.policy, log)
        check_fairness(peopled, log)
    if log.errors:
        return Intake(issues=log.issues())
    return Intake(
        problem=with_pins(_peopled(frame, participants), pins, faults),
        contacts={
            row.reference: row.given.contact
            for row in rows
            if row.given.contact is not None and row.given.contact != Contact()
        },
        issues=log.issues(),
    )


def _without_rows(document: object) -> object:
    """The document without its long lists, whose entries are read one by one."""
    if not isinstance(document, dict):
        return document
    emptied: dict[str, object] = {
        name: []
        for name in ("participants", "pins", "bars")
        if isinstance(document.get(name), list)
    }
    earlier = document.get("earlier")
    if isinstance(earlier, dict) and isinstance(earlier.get("pairs"), list):
        emptied["earlier"] = earlier | {"pairs": []}
    return document | emptied


def _entries(document: Any, *path: str) -> Sequence[object]:
    """A list of the document; empty where there is none."""
    for name in path:
        document = document.get(name) if isinstance(document, dict) else None
    return document if isinstance(document, list) else ()


def _read_people(document: object, policy: Policy, log: IssueLog) -> list[Row]:
    raws = _entries(document, "participants")
    if not raws and not log.is_faulty(("participants",)):
        hint = "Add the people of the round."
        log.error("NO_PARTICIPANTS", ("participants",), "the round has no participants", hint)
    rows = read_rows(raws, log)
    check_rows(rows, log)
    check_pseudonyms(rows, log)
    if policy.special_category_basis is None and not is_basis_vague(log):
        check_special_category(rows, log)
    return rows


def read_pins_and_bars(
    document: object, rows: Sequence[Row], faults: PinLog
) -> tuple[Placed, Placed]:
    """The document's pins, as far as they name two people in their roles, and its bars."""
    rows_of: dict[str, list[Row]] = {}
    for row in rows:
        rows_of.setdefault(row.reference, []).append(row)
    bars = read_pairs(_entries(document, "bars"), ("bars",), faults.log)
    pins = read_pairs(_entries(document, "pins"), ("pins",), faults.log)
    check_bars(bars, rows_of, faults.log)
    return check_pins(pins, rows_of, faults), bars


def _peopled(frame: Problem, participants: Iterable[Participant]) -> Problem:
    """The problem with these people, in canonical order."""
    ordered = sorted(participants, key=lambda p: canonical_key(frame.tie_salt, p.reference))
    return frame.changed(participants=tuple(ordered))


def with_pins(unpinned: Problem, placed: Placed, faults: PinLog) -> Problem:
    """The problem with its pins. Where they may be dropped, keeping them comes before all else."""
    pins = in_order(placed)
    if not faults.drops:
        return unpinned.changed(pins=pins)
    policy = unpinned.policy
    if pins:
        policy = policy.model_copy(update={"levels": (PINS_KEPT, *policy.levels)})
    return unpinned.changed(policy=policy, droppable_pins=pins, dropped_pins=faults.dropped)


def in_order(placed: Placed) -> tuple[Pair, ...]:
    """The pairs, each once, by their references."""
    return tuple(sorted({pair for _, pair in placed}, key=_key))


def _key(pair: Pair) -> tuple[str, str]:
    return pair.mentor, pair.mentee
