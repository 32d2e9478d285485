"""The catalogue of issue codes says everything that the code can say, and nothing else."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGES = ("models", "solver", "scenarios", "service")
CATALOGUE = ROOT / "docs" / "issue-codes.md"
CODE = re.compile(r"[A-Z][A-Z0-9]*(_[A-Z0-9]+)+")
ROW = re.compile(r"^\| `([A-Z0-9_]+)` \| (error|warning|both) \| .+ \| .+ \|$", re.MULTILINE)


def test_every_code_that_the_source_uses_is_in_the_catalogue() -> None:
    assert sorted(_used() - set(_catalogued())) == []


def test_every_code_of_the_catalogue_is_used_in_the_source() -> None:
    assert sorted(set(_catalogued()) - _used()) == []


def test_the_catalogue_lists_each_code_once_in_alphabetical_order() -> None:
    listed = _catalogued()
    assert len(listed) == len(set(listed))
    for table in CATALOGUE.read_text(encoding="utf-8").split("\n## ")[1:]:
        codes = [code for code, _ in ROW.findall(table)]
        assert codes == sorted(codes)


def test_every_row_of_the_catalogue_is_complete() -> None:
    """A row that the pattern does not match would silently be no row at all."""
    text = CATALOGUE.read_text(encoding="utf-8")
    assert text.count("\n| `") == len(_catalogued())


def _catalogued() -> list[str]:
    return [code for code, _ in ROW.findall(CATALOGUE.read_text(encoding="utf-8"))]


def _used() -> set[str]:
    return {
        code
        for package in PACKAGES
        for path in (ROOT / package).rglob("*.py")
        if any(
            mark in (text := path.read_text(encoding="utf-8"))
            for mark in ("issue", "Issue", "ISSUE", "code=", "NotApplicableError")
        )
        for code in _codes_in(ast.parse(text))
    }


def _codes_in(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            if CODE.fullmatch(node.value) and not node.value.startswith("PAIRWELL_"):
                yield node.value
        elif isinstance(node, ast.Call) and getattr(node.func, "id", "") == "not_found":
            what = node.args[0]
            if isinstance(what, ast.Constant) and isinstance(what.value, str):
                yield f"{what.value.upper()}_UNKNOWN"
