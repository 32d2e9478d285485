"""What the contract's models have to say about a raw value, as issues with their places.

What is wrong is left out and the rest is read all the same, so that one broken field does
not hide the other problems of a participant, nor one broken participant those of a round.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from solver.intake.display import quoted, shown
from solver.intake.field_homes import home_of
from solver.intake.issue_log import IssueLog, Path

Model = TypeVar("Model", bound=BaseModel)

_CODES = {
    "missing": "MISSING_FIELD",
    "extra_forbidden": "UNKNOWN_FIELD",
    "greater_than_equal": "OUT_OF_RANGE",
    "less_than_equal": "OUT_OF_RANGE",
    "literal_error": "UNKNOWN_VALUE",
    "string_too_short": "WRONG_LENGTH",
    "string_too_long": "WRONG_LENGTH",
    "too_long": "WRONG_LENGTH",
    "string_pattern_mismatch": "INVISIBLE_CHARACTER",
    "string_unicode": "INVISIBLE_CHARACTER",
}
_PRIVATE = {"contact", "characteristics", "seeks_characteristic"}


def validated(
    model: type[Model],
    raw: object,
    path: Path,
    log: IssueLog,
    stand_ins: Mapping[str, object] | None = None,
) -> Model | None:
    """The raw value as a model; None where it is not even an object.

    `stand_ins` take the place of needed fields that are missing or wrong.
    """
    try:
        return model.model_validate(raw)
    except ValidationError as error:
        faults = error.errors(include_url=False)
    for fault in faults:
        _report(fault, model, path, log)
    if not isinstance(raw, dict) or not all(map(_place, faults)):
        return None
    try:
        return model.model_validate(_without_faults(raw, faults, stand_ins or {}))
    except ValidationError:
        return None


def phrased(fault: ErrorDetails) -> str:
    """A fault as the end of a sentence that begins with the field's name."""
    if fault["type"] == "missing":
        return "is missing"
    if fault["type"] in ("string_pattern_mismatch", "string_unicode"):
        return "holds a character that cannot be seen"
    if fault["type"].endswith(("model_type", "dict_type")):
        return "should be an object"
    if fault["type"] == "value_error":
        return f"is refused: {fault['msg'].removeprefix('Value error, ')}"
    return re.sub(r"^(Input|List|String) should", "should", fault["msg"])


def _report(fault: ErrorDetails, model: type[BaseModel], path: Path, log: IssueLog) -> None:
    place = _place(fault)
    code = _CODES.get(fault["type"], "WRONG_TYPE")
    if code == "UNKNOWN_FIELD":
        name = str(place[-1])
        message = f"`{shown(name)}` is not a field here"
        log.unreadable(code, path + place, message, lambda: home_of(name, model, place[:-1]))
        return
    message = f"{_subject(path + place)} {phrased(fault)}"
    if code == "MISSING_FIELD" or not _PRIVATE.isdisjoint(place):
        log.unreadable(code, path + place, message)
        return
    if code in ("WRONG_TYPE", "OUT_OF_RANGE", "UNKNOWN_VALUE"):
        message = f"{message}, not {quoted(fault['input'])}"
    log.unreadable(code, path + place, message, value=fault["input"])


def _subject(place: Path) -> str:
    name = next((part for part in reversed(place) if isinstance(part, str)), None)
    if name is None:
        return "the round"
    in_list = place[-1] != name
    return f"an entry of `{shown(name)}`" if in_list else f"`{shown(name)}`"


def _without_faults(
    raw: dict[str, Any], faults: Sequence[ErrorDetails], stand_ins: Mapping[str, object]
) -> Any:
    faulty: dict[int | str, Any] = {}
    for fault in faults:
        inner = faulty
        for part in _place(fault):
            inner = inner.setdefault(part, {})
    return _without(raw, faulty, stand_ins)


def _without(value: Any, faulty: Mapping[Any, Any], stand_ins: Mapping[str, object]) -> Any:
    """A copy without what is faulty: blank in a list, a stand-in where there is one."""
    copy = value.copy()
    for key, within in faulty.items():
        if within:
            copy[key] = _without(value[key], within, {})
        elif isinstance(value, list):
            copy[key] = ""
        elif key in stand_ins:
            copy[key] = stand_ins[key]
        else:
            copy.pop(key, None)
    return copy


def _place(fault: ErrorDetails) -> Path:
    """Where a fault is within the value; a key that is at fault is taken with its value."""
    place = fault["loc"]
    # A field that really has this name is one that is not known.
    marked = place[-1:] == ("[key]",) and fault["type"] != "extra_forbidden"
    return place[:-1] if marked else place
