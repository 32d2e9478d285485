"""A line chart on logarithmic axes as an SVG: no script, for light and dark screens alike.

Lines are told apart by their marks and their names at the ends, not by colour alone; title
and description are read out by screen readers, and the figures stand in the page's table.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import cycle
from xml.etree.ElementTree import Element, SubElement, indent, tostring

WIDTH, HEIGHT = 860, 520
LEFT, RIGHT, TOP, BOTTOM = 70, 650, 30, 460
NAME_HEIGHT = 19

STYLE = """
svg { background: #ffffff; font: 14px sans-serif; fill: #1b1b1b }
.grid { stroke: #d0d0d0; stroke-width: 1 }
.line { fill: none; stroke-width: 2.5 }
.leader { fill: none; stroke-width: 1; stroke-dasharray: 2 3 }
.c0 { stroke: #00629b; color: #00629b } .c1 { stroke: #a33c00; color: #a33c00 }
.c2 { stroke: #4c7a00; color: #4c7a00 } .c3 { stroke: #8a2a84; color: #8a2a84 }
.c4 { stroke: #b0002a; color: #b0002a } .c5 { stroke: #555555; color: #555555 }
.c6 { stroke: #007a72; color: #007a72 }
.mark { fill: currentColor; stroke: none }
@media (prefers-color-scheme: dark) {
  svg { background: #14181c; fill: #f0f0f0 }
  .grid { stroke: #3a4046 }
  .c0 { stroke: #6cb8f0; color: #6cb8f0 } .c1 { stroke: #ff9d5c; color: #ff9d5c }
  .c2 { stroke: #a9d65b; color: #a9d65b } .c3 { stroke: #e39be0; color: #e39be0 }
  .c4 { stroke: #ff8095; color: #ff8095 } .c5 { stroke: #b8b8b8; color: #b8b8b8 }
  .c6 { stroke: #4fd6c9; color: #4fd6c9 }
}
"""
COLOURS = tuple(f"c{number}" for number in range(7))
MARKS = (
    "M-5,0a5,5 0 1,0 10,0a5,5 0 1,0 -10,0z",
    "M-5,-5h10v10h-10z",
    "M0,-6L6,5H-6z",
    "M0,-7L7,0L0,7L-7,0z",
    "M0,6L6,-5H-6z",
    "M-6,-2h4v-4h4v4h4v4h-4v4h-4v-4h-4z",
    "M-6,-4L-4,-6L0,-2L4,-6L6,-4L2,0L6,4L4,6L0,2L-4,6L-6,4L-2,0z",
)


@dataclass(frozen=True)
class Line:
    """A contestant's name and its points: people, and seconds above 0."""

    name: str
    points: tuple[tuple[float, float], ...]


def draw(title: str, description: str, lines: Sequence[Line]) -> str:
    """The chart of time against people as a whole SVG document."""
    people = _Axis([x for line in lines for x, _ in line.points], LEFT, RIGHT)
    seconds = _Axis([y for line in lines for _, y in line.points], BOTTOM, TOP)
    svg = Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "viewBox": f"0 0 {WIDTH} {HEIGHT}",
            "role": "img",
            "aria-labelledby": "title description",
        },
    )
    _put(svg, "title", title, id="title")
    _put(svg, "desc", description, id="description")
    _put(svg, "style", STYLE)
    _draw_axes(svg, people, seconds)
    names = _names_apart([seconds.at(line.points[-1][1]) for line in lines])
    for line, colour, mark, y in zip(lines, cycle(COLOURS), cycle(MARKS), names, strict=False):
        places = [(people.at(x), seconds.at(y)) for x, y in line.points]
        _draw_line(svg, line.name, places, colour, mark, y)
    indent(svg)
    return tostring(svg, encoding="unicode") + "\n"


class _Axis:
    """Whole powers of ten around the values, laid between two places of the drawing."""

    def __init__(self, values: Sequence[float], start: float, end: float) -> None:
        self._low = math.floor(math.log10(min(values)))
        self._high = max(math.ceil(math.log10(max(values))), self._low + 1)
        self._start, self._end = start, end

    @property
    def ticks(self) -> list[float]:
        """The powers of ten."""
        return [10.0**power for power in range(self._low, self._high + 1)]

    def at(self, value: float) -> float:
        """Where a value lies, to a tenth."""
        share = (math.log10(value) - self._low) / (self._high - self._low)
        return round(self._start + share * (self._end - self._start), 1)


def _draw_axes(svg: Element, people: _Axis, seconds: _Axis) -> None:
    for tick in people.ticks:
        x = f"{people.at(tick):g}"
        _put(svg, "line", x1=x, x2=x, y1=f"{TOP}", y2=f"{BOTTOM}", **{"class": "grid"})
        _text(svg, f"{tick:,.0f}", people.at(tick), BOTTOM + 20, "middle")
    for tick in seconds.ticks:
        y = f"{seconds.at(tick):g}"
        _put(svg, "line", x1=f"{LEFT}", x2=f"{RIGHT}", y1=y, y2=y, **{"class": "grid"})
        _text(svg, f"{tick:,g} s", LEFT - 8, seconds.at(tick) + 5, "end")
    _text(svg, "people in the round", (LEFT + RIGHT) / 2, BOTTOM + 44, "middle")


def _draw_line(
    svg: Element,
    name: str,
    places: Sequence[tuple[float, float]],
    colour: str,
    mark: str,
    name_y: float,
) -> None:
    path = "M" + "L".join(f"{x:g},{y:g}" for x, y in places)
    _put(svg, "path", d=path, **{"class": f"line {colour}"})
    x, y = places[-1]
    leader = f"M{x:g},{y:g}L{RIGHT:g},{name_y:g}H{RIGHT + 14:g}"
    _put(svg, "path", d=leader, **{"class": f"leader {colour}"})
    for x, y in [*places, (RIGHT + 22, name_y)]:
        _put(
            svg, "path", d=mark, transform=f"translate({x:g},{y:g})", **{"class": f"mark {colour}"}
        )
    _text(svg, name, RIGHT + 34, name_y + 5, "start")


def _names_apart(ends: Sequence[float]) -> list[float]:
    """Heights for the names at the right: in the order of the lines' ends, not overlapping."""
    heights = list(ends)
    order = sorted(range(len(ends)), key=lambda n: (ends[n], n))
    lowest = TOP - NAME_HEIGHT + 0.0
    for n in order:
        heights[n] = lowest = max(ends[n], lowest + NAME_HEIGHT)
    highest = BOTTOM + NAME_HEIGHT + 0.0
    for n in reversed(order):
        heights[n] = highest = min(heights[n], highest - NAME_HEIGHT)
    return heights


def _text(svg: Element, words: str, x: float, y: float, anchor: str) -> None:
    _put(svg, "text", words, x=f"{x:g}", y=f"{y:g}", **{"text-anchor": anchor})


def _put(svg: Element, tag: str, text: str | None = None, **attributes: str) -> None:
    SubElement(svg, tag, attributes).text = text
