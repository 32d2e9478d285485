"""Every operation by every role: who is let in, and who is told that they may not."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest

from models.domain.api_key import KeyRole
from service.api.guards import holds_key, operation_of
from service.main import create_service
from service.security.permissions import PERMISSIONS
from tests.service.services import a_document, a_service, solve_at_once, some_settings

ROLES: tuple[KeyRole, ...] = get_args(KeyRole)
NOBODY = "00000000-0000-0000-0000-000000000000"
IDS = (*("round_id", "run_id", "key_id", "account_id", "session_id", "webhook_id", "event_id"),)


def test_every_route_behind_a_key_is_declared_and_nothing_else_is(tmp_path: Path) -> None:
    app = create_service(some_settings(tmp_path), solve_at_once)
    handlers = [handler for route in app.routes for handler in getattr(route, "route_handlers", ())]
    behind_key = {
        operation_of(handler)
        for handler in handlers
        if holds_key in {getattr(guard, "func", guard) for guard in handler.resolve_guards()}
        and set(handler.http_methods) != {"OPTIONS"}
    }
    assert behind_key == set(PERMISSIONS)


@pytest.mark.parametrize("role", ROLES)
def test_each_role_gets_to_what_is_declared_for_it_and_to_nothing_else(
    tmp_path: Path, role: KeyRole
) -> None:
    with a_service(tmp_path, role=role) as caller:
        schema = caller.client.get("/openapi.json").json()
        seen = dict[str, int]()
        for path, methods in schema["paths"].items():
            if not path.startswith("/v1/"):
                continue
            address = path
            for name in IDS:
                address = address.replace(f"{{{name}}}", NOBODY)
            for method, operation in methods.items():
                answer = caller.client.request(method, address, headers=caller.headers())
                seen[operation["operationId"]] = answer.status_code
    assert set(seen) == set(PERMISSIONS)
    refused = {operation for operation, status in seen.items() if status == 403}
    assert refused == {op for op, roles in PERMISSIONS.items() if role not in roles}
    assert 401 not in seen.values()
    assert 500 not in seen.values()


def test_who_may_not_is_told_who_may(tmp_path: Path) -> None:
    with a_service(tmp_path, role="auditor") as caller:
        answer = caller.post(a_document())
    assert answer.status_code == 403
    (issue,) = answer.json()["issues"]
    assert issue["code"] == "ROLE_REFUSED"
    assert issue["hint"] == "It needs the role hr_system or planner."
