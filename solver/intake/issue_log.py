"""Where the intake writes down every problem it finds, so that all are reported at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from models.domain.issue import Issue, Severity
from solver.intake.display import shown

Path = tuple[str | int, ...]
Hint = str | Callable[[], str]

MOST_ISSUES = 1000
"""So many are listed."""

ENOUGH_ERRORS = 10_000
"""After so many, reading on is not worth anybody's time."""


class IssueLog:
    """Every problem so far. Beyond `MOST_ISSUES` of a severity they are only counted.

    A place that was found to be unreadable is not complained of a second time: what stands
    there from then on is a stand-in.
    """

    def __init__(self) -> None:
        self._kept: dict[Severity, list[tuple[Path, Issue]]] = {"error": [], "warning": []}
        self._counts: dict[Severity, int] = {"error": 0, "warning": 0}
        self._unreadable: set[Path] = set()
        self._faulty: set[Path] = set()

    @property
    def errors(self) -> int:
        """How many errors there were."""
        return self._counts["error"]

    @property
    def is_overfull(self) -> bool:
        """Whether there were so many errors that the rest of the input is not read."""
        return self.errors >= ENOUGH_ERRORS

    def error(self, code: str, path: Path, message: str, hint: Hint = "", **detail: Any) -> None:
        """Writes down what forbids going on. `value` in the detail is the offending value."""
        if path not in self._unreadable:
            self._faulty.update(path[:length] for length in range(len(path) + 1))
            self._write("error", code, path, message, hint, detail)

    def unreadable(
        self, code: str, path: Path, message: str, hint: Hint = "", **detail: Any
    ) -> None:
        """Writes down an error in a place that is left out of all further checks."""
        self.error(code, path, message, hint, **detail)
        self._unreadable.add(path)

    def warning(self, code: str, path: Path, message: str, hint: Hint = "", **detail: Any) -> None:
        """Writes down what somebody should look at, and what does no harm."""
        self._write("warning", code, path, message, hint, detail)

    def is_faulty(self, path: Path) -> bool:
        """Whether there is an error at a place or anywhere within it."""
        return path in self._faulty

    def is_unreadable(self, *paths: Path) -> bool:
        """Whether one of these very places could not be read."""
        return not self._unreadable.isdisjoint(paths)

    def issues(self) -> tuple[Issue, ...]:
        """The errors and then the warnings, each in the order of the document.

        More than `MOST_ISSUES` end with an issue that counts the rest.
        """
        found = [
            issue
            for severity in ("error", "warning")
            for _, issue in sorted(self._kept[severity], key=lambda entry: _in_order(*entry))
        ][:MOST_ISSUES]
        omitted = sum(self._counts.values()) - len(found)
        if omitted:
            found.append(self._more(omitted))
        return tuple(found)

    def _write(
        self,
        severity: Severity,
        code: str,
        path: Path,
        message: str,
        hint: Hint,
        detail: dict[str, Any],
    ) -> None:
        self._counts[severity] += 1
        if self._counts[severity] > MOST_ISSUES:
            return
        if "value" in detail:
            detail["value"] = shown(detail["value"])
        issue = Issue(
            code=code,
            pointer=pointer(path),
            message=message,
            hint=hint if isinstance(hint, str) else hint(),
            severity=severity,
            detail=detail,
        )
        self._kept[severity].append((path, issue))

    def _more(self, omitted: int) -> Issue:
        at_least = "at least " if self.is_overfull else ""
        return Issue(
            code="MORE_ISSUES",
            message=f"and {at_least}{omitted:,} more",
            hint="Mend these first; the rest is shown the next time.",
            severity="error" if self.errors else "warning",
            detail={"count": omitted},
        )


def pointer(path: Path) -> str:
    """A JSON pointer (RFC 6901)."""
    parts = (str(part).encode("utf-8", "backslashreplace").decode() for part in path)
    return "".join(f"/{part.replace('~', '~0').replace('/', '~1')}" for part in parts)


def _in_order(path: Path, issue: Issue) -> tuple[list[tuple[int, str]], str, str]:
    place = [(part, "") if isinstance(part, int) else (-1, part) for part in path]
    return place, issue.code, issue.message
