"""What the core may import: no engine where a stranger judges, no clock, no chance.

The layers themselves are import-linter's contracts, in `pyproject.toml`.
"""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CORE = (ROOT / "models" / "domain", ROOT / "models" / "reference", ROOT / "solver")

WORLD = ("os", "random", "resource", "secrets", "signal", "socket", "subprocess", "threading")
CLOCKS = ("time", "datetime", "uuid")
MAY_KNOW_THE_WORLD = {
    "solver/relaxation/highs.py": {"datetime"},
    "solver/search/child.py": {"ctypes", "os", "resource", "signal"},
    "solver/search/clock.py": {"time"},
    "solver/search/outcome.py": {"signal"},
    "solver/search/pipes.py": {"os", "queue", "subprocess", "threading"},
    "solver/search/process.py": {"os", "signal", "subprocess", "time"},
    "solver/searches.py": {"time"},
}
TYPES_OF_TIMES_AND_KEYS = {
    "models/domain/account.py": {"datetime", "uuid"},
    "models/domain/api_key.py": {"datetime", "uuid"},
    "models/domain/audit.py": {"datetime"},
    "models/domain/change_by_hand.py": {"datetime", "uuid"},
    "models/domain/event.py": {"datetime", "uuid"},
    "models/domain/round.py": {"datetime", "uuid"},
    "models/domain/run.py": {"datetime", "uuid"},
    "models/domain/webhook.py": {"datetime", "uuid"},
    "models/domain/session.py": {"datetime", "uuid"},
}
"""They hold moments and keys that somebody else has taken; the test below sees to it."""

KNOW_AN_ENGINE = ("solver/relaxation/", "solver/search/")


def sources() -> list[Path]:
    return sorted(path for folder in CORE for path in folder.rglob("*.py"))


@pytest.mark.parametrize("module", ["solver.judge.verify", "solver.report", "solver.intake"])
def test_what_a_stranger_needs_imports_no_solver(module: str) -> None:
    """Nor anything that would bring one in by another way."""
    script = f"import sys, {module}; print([m for m in sys.modules if 'ortools' in m])"
    told = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert told.stdout == "[]\n"


def test_only_relaxation_and_search_import_an_engine() -> None:
    knowing = {name_of(path) for path in sources() if "ortools" in imports(path)}
    assert knowing
    assert all(name.startswith(KNOW_AN_ENGINE) for name in knowing)


def test_the_core_knows_no_clock_no_chance_and_no_environment() -> None:
    """But for the files that start, bound and time a solve, which are named here."""
    found = {
        name_of(path): known
        for path in sources()
        if (known := imports(path) & {*WORLD, *CLOCKS, "ctypes", "queue", "multiprocessing"})
    }
    assert found == MAY_KNOW_THE_WORLD | TYPES_OF_TIMES_AND_KEYS


@pytest.mark.parametrize("name", TYPES_OF_TIMES_AND_KEYS)
def test_a_model_asks_no_clock_for_its_times_and_draws_no_keys(name: str) -> None:
    tree = ast.parse((ROOT / name).read_text(encoding="utf-8"))
    called = {node.func.attr for node in ast.walk(tree) if _is_method_call(node)}
    assert not called & {"now", "utcnow", "today", "uuid1", "uuid4"}


def test_the_core_draws_no_numbers() -> None:
    """Not even seeded ones: the tie rule is a hash that anybody can repeat."""
    drawing = [
        name_of(path)
        for path in sources()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr in ("random", "default_rng", "shuffle")
    ]
    assert not drawing


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def imports(path: Path) -> set[str]:
    """The top-level packages that a file imports, anywhere in it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.partition(".")[0])
    return found


def _is_method_call(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
