"""A scenario: a frozen round with an ordered list of changes, addressed by its content."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from models.domain.base import digest_of
from models.domain.issue import Issue
from models.domain.problem import Problem
from models.domain.programme import Programme
from scenarios.change import Change
from scenarios.document import Document, NotApplicableError
from solver.intake import Intake, read_round
from solver.intake.issue_log import IssueLog, Path
from solver.intake.known_round import KnownRound


@dataclass(frozen=True)
class BaseRound:
    """The round that scenarios change: its document as submitted, and the problem it states.

    The document was read without an error, in this programme. `known` reads documents made from
    it in less time.
    """

    document: Document
    problem: Problem
    programme: Programme
    known: KnownRound | None = None

    @classmethod
    def read(cls, document: Document, programme: Programme) -> BaseRound:
        """The round of a document. Raises ValueError where it states none."""
        problem = read_round(document, programme).problem
        if problem is None:
            raise ValueError("a scenario needs a round without errors")
        return cls(document, problem, programme)

    def at_hand(self) -> BaseRound:
        """The same round, which reads many scenarios in less time than one each."""
        known = KnownRound(self.frozen, self.programme)
        return replace(self, problem=known.problem, known=known)

    def read_changed(self, document: Document) -> Intake:
        """What the intake says of a document made from the frozen one."""
        return self.known.read(document) if self.known else read_round(document, self.programme)

    @property
    def frozen(self) -> Document:
        """The document with the lottery's salt written out, so that who comes and goes in a
        scenario draws no new lots for everybody else."""
        return self.document | {"tie_salt": self.problem.tie_salt}


@dataclass(frozen=True)
class Scenario:
    """What a list of changes makes of a round: a problem, or every reason why there is none.

    An issue's pointer begins with `/changes` or, where the changed round is at fault, `/round`.
    `digest` is the scenario's address: the same round with the same changes has the same.
    Different lists of changes may state the same problem; its own digest tells.
    """

    base: Problem
    changes: tuple[Change, ...]
    problem: Problem | None
    issues: tuple[Issue, ...] = ()

    @property
    def digest(self) -> str:
        """SHA-256 of the round's digest and the changes, in their order."""
        return scenario_digest(self.base, self.changes)


def scenario_digest(base: Problem, changes: Iterable[Change]) -> str:
    """The address of a scenario, without working out what comes of it."""
    return digest_of({"round": base.digest, "changes": [change.given() for change in changes]})


def open_scenario(base: BaseRound, changes: Sequence[Change]) -> Scenario:
    """The scenario of these changes, made one after the other."""
    log = IssueLog()
    document = changed(base.frozen, changes, log)
    if log.errors:
        return Scenario(base.problem, tuple(changes), None, log.issues())
    intake = base.read_changed(document)
    issues = tuple(_of_the_round(issue) for issue in intake.issues)
    return Scenario(base.problem, tuple(changes), intake.problem, issues)


def changed(document: Document, changes: Iterable[Change], log: IssueLog) -> Document:
    """The document with the changes made that can be made; the others are issues."""
    for place, change in enumerate(changes):
        try:
            document = change.applied(document)
        except NotApplicableError as fault:
            path: Path = ("changes", place, *fault.field.split("/"))
            log.error(fault.code, path, fault.message, fault.hint, value=fault.value)
    return document


def _of_the_round(issue: Issue) -> Issue:
    return issue.model_copy(update={"pointer": f"/round{issue.pointer}"})
