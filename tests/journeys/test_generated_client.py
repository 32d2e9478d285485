"""A client that a stranger's generator makes of our OpenAPI document goes the whole way."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from service.cli.serving import listen
from service.main import create_service
from service.settings import Settings
from tests.reliability.callers import a_key
from tests.reliability.processes import an_api, ended_at_last
from tests.reliability.rounds import a_small_document, prepared

JOURNEY = Path(__file__).with_name("generated_client_journey.py")
GENERATOR = "openapi-python-client==0.29.1"
NEEDED = ("attrs", "httpx", "python-dateutil")
"""What a generated client is written against."""

pytestmark = pytest.mark.slow


def test_a_generated_client_goes_from_a_draft_to_published_and_withdrawn(tmp_path: Path) -> None:
    settings = prepared(tmp_path)
    _generate(settings, tmp_path)
    shutil.copy(JOURNEY, tmp_path)
    with (
        listen("127.0.0.1", 0) as listening,
        ended_at_last([an_api(settings, tmp_path / "log", listening)]),
    ):
        host, port = listening.getsockname()
        seen = _journey(tmp_path, f"http://{host}:{port}", a_key(settings))
    assert seen == {
        "late": [412, "ROUND_CHANGED"],
        "kept": ["Edited", 13],
        "run": ["solved", False],
        "end": True,
        "pairs": 6,
        "verdict": seen["verdict"],
        "published": "published",
        "withdrawn": "withdrawn",
        "rounds": 2,
        "acts": ["create", "edit", "solve", "finish", "publish", "withdraw"],
    }
    assert seen["verdict"] in ("dominated", "tied", "ineligible")


def _generate(settings: Settings, folder: Path) -> None:
    """Makes the package `client` in the folder; a warning of the generator is a failure."""
    schema = create_service(settings).openapi_schema.to_schema()
    (folder / "openapi.json").write_text(json.dumps(schema), encoding="utf-8")
    told = _run(
        *("uvx", GENERATOR, "generate", "--path", "openapi.json"),
        *("--output-path", "client", "--meta", "none", "--fail-on-warning"),
        cwd=folder,
    )
    assert told.split() == ["Generating", "client"], told


def _journey(folder: Path, address: str, key: str) -> dict[str, Any]:
    needed = [part for name in NEEDED for part in ("--with", name)]
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    told = _run(
        *("uv", "run", "--no-project", "--isolated", "--python", version, *needed),
        *("python", JOURNEY.name, address, key),
        cwd=folder,
        given=json.dumps(a_small_document(0)),
    )
    seen: dict[str, Any] = json.loads(told.splitlines()[-1])
    return seen


def _run(*command: str, cwd: Path, given: str = "") -> str:
    ended = subprocess.run(command, cwd=cwd, input=given, capture_output=True, text=True)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return ended.stdout
