"""The operator's page names every setting, with its default and what it is for.

Has a setting been added or changed, write the table anew:
`PAIRWELL_RENEW=1 uv run pytest tests/conventions/test_operating.py` and commit the page.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from pydantic_core import PydanticUndefined

from service.settings import Settings

PAGE = Path(__file__).parents[2] / "docs" / "operating.md"
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
