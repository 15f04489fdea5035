"""Drawing: what was drawn on an Axes, as a check reads it.

A call that is given ``axes()`` is answered by a plain dict, made by `grader.child.figure.describe` where the drawing
was done. That may be a student's process, so anything may be in it. What is not of the expected kind is left out
here, and a check can look at every part of a drawing without fear.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Limits = tuple[float, float]
KINDS = ("line", "horizontal", "vertical", "segment", "points")
NOTHING: Numbers = np.zeros(0)


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """One line: ``kind`` is line, horizontal, vertical (across the whole Axes), segment or points."""

    kind: str = "line"
    label: str = ""
    xdata: Numbers = field(default_factory=lambda: NOTHING)
    ydata: Numbers = field(default_factory=lambda: NOTHING)
    points: int = 0  # of which the first 2000 are in xdata and ydata
    linestyle: str = ""

    @property
    def level(self) -> float | None:
        """The height of a line that runs level, whichever way it was drawn; None for any other."""
        if self.kind in ("vertical", "points") or self.ydata.size == 0:
            return None
        height = float(self.ydata[0])
        return height if bool((self.ydata == height).all()) else None


@dataclass(frozen=True, slots=True, eq=False)
class Drawing:
    """All of an Axes that is told."""

    xscale: str = ""
    yscale: str = ""
    xlabel: str = ""
    ylabel: str = ""
    title: str = ""
    xlim: Limits | None = None
    ylim: Limits | None = None
    legend: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    lines: tuple[Line, ...] = ()
    collections: int = 0
    patches: int = 0


def drawing(value: object) -> Drawing:
    """Return the drawing that a reply's value describes; an empty one, if it describes none."""
    told = value if isinstance(value, dict) else {}
    lines = told.get("lines")
    return Drawing(
        **{name: _text(told.get(name)) for name in ("xscale", "yscale", "xlabel", "ylabel", "title")},
        xlim=_limits(told.get("xlim")),
        ylim=_limits(told.get("ylim")),
        legend=_texts(told.get("legend")),
        texts=_texts(told.get("texts")),
        lines=tuple(_line(line) for line in lines if isinstance(line, dict)) if isinstance(lines, list) else (),
        collections=_count(told.get("collections")),
        patches=_count(told.get("patches")),
    )


def _line(told: dict[object, object]) -> Line:
    xdata, ydata = _numbers(told.get("xdata")), _numbers(told.get("ydata"))
    size = min(xdata.size, ydata.size)
    kind = _text(told.get("kind"))
    return Line(
        kind=kind if kind in KINDS else KINDS[0],
        label=_text(told.get("label")),
        xdata=xdata[:size],
        ydata=ydata[:size],
        points=_count(told.get("points")),
        linestyle=_text(told.get("linestyle")),
    )


def _numbers(value: object) -> Numbers:
    right = isinstance(value, np.ndarray) and value.dtype == np.float64 and value.ndim == 1
    return value if right else NOTHING  # type: ignore[return-value]


def _limits(value: object) -> Limits | None:
    if not isinstance(value, (tuple, list)) or len(value) != 2:  # noqa: PLR2004 - from, to
        return None
    low, high = value
    return (low, high) if isinstance(low, float) and isinstance(high, float) else None


def _texts(value: object) -> tuple[str, ...]:
    return tuple(filter(None, map(_text, value))) if isinstance(value, list) else ()


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _count(value: object) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else 0
