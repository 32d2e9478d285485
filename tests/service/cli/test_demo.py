"""`pairwell demo`: the main job from end to end, as a process of its own."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from service.cli import demo
from service.cli.failures import CommandFailed
from service.cli.serving import listen
from tests.service.cli.commands import pairwell

SCRIPT = "from service.cli.main import run; run()"


@contextmanager
def a_running_demo(folder: Path) -> Iterator[subprocess.Popen[str]]:
    """The demo on a free port; it is stopped as a user would stop it."""
    process = subprocess.Popen(
        [sys.executable, "-c", SCRIPT, "demo", "--port", "0", "--folder", str(folder)],
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        with process:
            yield process
            process.send_signal(signal.SIGINT)
            assert process.stdout is not None
            process.stdout.read()
    finally:
        process.kill()


def lines_until(process: subprocess.Popen[str], last: str) -> str:
    assert process.stdout is not None
    lines = []
    for line in process.stdout:
        lines.append(line)
        if last in line:
            break
    return "".join(lines)


def signed_in_as(shown: str) -> str:
    """The role that the link which was shown gives whoever follows it."""
    found = re.search(r"Sign in, once .*: (http://\S+)", shown)
    assert found is not None, shown
    address = urlsplit(found[1])
    connection = HTTPConnection(address.netloc, timeout=30)
    try:
        connection.request("GET", address.path)
        answer = connection.getresponse()
        assert answer.status == 303, answer.read()
        cookie = answer.headers["set-cookie"].partition(";")[0]
        answer.read()
        connection.request("GET", answer.headers["location"], headers={"cookie": cookie})
        return str(json.load(connection.getresponse())["role"])
    finally:
        connection.close()


@pytest.mark.slow
def test_the_demo_shows_the_pairs_and_serves_them(tmp_path: Path) -> None:
    with a_running_demo(tmp_path / "demo") as process:
        shown = lines_until(process, "Ctrl-C")
        example = re.search(r'-H "(Authorization): (Bearer pw_\S+)" \\\n\s+(http\S+)', shown)
        assert example is not None, shown
        header, key, address = example.groups()
        request = urllib.request.Request(address, headers={header: key})  # noqa: S310
        with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310
            assert json.load(answer)["items"][0]["mentor"].startswith("mentor-")
        assert signed_in_as(shown) == "planner"
    assert process.returncode == 0
    assert str(tmp_path / "demo" / "pairwell.sqlite3") in shown
    assert "1,997.000" in shown
    assert shown.count("certified optimal") == 4
    assert "mentor-0001" in shown


def test_it_can_end_with_the_result(tmp_path: Path) -> None:
    done = pairwell("demo", "--no-serve", "--folder", tmp_path)
    assert done.exit_code == 0
    assert "certified optimal" in done.stdout
    assert "curl" not in done.stdout


def test_a_folder_that_cannot_be_made_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    done = pairwell("demo", "--no-serve", "--folder", tmp_path / "file")
    assert done.exit_code == 1
    assert "File exists" in done.stderr


def test_a_usual_port_that_is_taken_gives_way_to_a_free_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with listen(demo.HOST, 0) as taken:
        usual = taken.getsockname()[1]
        monkeypatch.setattr(demo, "USUAL_PORT", usual)
        with demo._listen(None) as listening:
            assert listening.getsockname()[1] != usual
        with pytest.raises(CommandFailed):
            demo._listen(usual)
