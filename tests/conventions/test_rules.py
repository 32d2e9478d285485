"""What every rule, every fairness mode and every change owes to whoever reads it.

A new one is held to it without a word here.
"""

from __future__ import annotations

import ast
import inspect
from pathlib import Path

import pytest

from scenarios.change import all_changes
from solver.modes import all_modes
from solver.named import Named
from solver.rulebook import all_rules

ROOT = Path(__file__).parents[2]
FOLDERS = (
    *("solver.eligibility", "solver.constraints", "solver.objectives", "solver.fairness"),
    "scenarios.changes",
)

each_rule = pytest.mark.parametrize(
    "rule",
    [*all_rules().values(), *all_modes().values(), *all_changes().values()],
    ids=lambda rule: rule.__module__.partition(".")[2],
)


@each_rule
def test_a_rule_has_a_test_file_of_its_name(rule: type[Named]) -> None:
    folder = _source_of(rule).parent.relative_to(ROOT)
    test = ROOT / "tests" / folder / f"test_{rule.name}.py"
    assert test.is_file(), f"{rule.name} needs its tests in {test.relative_to(ROOT)}"
    written = ast.parse(test.read_text(encoding="utf-8"))
    assert any(_is_a_test(node) for node in written.body), f"{test.name} holds no test"


@each_rule
def test_a_rule_says_in_whole_sentences_what_it_means(rule: type[Named]) -> None:
    """The docstring is what planners read."""
    meaning = rule.meaning()
    assert meaning, f"{rule.name} has no docstring"
    assert meaning[0].isupper()
    assert meaning.endswith(".")
    assert len(meaning) > 30


@each_rule
def test_a_rule_is_named_as_its_file_and_its_class(rule: type[Named]) -> None:
    source = _source_of(rule)
    assert source.stem == rule.name
    assert rule.__module__.rpartition(".")[0] in FOLDERS
    assert rule.__name__ == "".join(word.capitalize() for word in rule.name.split("_"))


@each_rule
def test_a_rule_imports_no_other_rule(rule: type[Named]) -> None:
    imported = _imports(_source_of(rule))
    others = [f"{folder}." for folder in FOLDERS]
    assert not [name for name in imported if name.startswith(tuple(others))]


def test_every_file_in_the_rules_folders_is_a_rule() -> None:
    files = {
        path.stem
        for folder in FOLDERS
        for path in ROOT.joinpath(*folder.split(".")).glob("*.py")
        if path.stem != "__init__"
    }
    assert files == all_rules().keys() | all_modes().keys() | all_changes().keys()


def test_no_other_source_names_a_rule() -> None:
    """Adding a rule touches no other source file, so none may know a rule by import."""
    packages = [ROOT / name for name in ("models", "solver", "scenarios", "service")]
    sources = [path for package in packages for path in package.rglob("*.py")]
    knowing = {
        str(path.relative_to(ROOT)): name
        for path in sources
        for name in _imports(path)
        for folder in FOLDERS
        if name.startswith(f"{folder}.")
    }
    assert not knowing


def _source_of(rule: type[Named]) -> Path:
    return Path(inspect.getfile(rule))


def _is_a_test(node: ast.stmt) -> bool:
    return isinstance(node, ast.FunctionDef) and node.name.startswith("test_")


def _imports(source: Path) -> list[str]:
    names: list[str] = []
    for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names += [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
    return names
