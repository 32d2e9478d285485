"""The habits that keep the house in order, held by tests."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LONGEST = 300
SOURCES = sorted(
    path
    for folder in ("models", "solver", "scenarios", "service", "tests", "benchmarks")
    for path in (ROOT / folder).rglob("*.py")
)


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: str(p.relative_to(ROOT)))
def test_no_file_is_longer_than_300_lines(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= LONGEST


def test_no_file_has_a_name_that_says_nothing() -> None:
    vague = {"utils", "util", "helpers", "helper", "manager", "misc", "common"}
    assert [path for path in SOURCES if path.stem in vague] == []


def test_ci_runs_the_test_command_of_the_readme() -> None:
    """The command is read out of the README, so there has to be exactly one."""
    commands = re.findall(r"^    (.*uv run pytest)$", (ROOT / "README.md").read_text(), re.M)
    assert len(commands) == 1
    assert "README.md" in (ROOT / ".ci" / "run").read_text()


def test_every_decision_record_is_one_page() -> None:
    for record in (ROOT / "docs" / "decisions").glob("*.md"):
        assert len(record.read_text().splitlines()) <= 60, record.name


def test_no_tracked_file_names_a_registry_host_or_a_path_of_a_machine() -> None:
    hosts = ["files.python" + "hosted.org", "pypi" + ".org", "registry.npm" + "js.org"]
    paths = ["/work/" + "main", "/work/" + "shared", "/ro" + "ot/"]
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True)
    if listed.returncode:
        pytest.skip("not a git checkout")
    found = [
        f"{name}: {word}"
        for name in listed.stdout.splitlines()
        for word in (*hosts, *paths)
        if word in (ROOT / name).read_bytes().decode("utf-8", "replace")
    ]
    assert found == []
