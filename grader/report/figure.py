"""Figures: a drawing that a child described, drawn again on our side, as a picture to look at.

No picture ever crosses the fence: what a student drew arrives as numbers and texts, and these may be anything. So
texts are written letter by letter and never read as mathematics or as markup, and what cannot be drawn is left out.
The same description always gives the same bytes.
"""

from __future__ import annotations

import io
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray

from grader.exercise.drawing import Drawing, Limits, Line, Numbers
from grader.report.clean import one_line

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.text import Text

SIZE = (4.8, 3.6)  # inches of one drawing
STYLES = ("-", "--", "-.", ":")
LARGEST, SMALLEST = 1e100, 1e-100  # what is beyond is left out: matplotlib's margins and ticks must be floats, too
APART = 1e-6  # of their size: limits closer together have no room for ticks
LONGEST = 60
NAMES = ("expected", "got")
ONE_AT_A_TIME = threading.Lock()  # matplotlib's settings are those of all threads


def draw_pair(
    expected: Drawing,
    got: Drawing,
    *,
    form: Literal["svg", "png"] = "svg",
    names: tuple[str, str] = NAMES,
) -> bytes:
    """Return one picture of two drawings side by side.

    Parameters
    ----------
    expected, got : Drawing
        The reference's and the student's, as `grader.exercise.drawing.drawing` reads them.
    form : str
        What to make: ``svg``, in which texts stay texts that can be searched and read out, or ``png``.
    names : pair of str
        What stands above each, in the reader's language.
    """
    with ONE_AT_A_TIME, _settings():
        try:
            return _picture((expected, got), names, form)
        except (ArithmeticError, ValueError):  # numbers that matplotlib finds no ticks for
            return _picture((expected, Drawing(title=got.title)), names, form)


def _picture(drawings: tuple[Drawing, Drawing], names: tuple[str, str], form: str) -> bytes:
    from matplotlib.backends.backend_agg import FigureCanvasAgg  # noqa: PLC0415 - loaded when somebody looks
    from matplotlib.figure import Figure  # noqa: PLC0415 - the same

    figure = Figure(figsize=(2 * SIZE[0], SIZE[1]), layout="constrained")
    FigureCanvasAgg(figure)
    for axes, name, drawn in zip(figure.subplots(1, 2), names, drawings, strict=True):
        _draw(axes, name, drawn)
    if (layout := figure.get_layout_engine()) is not None:  # once, and then not again: saving would draw all twice
        layout.execute(figure)
        figure.set_layout_engine(None)
    made = io.BytesIO()
    figure.savefig(made, format=form, dpi=100, metadata={"Date": None} if form == "svg" else {"Software": None})
    return made.getvalue()


@contextmanager
def _settings() -> Iterator[None]:
    """Draw as matplotlib does by itself, whatever the settings of this machine, and keep its complaints quiet."""
    import matplotlib as mpl  # noqa: PLC0415 - loaded when somebody looks

    with warnings.catch_warnings(), mpl.rc_context(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        mpl.rcdefaults()
        mpl.rc("svg", hashsalt="softmax-grader", fonttype="none")
        mpl.rc("axes.formatter", useoffset=False)
        yield


def _draw(axes: Axes, name: str, drawn: Drawing) -> None:
    axes.set_xscale("log" if drawn.xscale == "log" else "linear")
    axes.set_yscale("log" if drawn.yscale == "log" else "linear")
    for line in drawn.lines:
        _draw_line(axes, line)
    _limit(axes, drawn)
    title = axes.set_title(f"{name}: {_clean(drawn.title)}" if drawn.title else name)
    _plain(title, axes.set_xlabel(_clean(drawn.xlabel)), axes.set_ylabel(_clean(drawn.ylabel)))
    if drawn.legend and axes.get_legend_handles_labels()[1]:
        _plain(*axes.legend(loc="best").get_texts())


def _draw_line(axes: Axes, line: Line) -> None:
    keep = _possible(line.xdata, axes.get_xscale()) & _possible(line.ydata, axes.get_yscale())
    x, y = line.xdata[keep], line.ydata[keep]
    label = _clean(line.label)
    label = f" {label}" if label.startswith("_") else label  # which matplotlib would take for a name of its own
    style = line.linestyle if line.linestyle in STYLES else "-"
    if line.kind == "points":
        axes.plot(x, y, linestyle="", marker="o", label=label)
    elif line.kind == "horizontal" and y.size:
        axes.axhline(float(y[0]), linestyle=style, color="gray", label=label)
    elif line.kind == "vertical" and x.size:
        axes.axvline(float(x[0]), linestyle=style, color="gray", label=label)
    else:
        axes.plot(x, y, linestyle=style, marker="o" if x.size == 1 else "", label=label)


def _limit(axes: Axes, drawn: Drawing) -> None:
    """Set the limits that were told, as far as an Axes of these scales can have them."""
    if drawn.xlim is not None and _apart(drawn.xlim, axes.get_xscale()):
        axes.set_xlim(drawn.xlim)
    if drawn.ylim is not None and _apart(drawn.ylim, axes.get_yscale()):
        axes.set_ylim(drawn.ylim)


def _apart(limits: Limits, scale: str) -> bool:
    low, high = sorted(limits)
    return bool(_possible(np.array(limits), scale).all()) and high - low > APART * max(abs(low), abs(high))


def _possible(values: Numbers, scale: str) -> NDArray[np.bool_]:
    """Return which numbers an Axes of that scale has a place for; nan is none."""
    return (values >= SMALLEST if scale == "log" else values > -LARGEST) & (values < LARGEST)


def _plain(*texts: Text) -> None:
    """Let texts be drawn letter by letter: a student's dollar sign begins no formula."""
    for text in texts:
        text.set_parse_math(False)


def _clean(text: str) -> str:
    return one_line(text, LONGEST)[0]
