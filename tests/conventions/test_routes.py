"""Every route says who may call it, and every route that is described has a name."""

from __future__ import annotations

from pathlib import Path

import pytest
from litestar.handlers import HTTPRouteHandler
from litestar.routes import HTTPRoute

from service.api.guards import holds_key, open_to_everybody
from service.main import create_service
from tests.service.services import solve_at_once, some_settings

DECLARATIONS = {holds_key, open_to_everybody}


@pytest.fixture
def handlers(tmp_path: Path) -> dict[str, HTTPRouteHandler]:
    app = create_service(some_settings(tmp_path), solve_at_once)
    found = {
        f"{method} {route.path}": handler
        for route in app.routes
        if isinstance(route, HTTPRoute)
        for handler in route.route_handlers
        for method in handler.http_methods
    }
    assert len(found) > 20
    assert len(app.routes) == sum(isinstance(route, HTTPRoute) for route in app.routes)
    return found


def test_every_route_declares_one_guard_that_says_who_may_call_it(
    handlers: dict[str, HTTPRouteHandler],
) -> None:
    for name, handler in handlers.items():
        if name.startswith("OPTIONS"):
            continue
        guards = {getattr(guard, "func", guard) for guard in handler.resolve_guards()}
        assert len(guards & DECLARATIONS) == 1, name


def test_everything_below_v1_needs_a_key_also_for_options(
    handlers: dict[str, HTTPRouteHandler],
) -> None:
    below = {name: handler for name, handler in handlers.items() if " /v1/" in name}
    assert below
    for name, handler in below.items():
        guards = {getattr(guard, "func", guard) for guard in handler.resolve_guards()}
        assert holds_key in guards, name


def test_every_described_route_has_an_operation_id_of_its_own(
    handlers: dict[str, HTTPRouteHandler],
) -> None:
    ids = [
        handler.operation_id for handler in handlers.values() if handler.resolve_include_in_schema()
    ]
    assert None not in ids
    assert len(ids) == len(set(ids))


def test_a_get_route_takes_no_body(handlers: dict[str, HTTPRouteHandler]) -> None:
    for name, handler in handlers.items():
        if name.startswith("GET"):
            assert handler.parsed_data_field is None, name
