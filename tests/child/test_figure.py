"""What is told of a drawing: every line with its numbers, every text, and nothing of what somebody replaced."""

# ruff: noqa: SIM300 - the order of this house is expected == actual

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from matplotlib.axes import Axes

from grader.child.builders import make_axes
from grader.child.figure import LINES, POINTS, TEXT, describe

X = np.array([0.1, 1.0, 10.0])
Y = np.array([0.0, 0.5, 1.0])


def only_line(axes: Axes) -> dict[str, Any]:
    """Return the description of the one line that was drawn."""
    (line,) = describe(axes)["lines"]
    return line


def test_an_empty_axes_is_told_as_one() -> None:
    """Nothing drawn is an ordinary answer, not a fault."""
    told = describe(make_axes())
    assert told.pop("xlim") == told.pop("ylim") == (0.0, 1.0)
    assert {
        **dict.fromkeys(("xscale", "yscale"), "linear"),
        **dict.fromkeys(("xlabel", "ylabel", "title"), ""),
        **{name: [] for name in ("legend", "texts", "lines")},
        **dict.fromkeys(("collections", "patches"), 0),
    } == told


def test_scales_texts_and_the_legend_are_told() -> None:
    """Every text is where it was put."""
    axes = make_axes()
    axes.semilogx(X, Y, label="curve")
    axes.set(xlabel="tau", ylabel="H", title="entropy", xlim=(0.01, 100.0), ylim=(-1.0, 2.0))
    axes.text(1.0, 1.0, "log V")
    axes.annotate("log m", (1.0, 0.0))
    axes.legend()
    axes.fill_between(X, Y)
    told = describe(axes)
    assert ("log", "linear", "tau", "H", "entropy") == tuple(
        told[name] for name in ("xscale", "yscale", "xlabel", "ylabel", "title")
    )
    assert ((0.01, 100.0), (-1.0, 2.0)) == (told["xlim"], told["ylim"])
    assert (["curve"], ["log V", "log m"], 1, 0) == tuple(
        told[name] for name in ("legend", "texts", "collections", "patches")
    )


def test_a_legend_of_the_figure_is_read_as_well() -> None:
    """It names the lines, too, wherever it stands."""
    axes = make_axes()
    axes.plot(X, Y, label="curve")
    axes.legend()
    axes.figure.legend([axes.axhline(1.0)], ["log V"])
    assert ["curve", "log V"] == describe(axes)["legend"]


def test_a_plotted_line_is_told_with_its_numbers() -> None:
    """The numbers are floats, whatever they were."""
    axes = make_axes()
    axes.plot([1, 2, 3], (4, 5, 6), "--", label="mine")
    line = only_line(axes)
    assert ("line", "mine", "--", 3) == tuple(line[name] for name in ("kind", "label", "linestyle", "points"))
    np.testing.assert_array_equal(line["xdata"], [1.0, 2.0, 3.0])
    np.testing.assert_array_equal(line["ydata"], [4.0, 5.0, 6.0])
    assert np.float64 == line["xdata"].dtype


@pytest.mark.parametrize(
    ("draw", "kind", "x", "y"),
    [
        (lambda axes: axes.axhline(2.0), "horizontal", [0.0, 1.0], [2.0, 2.0]),
        (lambda axes: axes.axvline(3.0), "vertical", [3.0, 3.0], [0.0, 1.0]),
        (lambda axes: axes.axline((1, 2.0), (5.0, 2.0)), "horizontal", [0.0, 1.0], [2.0, 2.0]),
        (lambda axes: axes.axline((3.0, 1.0), (3.0, 2.0)), "vertical", [3.0, 3.0], [0.0, 1.0]),
        (lambda axes: axes.axline((1.0, 2.0), (10.0, 2.5)), "line", [1.0, 10.0], [2.0, 2.5]),
        (lambda axes: axes.hlines(2.0, 1.0, 5.0), "segment", [1.0, 5.0], [2.0, 2.0]),
        (lambda axes: axes.vlines(2.0, 1.0, 5.0), "segment", [2.0, 2.0], [1.0, 5.0]),
        (lambda axes: axes.scatter([1.0, 2.0], [3.0, 4.0]), "points", [1.0, 2.0], [3.0, 4.0]),
        (lambda axes: axes.step(X, Y), "line", X, Y),
        (lambda axes: axes.plot(Y), "line", [0.0, 1.0, 2.0], Y),
        (lambda axes: axes.plot(np.ma.masked_equal(X, 1.0), Y), "line", [0.1, np.nan, 10.0], Y),
    ],
)
@pytest.mark.parametrize("late", [False, True], ids=["log before", "log after"])
def test_each_way_to_draw_a_line_has_its_kind(
    draw: Callable[[Axes], object], kind: str, x: object, y: object, *, late: bool
) -> None:
    """Levels and uprights are told from curves, before and after the scale is set; names made up are left out."""
    axes = make_axes()
    if not late:
        axes.set_xscale("log")
    draw(axes)
    axes.set_xscale("log")
    line = only_line(axes)
    assert (kind, "") == (line["kind"], line["label"])
    np.testing.assert_array_equal(line["xdata"], x)
    np.testing.assert_array_equal(line["ydata"], y)


@pytest.mark.parametrize(
    ("slope", "kind", "x", "y"),
    [
        (0.0, "horizontal", [0.0, 1.0], [2.0, 2.0]),
        (np.inf, "vertical", [3.0, 3.0], [0.0, 1.0]),
        (0.5, "line", [3.0, 4.0], [2.0, 2.5]),
    ],
)
def test_a_line_through_a_point_is_told_by_its_slope(slope: float, kind: str, x: object, y: object) -> None:
    """Matplotlib draws one on linear axes only."""
    axes = make_axes()
    axes.axline((3.0, 2.0), slope=slope, label="log V")
    line = only_line(axes)
    assert (kind, "log V") == (line["kind"], line["label"])
    np.testing.assert_array_equal(line["xdata"], x)
    np.testing.assert_array_equal(line["ydata"], y)


def test_much_is_capped() -> None:
    """Points, lines and texts end somewhere; how many points there are is told."""
    axes = make_axes()
    axes.plot(np.arange(POINTS + 5.0), label="x" * 1000)
    axes.hlines(np.arange(LINES + 5.0), 0.0, 1.0)
    first, *others = describe(axes)["lines"]
    assert (POINTS, POINTS + 5, TEXT, LINES - 1) == (
        first["ydata"].size,
        first["points"],
        len(first["label"]),
        len(others),
    )


def test_what_is_no_text_becomes_an_empty_one() -> None:
    """A replaced method may return anything; a text of a class of its own is none."""

    class Loud(str):
        __slots__ = ()

    axes = make_axes()
    axes.get_title = lambda: Loud("boo")  # type: ignore[method-assign]
    axes.get_xlabel = lambda: 7  # type: ignore[method-assign, assignment, return-value]
    assert ("", "") == (describe(axes)["title"], describe(axes)["xlabel"])
