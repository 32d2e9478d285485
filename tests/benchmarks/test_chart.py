"""The chart, as a document that can be read without seeing it."""

from __future__ import annotations

from itertools import pairwise
from xml.etree import ElementTree as ET

from benchmarks.chart import Line, draw

SVG = "{http://www.w3.org/2000/svg}"
LINES = (
    Line("pairwell", ((100.0, 0.02), (1_000.0, 0.2), (100_000.0, 50.0))),
    Line("A & B", ((100.0, 0.001), (1_000.0, 0.2))),
)


def drawn(*lines: Line) -> ET.Element:
    return ET.fromstring(  # noqa: S314  our own drawing
        draw("Growth", "Time against people.", lines)
    )


def texts(svg: ET.Element) -> list[str | None]:
    return [text.text for text in svg.iter(f"{SVG}text")]


def paths(svg: ET.Element, kind: str) -> list[str]:
    return [
        path.get("d", "")
        for path in svg.iter(f"{SVG}path")
        if path.get("class", "").split()[0] == kind
    ]


def test_it_is_an_image_with_a_title_and_a_description() -> None:
    svg = drawn(*LINES)
    assert svg.get("role") == "img"
    named = {svg.find(f"{SVG}title"), svg.find(f"{SVG}desc")}
    assert {element.get("id") for element in named if element is not None} == set(
        svg.get("aria-labelledby", "").split()
    )


def test_it_has_no_script_and_no_style_that_a_strict_policy_would_refuse() -> None:
    svg = drawn(*LINES)
    assert not list(svg.iter(f"{SVG}script"))
    assert not [element for element in svg.iter() if "style" in element.attrib]


def test_every_contestant_is_named_and_has_a_mark_of_its_own_for_every_point() -> None:
    svg = drawn(*LINES)
    assert {"pairwell", "A & B"} <= set(texts(svg))
    marks = paths(svg, "mark")
    assert [marks.count(mark) for mark in dict.fromkeys(marks)] == [3 + 1, 2 + 1]


def test_axes_are_logarithmic_over_whole_powers_of_ten() -> None:
    svg = drawn(*LINES)
    assert texts(svg)[:4] == ["100", "1,000", "10,000", "100,000"]
    assert texts(svg)[4:10] == ["0.001 s", "0.01 s", "0.1 s", "1 s", "10 s", "100 s"]
    start, middle, end = paths(svg, "line")[0].removeprefix("M").split("L")
    assert [float(point.split(",")[0]) for point in (start, middle, end)] == [70, 263.3, 650]


def test_names_do_not_overlap_where_lines_end_at_one_place() -> None:
    svg = drawn(*(Line(f"rival {n}", ((100.0, 1.0), (1_000.0, 2.0))) for n in range(7)))
    heights = sorted(
        float(text.get("y", "")) for text in svg.iter(f"{SVG}text") if "rival" in str(text.text)
    )
    gaps = [below - above for above, below in pairwise(heights)]
    assert min(gaps) >= 14
