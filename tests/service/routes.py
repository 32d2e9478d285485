"""Every route of the service as the application has them, for tests that go over all of them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from litestar import Litestar
from litestar.handlers import HTTPRouteHandler
from litestar.routes import HTTPRoute

from models.domain.api_key import KeyRole
from service.api.guards import holds_key, operation_of
from service.security.permissions import PERMISSIONS

PARAMETER = re.compile(r"\{([a-z_]+)(?::[a-z]+)?\}")


@dataclass(frozen=True)
class Endpoint:
    """A method of a path; `roles` are those that may call it, None where everybody may."""

    method: str
    path: str
    operation: str
    roles: frozenset[KeyRole] | None
    reads_body: bool

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


def id_of(rows: Mapping[str, list[dict[str, Any]]], parameter: str, programme: str) -> list[str]:
    """The ids in a programme for which a parameter of a path may stand."""
    stem = parameter.removesuffix("_id")
    tables = [name for name in rows if name.endswith(f"{stem}s") and rows[name]]
    tables = [name for name in tables if "id" in rows[name][0]]
    assert len(tables) == 1, f"which table does {{{parameter}}} name?"
    return [as_uuid(row["id"]) for row in rows[tables[0]] if row["programme_key"] == programme]


def as_uuid(value: object) -> str:
    """An id as the API writes it, however the database gives it."""
    text = str(value).replace("-", "")
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def _endpoint(route: HTTPRoute, handler: HTTPRouteHandler, method: str) -> Endpoint:
    guards = {getattr(guard, "func", guard) for guard in handler.resolve_guards()}
    operation = operation_of(handler)
    return Endpoint(
        method=method,
        path=route.path,
        operation=operation,
        roles=PERMISSIONS.get(operation, frozenset()) if holds_key in guards else None,
        reads_body=handler.parsed_data_field is not None,
    )
