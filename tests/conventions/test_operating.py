"""The operator's page names every setting, with its default and what it is for, and every route
that may keep a process busy.

Has a setting been added or changed, write the table anew:
`PAIRWELL_RENEW=1 uv run pytest tests/conventions/test_operating.py` and commit the page.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from pydantic_core import PydanticUndefined

from service.api.app import SMALL_BODY
from service.main import create_service
from service.settings import Settings
from tests.reliability.layout import PAGE, intake_routes, settings_of_processes
from tests.service.routes import PARAMETER, endpoints_of
from tests.service.services import solve_at_once, some_settings

HEADING = "| setting | default | means |\n| --- | --- | --- |\n"


def test_the_page_has_every_setting_as_the_code_has_it() -> None:
    text = PAGE.read_text(encoding="utf-8")
    if os.environ.get("PAIRWELL_RENEW"):
        text = text.partition(HEADING)[0] + _table()
        PAGE.write_text(text, encoding="utf-8")
    assert text.endswith(_table())


def test_every_variable_that_the_page_names_is_a_setting() -> None:
    known = {f"PAIRWELL_{name.upper()}" for name in Settings.model_fields}
    text = PAGE.read_text(encoding="utf-8").replace("`", " ").replace("=", " ").split()
    named = {word.strip(".,;:()|") for word in text if word.startswith("PAIRWELL_")}
    assert named - known == {"PAIRWELL_TRACEBACK"}


def test_every_route_that_takes_rounds_in_is_sent_to_the_intake(tmp_path: Path) -> None:
    """Those of `/v1` that change something and may be sent a round; nothing else is large."""
    app = create_service(some_settings(tmp_path), solve_at_once)
    changing = [endpoint for endpoint in endpoints_of(app) if endpoint.method != "GET"]
    large = [endpoint for endpoint in changing if endpoint.longest_body > SMALL_BODY]
    asked = [f"{endpoint.method} {PARAMETER.sub('*', endpoint.path)}" for endpoint in large]
    assert sorted(intake_routes()) == sorted(asked)


def test_the_process_that_answers_takes_nothing_large_however_it_is_spelled() -> None:
    answers, *intakes = settings_of_processes()
    assert answers == {"body_limit": str(SMALL_BODY)}
    assert intakes
    assert all(Settings.model_validate(intake).niceness > 0 for intake in intakes)


def _table() -> str:
    rows = [
        f"| `PAIRWELL_{name.upper()}` | {_shown(field.get_default(call_default_factory=True))} "
        f"| {field.description} |\n"
        for name, field in sorted(Settings.model_fields.items())
    ]
    return HEADING + "".join(rows)


def _shown(default: Any) -> str:
    if default is None or default is PydanticUndefined or default == () or default == {}:
        return ""
    if isinstance(default, tuple):
        return f"`{','.join(map(str, default))}`"
    return f"`{str(default).lower() if isinstance(default, bool) else default}`"
