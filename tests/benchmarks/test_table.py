"""Tables as they are printed."""

from __future__ import annotations

from benchmarks.table import number, table


def test_a_table_is_markdown_with_its_columns_under_each_other() -> None:
    printed = table(("size", "s"), [("large", "20.10"), ("small", "0.2")])
    assert printed.splitlines() == [
        "| size  |     s |",
        "| ----- | ----: |",
        "| large | 20.10 |",
        "| small |   0.2 |",
    ]


def test_a_number_has_its_thousands_apart() -> None:
    assert number(34048.0) == "34,048"
    assert number(1234.567, 1) == "1,234.6"
