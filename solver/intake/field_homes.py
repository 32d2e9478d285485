"""Where a field belongs that nobody knows in the place where it stands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, get_args

from pydantic import BaseModel

from solver.intake.display import did_you_mean


def home_of(name: str, model: type[BaseModel], place: Sequence[int | str]) -> str:
    """A hint for a field that stands in the wrong object, or is misspelt.

    `place` leads from the model to the object that holds the field.
    """
    holder = _model_at(model, place)
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
