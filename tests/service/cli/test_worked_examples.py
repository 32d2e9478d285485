"""The worked examples of the documentation do what they say, line by line.

A page gives a file as its name in a line of its own, followed by a block, and shows a session as
a `console` block: each command after `$`, and below it what it prints, if that is shown.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.service.cli.commands import pairwell

DOCS = Path(__file__).parents[3] / "docs"
FILE = re.compile(r"^`(\S+\.json)`:\n\n```json\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SESSION = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PAGES = ("rematching", "weights")


@pytest.mark.slow
@pytest.mark.parametrize("page", PAGES)
def test_a_page_shows_what_its_commands_print(
    page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = (DOCS / f"{page}.md").read_text("utf-8")
    for name, content in FILE.findall(text):
        (tmp_path / name).write_text(content, "utf-8")
    monkeypatch.chdir(tmp_path)
    asked = list(_asked(text))
    assert asked
    for command, shown in asked:
        program, *arguments = shlex.split(command)
        done = pairwell(*arguments)
        assert (program, done.exit_code) == ("pairwell", 0), f"{command}\n{done.output}"
        if shown:
            assert done.stdout.splitlines() == shown, command


def _asked(text: str) -> Iterator[tuple[str, list[str]]]:
    """Every command of a page in order, with the lines shown below it."""
    for session in SESSION.findall(text):
        for told in re.split(r"^\$ ", session, flags=re.MULTILINE)[1:]:
            command, *shown = told.splitlines()
            yield command, shown
