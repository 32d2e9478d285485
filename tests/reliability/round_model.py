"""What a round is expected to do, written down again: a table of states and a few facts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus

PREPARED = {"edit": "draft", "solve": "running", "close": "closed"}
CHECKED = PREPARED | {"check": "validated"}

STEPS: Mapping[str, Mapping[str, str]] = {
    "draft": CHECKED,
    "validated": CHECKED,
    "running": {},
    "solved": PREPARED | {"submit": "in_review", "publish": "published"},
    "in_review": {"send-back": "solved", "publish": "published", "close": "closed"},
    "published": {"withdraw": "withdrawn", "close": "closed"},
    "withdrawn": PREPARED | {"submit": "in_review"},
    "closed": {},
}
ACTS = ("check", "solve", "submit", "send-back", "publish", "withdraw", "close")
RECORDED = {"check": "validate", "send-back": "send_back"}
"""What an act is called in the round's changes, where that differs from its path."""


@dataclass
class ModelRound:
    """A round as it must be. `answered` is the last run that gave pairs for its document."""

    path: str
    name: str
    status: str
    changes: list[str]
    revision: int = 1
    latest: str | None = None
    answered: str | None = None
    published: str | None = None
    under_way: bool = False
    cancelled: set[str] = field(default_factory=set)

    @property
    def version(self) -> int:
        """How many changes there were."""
        return len(self.changes)

    def answer_to(self, act: str, seen: int) -> HTTPStatus:
        """What somebody is answered who wants to do this and has seen that version."""
        if seen != self.version:
            return HTTPStatus.PRECONDITION_FAILED
        if act not in STEPS[self.status]:
            return HTTPStatus.CONFLICT
        return HTTPStatus.ACCEPTED if act == "solve" else HTTPStatus.OK

    def do(self, act: str, *, name: str = "", run: str | None = None) -> None:
        """Takes a step that is permitted: an edit to a name, a solve by a run."""
        self.status = STEPS[self.status][act]
        self.changes.append(RECORDED.get(act, act))
        if act == "edit":
            self.name, self.answered, self.revision = name, None, self.revision + 1
        elif act == "solve":
            self.latest, self.under_way = run, True
        elif act == "publish":
            self.published = self.answered
        elif act == "withdraw":
            self.published = None

    def end_run(self, *, with_pairs: bool) -> None:
        """The run that is under way has come to its end."""
        self.under_way = False
        if with_pairs:
            self.answered = self.latest
        self.status = "solved" if self.answered else "validated"
        self.changes.append("finish" if self.answered else "end")

    def cancel(self) -> HTTPStatus:
        """What somebody is answered who cancels the latest run, and what follows."""
        assert self.latest is not None
        if self.under_way:
            self.cancelled.add(self.latest)
            self.end_run(with_pairs=False)
        return HTTPStatus.OK if self.latest in self.cancelled else HTTPStatus.CONFLICT

    def is_shown_by(self, view: Mapping[str, object]) -> bool:
        """Whether the service tells just this of the round."""
        links = view["links"]
        assert isinstance(links, dict)
        facts = (view["name"], view["status"], view["version"], view["revision"])
        runs = (links.get("latest_run"), links.get("published_run"))
        expected = (self.name, self.status, self.version, self.revision)
        return facts == expected and runs == (self.latest, self.published)
