"""Changes to a round's document as a JSON Merge Patch (RFC 7396), people by their references."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from models.domain.issue import Issue
from models.domain.programme import trimmed

PEOPLE = "participants"


@dataclass(frozen=True)
class Merged:
    """A document after a patch, and what is wrong with the patch itself."""

    document: dict[str, Any]
    issues: tuple[Issue, ...] = ()


def merged_document(document: dict[str, Any], patch: object) -> Merged:
    """The document with what the patch gives in place of what was there.

    Objects are merged field by field, and null takes a field away. `participants` is an object
    by reference: whoever is known is changed, whoever is not is added, null removes. Every
    other list is replaced as a whole.
    """
    if not isinstance(patch, dict):
        return Merged(document, (_no_object("", "A change is a JSON object."),))
    people = patch.get(PEOPLE, {})
    if not isinstance(people, dict):
        hint = 'Give them by reference: {"participants": {"HR-001": {"grade": "SEO"}}}.'
        return Merged(document, (_no_object(f"/{PEOPLE}", hint),))
    issues = tuple(
        _no_object(f"/{PEOPLE}/{escaped(reference)}", "Give what changes, or null to remove them.")
        if not isinstance(given, dict)
        else Issue(
            code="REFERENCE_FIXED",
            message=f"{reference} has another reference inside",
            pointer=f"/{PEOPLE}/{escaped(reference)}/reference",
            hint="Leave the reference out; to change it, remove the person and add them anew.",
            detail={"value": given["reference"]},
        )
        for reference, given in people.items()
        if given is not None
        and not (isinstance(given, dict) and given.get("reference", reference) == reference)
    )
    if issues:
        return Merged(document, issues)
    rest = {name: value for name, value in patch.items() if name != PEOPLE}
    changed = _merged(document, rest) | {PEOPLE: _merged_people(document[PEOPLE], people)}
    return Merged(changed)


def by_reference(issue: Issue, document: dict[str, Any]) -> Issue:
    """An issue whose place among the people is told by reference, as a patch names them."""
    _, first, *rest = [*issue.pointer.split("/", 3), "", ""]
    place, inside = rest[0], rest[1]
    if first != PEOPLE or not place.isdigit():
        return issue
    reference = escaped(str(document[PEOPLE][int(place)]["reference"]))
    pointer = f"/{PEOPLE}/{reference}" + (f"/{inside}" if inside else "")
    return issue.model_copy(update={"pointer": pointer})


def escaped(name: str) -> str:
    """A name as a part of a JSON pointer (RFC 6901)."""
    return name.replace("~", "~0").replace("/", "~1")


def _merged_people(
    people: list[dict[str, Any]], given: dict[str, dict[str, Any] | None]
) -> list[dict[str, Any]]:
    changes = {trimmed(reference): change for reference, change in given.items()}
    known = {trimmed(person["reference"]) for person in people}
    kept = [
        _merged(person, change)
        for person in people
        if (change := changes.get(trimmed(person["reference"]), {})) is not None
    ]
    added = [
        _merged({"reference": reference}, change)
        for reference, change in changes.items()
        if change is not None and reference not in known
    ]
    return kept + added


def _merged(target: object, patch: object) -> Any:
    if not isinstance(patch, dict):
        return patch
    merged = dict(target) if isinstance(target, dict) else {}
    for name, value in patch.items():
        if value is None:
            merged.pop(name, None)
        else:
            merged[name] = _merged(merged.get(name), value)
    return merged


def _no_object(pointer: str, hint: str) -> Issue:
    return Issue(code="WRONG_TYPE", message="an object is needed here", pointer=pointer, hint=hint)
