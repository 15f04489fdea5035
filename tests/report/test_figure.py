"""Pictures made on our side from descriptions: the same bytes each time, and whatever a student drew."""

# ruff: noqa: SIM300 - the order of this house is expected == actual

from __future__ import annotations

from xml.etree import ElementTree as ET

import numpy as np
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from grader.exercise.drawing import Drawing, Line, drawing
from grader.report.figure import draw_pair

SVG = "{http://www.w3.org/2000/svg}"
CURVE = Line("line", "entropy", np.array([0.1, 1.0, 10.0]), np.array([0.0, 0.5, 1.0]), 3, "-")
LEVEL = Line("horizontal", "log V", np.array([0.0, 1.0]), np.array([1.1, 1.1]), 2, "--")
FIGURE = Drawing("log", "linear", "tau", "H", "entropy", (0.1, 10.0), (0.0, 1.2), ("entropy",), (), (CURVE, LEVEL))
TEXTS = st.text(max_size=8) | st.sampled_from(["$", "$\\frac{", "_x", "<script>", "\x1b[31m"])
NUMBERS = arrays.arrays(np.float64, st.integers(0, 4))
LIMITS = st.none() | st.tuples(st.floats(), st.floats())
SCALES = st.sampled_from(["linear", "log", "logit", "nonsense"])
LINES = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(["line", "horizontal", "vertical", "segment", "points"]),
        "label": TEXTS,
        "linestyle": TEXTS,
        "xdata": NUMBERS,
        "ydata": NUMBERS,
    }
)
ODD = st.one_of(st.none(), st.integers(), TEXTS, st.lists(TEXTS, max_size=2), st.dictionaries(TEXTS, TEXTS, max_size=2))


def parsed(svg: bytes) -> ET.Element:
    """Return a picture as its reader sees it."""
    return ET.fromstring(svg)  # noqa: S314 - whether our own pictures can be parsed is what is tested


def test_the_same_drawings_are_the_same_bytes() -> None:
    """No date, no counter and no random name is in a picture."""
    assert draw_pair(FIGURE, Drawing()) == draw_pair(FIGURE, Drawing())
    assert draw_pair(FIGURE, Drawing(), form="png") == draw_pair(FIGURE, Drawing(), form="png")


def test_both_forms_are_what_they_say() -> None:
    """SVG and PNG begin as such files do; in SVG a text is text, whatever it holds, and never markup."""
    svg = draw_pair(FIGURE, drawing({"title": "<script>alert(1)</script>"}), names=("esperado", "obtenido"))
    assert (b"<?xml", b"\x89PNG") == (svg[:5], draw_pair(FIGURE, FIGURE, form="png")[:4])
    texts = [element.text for element in parsed(svg).iter(f"{SVG}text")]
    assert {"esperado: entropy", "obtenido: <script>alert(1)</script>", "log V", "tau"} <= set(texts)
    assert [] == list(parsed(svg).iter(f"{SVG}script"))


def test_a_date_or_a_machine_is_not_in_a_picture() -> None:
    """Nothing but the drawings decides the bytes, so that a picture can be compared with an older one."""
    svg = draw_pair(FIGURE, FIGURE)
    assert (b"<dc:date>" in svg, b"/tmp" in svg, b"/home" in svg) == (False, False, False)


@settings(max_examples=20, deadline=None, phases=[Phase.generate])  # shrinking pictures takes minutes
@given(SCALES, TEXTS, LIMITS, st.lists(LINES, max_size=2))
def test_whatever_is_told_can_be_drawn(
    scale: str, text: str, limits: tuple[float, float] | None, lines: list[dict[str, object]]
) -> None:
    """Texts that look like formulas, limits that no scale has, numbers as large as floats."""
    told = {"xscale": scale, "yscale": scale, "xlim": limits, "ylim": limits, "lines": lines}
    told |= {"title": text, "xlabel": text, "ylabel": text, "legend": [text]}
    assert b"\x89PNG" == draw_pair(FIGURE, drawing(told), form="png")[:4]
    assert f"{SVG}svg" == parsed(draw_pair(FIGURE, drawing(told))).tag


@given(st.dictionaries(st.sampled_from(["xscale", "title", "xlim", "legend", "lines", "collections"]), ODD) | ODD)
def test_whatever_comes_is_read_as_a_drawing(value: object) -> None:
    """What is not of the expected kind is left out, so a check can look at every part."""
    read = drawing(value)
    assert isinstance(read.title, str)
    assert all(isinstance(text, str) for text in read.legend)
    assert () == read.lines or isinstance(read.lines[0], Line)


@pytest.mark.parametrize(
    ("line", "level"),
    [
        (LEVEL, 1.1),
        (Line("line", ydata=np.array([2.0, 2.0, 2.0])), 2.0),
        (Line("segment", ydata=np.array([3.0, 3.0])), 3.0),
        (Line("vertical", ydata=np.array([0.0, 0.0])), None),
        (Line("points", ydata=np.array([0.0])), None),
        (Line("line", ydata=np.array([np.nan, np.nan])), None),
        (Line(), None),
        (CURVE, None),
    ],
)
def test_a_level_is_one_whichever_way_it_was_drawn(line: Line, level: float | None) -> None:
    """Across the Axes, from point to point, or as a constant curve."""
    assert level == line.level
