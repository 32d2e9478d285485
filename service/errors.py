"""What the service says no to. Each refusal carries its issues; the doors give them a shape."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from models.domain.issue import Issue


class Refusal(Exception):  # noqa: N818 - an answer, not a fault
    """Something that cannot be done as asked, with every reason for it."""

    def __init__(self, issues: Iterable[Issue]) -> None:
        self.issues = tuple(issues)
        super().__init__("; ".join(issue.message for issue in self.issues))


class BadRequest(Refusal):
    """A request that cannot be read, such as a body that is no JSON."""


class RoundRefused(Refusal):
    """A round that can be read and may not stand."""


class NotAuthenticated(Refusal):
    """No key, session or sign-in, or not one that the service knows."""


class ComeBackLater(Refusal):
    """Something that is too much for now; `seconds` until it is worth asking again."""

    def __init__(self, issues: Iterable[Issue], seconds: float) -> None:
        super().__init__(issues)
        self.seconds = seconds


class TooManyTries(ComeBackLater):
    """Too many requests with keys that are none."""


class TooManyRequests(ComeBackLater):
    """More requests than a key, or a programme, may make in a minute."""


class TooManyBodies(ComeBackLater):
    """More bodies at once than a programme may have the service hold."""


class QueueFull(ComeBackLater):
    """As many unfinished runs as a programme may have."""


class NotPermitted(Refusal):
    """A caller who is known, and who may not do this."""


class Conflicting(Refusal):
    """Something that does not fit how things stand now."""


class PreconditionMissing(Refusal):
    """A change of something that others change too, by somebody who does not say what they saw."""


class ChangedMeanwhile(Refusal):
    """A change of something that is not what was seen any more; `version` is what it is at."""

    def __init__(self, issues: Iterable[Issue], version: int) -> None:
        super().__init__(issues)
        self.version = version


class NotFound(Refusal):
    """Something that the programme does not have."""


class NoResult(Refusal):
    """A run without a result: not yet, or never."""


class RunFinished(Refusal):
    """A run that has ended, and cannot be cancelled or stopped any more."""


class TooManyListeners(Refusal):
    """As many callers follow runs already as one process serves."""


class KeyInFlight(Refusal):
    """A request with the same idempotency key is being answered at this moment."""


class ContentTypeRefused(Refusal):
    """A body in a format that is not taken."""


class ContentEncodingRefused(Refusal):
    """A body that is compressed."""


class BodyTooSlow(Refusal):
    """A body that takes longer to come than anybody waits for it."""


class DatabaseOutdated(Refusal):
    """A database whose schema is not the one that this version of the service needs."""


class DatabaseUnavailable(Refusal):
    """A database that is gone, full or too busy; nothing was stored, and later it may be."""


class ServiceClosing(Refusal):
    """A process that is about to end, and wants no further requests."""


class ProviderUnavailable(Refusal):
    """An identity provider that is gone, or is not what it should be."""


class SettingRefused(Refusal):
    """A name or a key of a programme that cannot be used."""


def one_issue(code: str, message: str, *, hint: str = "", **detail: Any) -> tuple[Issue, ...]:
    """The issues of a refusal that has a single reason."""
    return (Issue(code=code, message=message, hint=hint, detail=detail),)


def not_found(what: str, name: object) -> NotFound:
    """The refusal of something that is not there, or belongs to another programme."""
    return NotFound(
        one_issue(
            f"{what.upper()}_UNKNOWN",
            f"There is no {what} {name} in this programme.",
            hint="Check the id; a key sees its own programme only.",
            value=str(name),
        )
    )
