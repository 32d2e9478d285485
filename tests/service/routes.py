"""Every route of the service as the application has them, for tests that go over all of them."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from litestar import Litestar
from litestar.handlers import HTTPRouteHandler
from litestar.routes import HTTPRoute

from models.domain.api_key import KeyRole
from models.tables import Base
from service.api.guards import holds_key, operation_of
from service.security.permissions import PERMISSIONS

CALLER = "caller"
"""The name of our own keys that ask."""

PARAMETER = re.compile(r"\{([a-z_]+)(?::[a-z]+)?\}")


@dataclass(frozen=True)
class Endpoint:
    """A method of a path; `roles` are those that may call it, None where everybody may.

    `longest_body` is in bytes.
    """

    method: str
    path: str
    operation: str
    roles: frozenset[KeyRole] | None
    reads_body: bool
    longest_body: int = 0

    @property
    def parameters(self) -> tuple[str, ...]:
        """The names of the parameters in the path."""
        return tuple(PARAMETER.findall(self.path))

    def address(self, given: Mapping[str, str]) -> str:
        """The path with its parameters filled in."""
        return PARAMETER.sub(lambda found: quote(given[found[1]], safe=""), self.path)


def endpoints_of(app: Litestar) -> list[Endpoint]:
    """All of them, without OPTIONS, which the framework answers."""
    return [
        _endpoint(route, handler, method)
        for route in app.routes
        if isinstance(route, HTTPRoute)
        for handler in route.route_handlers
        for method in sorted(handler.http_methods - {"OPTIONS"})
    ]


def objects_of(
    rows: Mapping[str, list[dict[str, Any]]], endpoint: Endpoint, programme: str
) -> Iterator[dict[str, str]]:
    """Parameters for each object of a programme that the path may name, in whatever state it is;
    but for the keys of tests, for who ends the key of a test ends the test."""
    ids = [name for name in endpoint.parameters if name.endswith("_id")]
    others = {name: "M-1" for name in endpoint.parameters if name not in ids}
    if not ids:
        yield others
        return
    table, column = _named_by(ids[-1])
    for row in rows[table]:
        if row["programme_key"] == programme and row.get("name") != CALLER:
            given = {name: row[name] for name in ids[:-1]} | {ids[-1]: row[column]}
            yield {name: as_uuid(value) for name, value in given.items()} | others


def as_uuid(value: object) -> str:
    """An id as the API writes it, however the database gives it."""
    text = str(value).replace("-", "")
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def _named_by(parameter: str) -> tuple[str, str]:
    """The table and the column of an id in a path."""
    keys = {
        name: {*table.primary_key.columns.keys()} for name, table in Base.metadata.tables.items()
    }
    stem = parameter.removesuffix("_id")
    found = [(name, "id") for name in keys if name.endswith(f"{stem}s") and "id" in keys[name]]
    found = found or [(name, parameter) for name in keys if parameter in keys[name]]
    assert len(found) == 1, f"which table does {{{parameter}}} name?"
    return found[0]


def _endpoint(route: HTTPRoute, handler: HTTPRouteHandler, method: str) -> Endpoint:
    guards = {getattr(guard, "func", guard) for guard in handler.resolve_guards()}
    operation = operation_of(handler)
    return Endpoint(
        method=method,
        path=route.path,
        operation=operation,
        roles=PERMISSIONS.get(operation, frozenset()) if holds_key in guards else None,
        reads_body=handler.parsed_data_field is not None,
        longest_body=handler.resolve_request_max_body_size() or sys.maxsize,
    )
