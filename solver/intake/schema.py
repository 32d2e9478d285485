"""What the contract's models have to say about a raw value, as issues with their places.

What is wrong is left out and the rest is read all the same, so that one broken field does
not hide the other problems of a participant, nor one broken participant those of a round.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from solver.intake.display import did_you_mean, quoted, shown
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
    if not isinstance(raw, dict):
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
    return re.sub(r"^(Input|List|String) should", "should", fault["msg"])


def _report(fault: ErrorDetails, model: type[BaseModel], path: Path, log: IssueLog) -> None:
    place = tuple(part for part in fault["loc"] if part != "[key]")
    code = _CODES.get(fault["type"], "WRONG_TYPE")
    if code == "UNKNOWN_FIELD":
        name = str(place[-1])
        holder = _model_at(model, place[:-1])
        message = f"`{shown(name)}` is not a field here"
        log.unreadable(code, path + place, message, lambda: _home_of(name, holder))
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


def _home_of(name: str, holder: type[BaseModel] | None) -> str:
    """Where a field belongs that stands in the wrong object, or is misspelt."""
    if holder is None:
        return ""
    for outer, field in holder.model_fields.items():
        inner = _model_in(field.annotation)
        if inner is not None and name in inner.model_fields:
            return f"It belongs inside `{outer}`."
    return did_you_mean(name, holder.model_fields)


def _model_at(model: type[BaseModel], place: Sequence[int | str]) -> type[BaseModel] | None:
    found: type[BaseModel] | None = model
    for part in place:
        if isinstance(part, str) and found is not None:
            field = found.model_fields.get(part)
            found = _model_in(field.annotation) if field else None
    return found


def _model_in(annotation: Any) -> type[BaseModel] | None:
    """The model that an annotation such as `list[Model]` or `Model | None` speaks of."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next(filter(None, map(_model_in, get_args(annotation))), None)


def _without_faults(
    raw: dict[str, Any], faults: Sequence[ErrorDetails], stand_ins: Mapping[str, object]
) -> dict[str, Any]:
    mended = raw
    for fault in faults:
        place = [part for part in fault["loc"] if part != "[key]"]
        mended = _without(mended, place, stand_ins)
    return mended


def _without(value: Any, place: Sequence[int | str], stand_ins: Mapping[str, object]) -> Any:
    """A copy without what stands in a place: blank in a list, a stand-in where there is one."""
    if not place or not isinstance(value, dict | list):
        return value
    copy: Any = value.copy()
    key: Any = place[0]
    if len(place) > 1:
        copy[key] = _without(value[key], place[1:], {})
    elif isinstance(value, list):
        copy[key] = ""
    elif key in stand_ins:
        copy[key] = stand_ins[key]
    else:
        copy.pop(key, None)
    return copy
