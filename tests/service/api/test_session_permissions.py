"""A session may do what its role may, by the one table that also holds for keys."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest

from models.domain.account import AccountRole
from service.security.permissions import PERMISSIONS
from tests.service.browsers import ORIGIN, a_signed_in_browser
from tests.service.services import a_service

NOBODY = "00000000-0000-0000-0000-000000000000"


@pytest.mark.parametrize("role", get_args(AccountRole))
def test_each_role_gets_to_what_is_declared_for_it_and_to_nothing_else(
    tmp_path: Path, role: AccountRole
) -> None:
    with a_service(tmp_path) as caller:
        browser = a_signed_in_browser(caller.client, tmp_path, role)
        own = {"origin": ORIGIN, "x-csrf-token": browser.get("/v1/me").json()["csrf_token"]}
        paths = caller.client.get("/openapi.json").json()["paths"]
        seen = {
            operation["operationId"]: browser.ask(method, re.sub(r"\{\w+\}", NOBODY, path), **own)
            for path, methods in paths.items()
            for method, operation in methods.items()
            if path.startswith("/v1/") and operation["operationId"] != "signOut"
        }
    assert set(seen) | {"signOut"} == set(PERMISSIONS)
    refused = {operation for operation, answer in seen.items() if answer.status_code == 403}
    assert refused == {op for op, roles in PERMISSIONS.items() if role not in roles}
    assert not {401, 500} & {answer.status_code for answer in seen.values()}
