"""What a real browser says of the pages: nothing that the policy had to block (S8).

The policy allows the service's own files alone, so a page that asks for anything else says so on
the browser's console, as the control does.
"""

from __future__ import annotations

import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import uvicorn
from litestar import Litestar, MediaType, get
from litestar.routes import HTTPRoute

from service.api.guards import open_to_everybody
from service.cli.serving import address_of, listen, server_config
from service.main import create_service
from tests.service.services import LONG_ENOUGH, a_service, solve_at_once, some_settings

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")

pytestmark = [
    pytest.mark.only_on("sqlite"),
    pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium on this machine"),
]


@get("/control", guards=[open_to_everybody], media_type=MediaType.HTML, include_in_schema=False)
async def control() -> str:
    """A page that does what no page may."""
    return (
        '<!doctype html><title>x</title><p style="color: red">x<script>document.title = 1</script>'
        '<img alt="" src="https://elsewhere.example/x.png">'
    )


@pytest.mark.slow
def test_no_page_does_what_the_policy_has_to_block(tmp_path: Path) -> None:
    with a_service(tmp_path):
        pass  # its database is there from now on
    app = create_service(some_settings(tmp_path), solve_at_once)
    app.register(control)
    with _serving(app, tmp_path) as address:
        blocked = {path: _blocked(f"{address}{path}") for path in _pages(app)}
    assert len(blocked.pop("/control")) == 3
    assert blocked
    assert not any(blocked.values()), blocked
    print(f"{len(blocked)} pages, nothing blocked")


def _pages(app: Litestar) -> list[str]:
    return [
        route.path
        for route in app.routes
        if isinstance(route, HTTPRoute)
        for handler in route.route_handlers
        if handler.media_type == MediaType.HTML and not route.path_parameters
    ]


def _blocked(address: str) -> list[str]:
    """What Chromium writes to its console about the policy while it shows a page."""
    done = subprocess.run(
        [str(CHROMIUM), "--headless", "--no-sandbox", "--disable-gpu", "--enable-logging=stderr",
         "--log-level=0", "--dump-dom", address],
        capture_output=True,
        text=True,
        timeout=LONG_ENOUGH,
        check=True,
    )  # fmt: skip
    assert "<title>" in done.stdout
    return [line for line in done.stderr.splitlines() if "Content Security Policy" in line]


@contextmanager
def _serving(app: Litestar, folder: Path) -> Iterator[str]:
    with listen("127.0.0.1", 0) as listening:
        server = uvicorn.Server(server_config(app, some_settings(folder)))
        thread = threading.Thread(target=server.run, args=([listening],))
        thread.start()
        try:
            yield address_of(listening)
        finally:
            server.should_exit = True
            thread.join(LONG_ENOUGH)
