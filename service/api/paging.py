"""Cursor pages over HTTP: what they are asked for by, and the link from one to the next."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlencode

from litestar.params import QueryParameter

from service.api.problems import AnyRequest
from service.operations.paging import PageRequest, place_of

# The framework would show the bounds as fractions.
BOUNDS = {"minimum": 1, "maximum": 1000}

Limit = Annotated[
    int,
    QueryParameter(ge=1, le=1000, description="The most items of a page.", schema_extra=BOUNDS),
]
Cursor = Annotated[str | None, QueryParameter(description="Where the page before this one ended.")]

A_PAGE = 100
"""How many items a page has where nothing else is asked for."""


def page_of(limit: int, cursor: str | None) -> PageRequest:
    """The page that is asked for; without a cursor it is the first."""
    return PageRequest(limit=limit, after=-1 if cursor is None else place_of(cursor))


def next_link(request: AnyRequest, cursor: str | None) -> str | None:
    """The same question for the next page; None where nothing follows."""
    if cursor is None:
        return None
    asked = {name: value for name, value in request.query_params.items() if name != "cursor"}
    return f"{request.url.path}?{urlencode({**asked, 'cursor': cursor})}"
