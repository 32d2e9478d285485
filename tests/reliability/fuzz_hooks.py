"""What the fuzzer is told beyond the API's description: ids of things that are there."""

from __future__ import annotations

import json
import os
from typing import Any
from uuid import UUID

import schemathesis

KNOWN: dict[str, list[str]] = json.loads(os.environ["FUZZ_IDS"])
"""Values that lead somewhere, by the parameter's name."""


@schemathesis.hook
def map_path_parameters(_context: Any, path_parameters: Any) -> Any:
    """Every other id is one that exists; which one follows from the one that was made up."""
    if not isinstance(path_parameters, dict):
        return path_parameters
    return {name: _known(name, value) for name, value in path_parameters.items()}


def _known(name: str, value: Any) -> Any:
    values = KNOWN.get(name)
    if not values or (name.endswith("_id") and not _is_uuid(value)):
        return value  # what is wrong on purpose stays so
    draw = sum(str(value).encode())
    return values[draw // 2 % len(values)] if draw % 2 else value


def _is_uuid(value: Any) -> bool:
    try:
        return str(UUID(str(value))) == value
    except ValueError:
        return False
