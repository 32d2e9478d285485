"""A round from files: a JSON document, or two spreadsheets."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from service.cli import exits
from service.cli.failures import CommandFailed
from service.cli.printing import print_issues

if TYPE_CHECKING:
    from models.domain.issue import Issue
    from models.domain.participant import Contact
    from models.domain.problem import Problem
    from service.spreadsheets.mapping import Column


@dataclass(frozen=True)
class RoundInput:
    """A round that can be solved, as it was given, and the contact details kept out of it.

    `warnings` are what was found and does not forbid going on.
    """

    document: Any
    problem: Problem
    contacts: Mapping[str, Contact]
    warnings: tuple[Issue, ...]


def read_round_file(path: Path) -> RoundInput:
    """The round of a JSON file; CommandFailed with every issue where it is no round."""
    from service.spreadsheets.reading import SHEET_ENDINGS
    from solver.intake import read_document

    if path.suffix.lower() in SHEET_ENDINGS:
        raise CommandFailed(
            f"{path} is a spreadsheet, and a round is JSON: give spreadsheets to "
            "`pairwell match` with --mentors and --mentees",
            exits.INVALID_INPUT,
        )
    (content,) = read_files(path)
    document, issues = read_document(content)
    if document is None and issues:
        raise invalid(_named(path, issue) for issue in issues)
    return _accepted(document, issues, tuple)


def read_round_sheets(
    mentors: Path, mentees: Path, policy: str | None, mapping: str | None
) -> RoundInput:
    """The round of two spreadsheets; CommandFailed with every issue where they are none.

    `policy` names a profile, or a JSON file with the contract's `policy`; `mapping` names a
    built-in mapping, or a JSON file.
    """
    from service.spreadsheets.round_document import read_spreadsheets
    from service.spreadsheets.sheet import SheetFile

    contents = read_files(mentors, mentees)
    columns = _mapping(mapping) if mapping else None
    files = [SheetFile(str(p), c) for p, c in zip((mentors, mentees), contents, strict=True)]
    read = read_spreadsheets(files[0], files[1], _policy(policy), columns)
    return _accepted(read.document, read.issues, read.places.translate)


def read_files(*paths: Path) -> list[bytes]:
    """The files' bytes; CommandFailed with everyone of them that cannot be read."""
    contents: list[bytes] = []
    issues: list[Issue] = []
    for path in paths:
        try:
            contents.append(path.read_bytes())
        except OSError as error:
            issues.append(_unreadable(path, error))
    if issues:
        raise invalid(issues)
    return contents


def invalid(issues: Iterable[Issue]) -> CommandFailed:
    """The failure of an input with these issues."""
    issues = list(issues)
    count = sum(issue.severity == "error" for issue in issues)
    problems = "a problem" if count == 1 else f"{count} problems"
    return CommandFailed(f"the input has {problems}", exits.INVALID_INPUT, issues)


def _accepted(
    document: Any,
    issues: Iterable[Issue],
    translate: Callable[[Iterable[Issue]], tuple[Issue, ...]],
) -> RoundInput:
    from models.domain.issue import has_errors
    from models.reference import civil_service
    from solver.intake import read_round

    intake = read_round(document, civil_service())
    found = (*issues, *translate(intake.issues))
    if has_errors(found) or intake.problem is None:
        raise invalid(found)
    print_issues(found)
    return RoundInput(document, intake.problem, intake.contacts, found)


def _named(path: Path, issue: Issue) -> Issue:
    """An issue of a file that cannot be read as JSON, with the file's name."""
    detail = {"file": str(path), **issue.detail}
    return issue.model_copy(update={"message": f"{path}: {issue.message}", "detail": detail})


def _policy(policy: str | None) -> dict[str, Any]:
    if policy is None:
        return {}
    if not policy.lower().endswith(".json"):
        return {"profile": policy}
    (content,) = read_files(Path(policy))
    try:
        document = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        document = None
    if not isinstance(document, dict):
        raise CommandFailed(f"{policy} is no JSON object", exits.INVALID_INPUT)
    return document


def _mapping(mapping: str) -> dict[str, Column]:
    from service.spreadsheets.mapping import built_in_mappings, read_mapping
    from service.spreadsheets.sheet import SheetFile

    shipped = built_in_mappings()
    if mapping in shipped:
        return shipped[mapping]
    (content,) = read_files(Path(mapping))
    columns, issues = read_mapping(SheetFile(mapping, content))
    if issues:
        raise invalid(issues)
    return columns


def _unreadable(path: Path, error: OSError) -> Issue:
    from service.spreadsheets.sheet import Place

    missing = isinstance(error, FileNotFoundError)
    return Place(str(path)).issue(
        "FILE_MISSING" if missing else "FILE_UNREADABLE",
        f"there is no file {path}" if missing else f"{path} cannot be read: {error.strerror}",
        "Check the path.",
    )
