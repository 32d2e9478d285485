"""Blocking work beside the event loop, in a thread that never holds up the process's end."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Future
from threading import Thread
from typing import TypeVar

Value = TypeVar("Value")


def in_daemon_thread(work: Callable[[], Value]) -> asyncio.Future[Value]:
    """The future value of some work. A pool's threads would be waited for at exit; this is not."""
    future: Future[Value] = Future()

    def run() -> None:
        future.set_running_or_notify_cancel()
        try:
            future.set_result(work())
        except BaseException as error:
            future.set_exception(error)

    Thread(target=run, daemon=True).start()
    return asyncio.wrap_future(future)
