"""A round that was read before, and reads documents like its own: only what is new is read.

Whoever stands in the list of participants as the very same object is known. The others are read
as a small round of their own, and what is asked of everybody together is asked of everybody.
Where anything at all is remarkable, the document is read from beginning to end like any other; so
the outcome is always that of `read_round`.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Collection, Sequence
from typing import Any

from models.domain.base import canonical_json
from models.domain.participant import Participant
from models.domain.problem import Problem, canonical_key
from models.domain.programme import Programme, Vocabulary, trimmed
from models.domain.submission import PolicySubmission
from solver.intake.fairness import check_fairness
from solver.intake.issue_log import IssueLog
from solver.intake.minimums import check_minimums
from solver.intake.pin_log import PinLog
from solver.intake.pinned_rules import check_pinned_rules
from solver.intake.round import Intake, in_order, read_pins_and_bars, read_round, with_pins
from solver.intake.rows import read_rows

MOST_NEW = 50
"""Of more people who are new, or of more pins and bars, the whole is read as quickly."""

Document = dict[str, Any]


class KnownRound:
    """Reads documents that are made from one by putting others in place of some of its parts.

    Nobody edits the document meanwhile, and it says its `tie_salt`. Raises ValueError where the
    document states no problem. Participants of the `problem` who are the same in another
    document's are the same objects.
    """

    def __init__(self, document: Document, programme: Programme) -> None:
        self._document, self._programme = document, programme
        intake = read_round(document, programme)
        if intake.problem is None:
            raise ValueError("a round with errors is not known")
        self._contacts, self.problem = intake.contacts, intake.problem
        self._known: dict[int, Participant] = {}
        self._raw: dict[str, object] = {}
        self._spelled: dict[int, str] = {}
        if intake.issues:
            return  # Then nothing is known, and every document is read as a whole.
        for raw in document["participants"]:
            one = self.problem.by_reference[trimmed(raw["reference"])]
            self._known[id(raw)], self._raw[one.reference] = one, raw
            self._spelled[id(one)] = _spelled(one)

    def read(self, document: Document) -> Intake:
        """What `read_round` says of the document."""
        return self._read_new(document) or read_round(document, self._programme)

    def _read_new(self, document: Document) -> Intake | None:
        """The same from what is new alone; None where that may not be all there is to say."""
        raws = document["participants"]
        kept = {id(raw): self._known[id(raw)] for raw in raws if id(raw) in self._known}
        new = [raw for raw in raws if id(raw) not in self._known]
        is_repeated = len(raws) > len(kept) + len(new)
        if not kept or is_repeated or max(len(new), len(_named(document))) > MOST_NEW:
            return None
        someone = next(raw for raw in raws if id(raw) in kept)
        small = {"participants": [someone, *new], "pins": [], "bars": []}
        part = read_round(document | small, self._programme)
        if part.problem is None or part.issues or not self._is_of_a_kind(part.problem):
            return None
        known = self._known[id(someone)].reference
        newcomers = [one for one in part.problem.participants if one.reference != known]
        gone = [one for place, one in self._known.items() if place not in kept]
        if not self._may_come_and_go(newcomers, gone, kept.values()):
            return None
        everybody = self._in_order(kept.values(), newcomers)
        peopled = part.problem.changed(participants=everybody)
        problem = self._with_pairs(document, peopled, new)
        if problem is None:
            return None
        problem.take_digest(lambda one: self._spelled.get(id(one)) or _spelled(one))
        left = {one.reference for one in gone}
        contacts = {name: one for name, one in self._contacts.items() if name not in left}
        return Intake(problem=problem, contacts=contacts | part.contacts)

    def _is_of_a_kind(self, part: Problem) -> bool:
        """Whether the rows that are known would be read as they were."""
        mine, other = self.problem, part
        same_basis = mine.policy.special_category_basis == other.policy.special_category_basis
        same_profile = mine.policy.profile == other.policy.profile
        return same_basis and same_profile and mine.tie_salt == other.tie_salt

    def _may_come_and_go(
        self,
        newcomers: Sequence[Participant],
        gone: Sequence[Participant],
        kept: Collection[Participant],
    ) -> bool:
        """Whether nobody is there twice, and no word is spelled after somebody who is different."""
        references = {one.reference for one in kept}
        people = {one.person for one in kept}
        return all(
            one.reference not in references and one.person not in people for one in newcomers
        ) and all(self._has_known_words(one) for one in (*newcomers, *gone))

    def _has_known_words(self, one: Participant) -> bool:
        words: dict[Vocabulary, list[str | None]] = {
            "departments": [one.department],
            "professions": [one.profession],
            "expertise": [
                *(one.mentor.offers if one.mentor else ()),
                *(one.mentee.seeks if one.mentee else ()),
            ],
        }
        return all(
            word is None or self._programme.canonical(vocabulary, word) is not None
            for vocabulary, some in words.items()
            for word in some
        )

    def _in_order(
        self, kept: Collection[Participant], newcomers: Sequence[Participant]
    ) -> tuple[Participant, ...]:
        there = {id(one) for one in kept}
        people = [one for one in self.problem.participants if id(one) in there]
        for one in newcomers:
            insort(people, one, key=self._key)
        return tuple(people)

    def _key(self, one: Participant) -> tuple[bytes, str]:
        return canonical_key(self.problem.tie_salt, one.reference)

    def _with_pairs(
        self, document: Document, peopled: Problem, new: Sequence[object]
    ) -> Problem | None:
        """The problem with its pins and bars; None where there is anything to be said of it."""
        log = IssueLog()
        faults = PinLog(log, peopled.policy.on_conflict)
        known = (self._raw.get(name) for name in _names(document))
        rows = read_rows([*new, *(raw for raw in known if raw is not None)], log)
        there = [row for row in rows if row.reference in peopled.by_reference]
        pins, bars = read_pins_and_bars(document, there, faults)
        unpinned = peopled.changed(bars=in_order(bars))
        pins = check_pinned_rules(unpinned, pins, [bar for _, bar in bars], faults)
        submission = PolicySubmission.model_validate(document.get("policy", {}))
        check_minimums(unpinned, submission, log)
        check_fairness(unpinned, log)
        return None if log.issues() else with_pins(unpinned, pins, faults)


def _named(document: Document) -> list[Any]:
    return [*(document.get("pins") or ()), *(document.get("bars") or ())]


def _names(document: Document) -> set[str]:
    """Whom the pins and bars name, as far as they can be read."""
    pairs = [pair for pair in _named(document) if isinstance(pair, dict)]
    return {trimmed(str(pair.get(side))) for pair in pairs for side in ("mentor", "mentee")}


def _spelled(participant: Participant) -> str:
    return canonical_json(participant.model_dump(mode="json"))
