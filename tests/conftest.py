"""Figures that tests tell are shown as soon as each is done, whichever process ran it.

What was imported to collect the tests stays for good. Looking through it for garbage again and
again took a quarter of the time of the quick suite.
"""

from __future__ import annotations

import gc

import pytest

OBJECTS_BEFORE_A_LOOK = 50_000

FIGURE = "figure"
"""The property of a test that is shown: `record_property(FIGURE, "R1: 200 kills, 0 lost")`."""


class Figures:
    """Shows them, in the process that reports; those that run tests have no terminal."""

    def __init__(self, config: pytest.Config) -> None:
        self._config = config

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Shows the figures of a test that is over, whether it passed or not."""
        terminal = self._config.pluginmanager.get_plugin("terminalreporter")
        if report.when == "call" and terminal is not None:
            for name, figure in report.user_properties:
                if name == FIGURE:
                    terminal.ensure_newline()
                    terminal.write_line(str(figure))


def pytest_configure(config: pytest.Config) -> None:
    """Show figures, unless another process reports what is done in this one."""
    gc.set_threshold(OBJECTS_BEFORE_A_LOOK, 20, 20)
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(Figures(config))


def pytest_collection_finish() -> None:
    """Look for no garbage among what was imported."""
    gc.collect()
    gc.freeze()
