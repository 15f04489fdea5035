"""What was drawn on an Axes, as plain values: scales, labels, limits, lines with their numbers. Nothing is rendered.

It is asked by the names that matplotlib documents and imports nothing of it. It runs where the drawing was done: in
the child, where a student's code may have replaced anything, so what it says is believed no more than any other
answer. Counts and lengths are capped here, and what is no text or number becomes an empty one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import Any, Final

import numpy as np

LINES: Final = 100
POINTS: Final = 2000
TEXT: Final = 200
PAIR: Final = 2

Drawn = dict[str, Any]
Numbers = np.ndarray[Any, np.dtype[np.float64]]


def describe(axes: Any) -> Drawn:  # noqa: ANN401 - an Axes, by its methods
    """Return what was drawn.

    Parameters
    ----------
    axes : matplotlib.axes.Axes

    Returns
    -------
    dict
        ``xscale``, ``yscale``, ``xlabel``, ``ylabel``, ``title``: texts; ``xlim``, ``ylim``: pairs of numbers;
        ``legend`` (of the Axes, and of its figure), ``texts``: lists of texts; ``collections``, ``patches``: how many
        there are; ``lines``: a list of dicts with ``kind``, ``label``, ``xdata``, ``ydata``, ``points`` and
        ``linestyle``. A ``kind`` is line, horizontal or vertical (from one side of the Axes to the other: `axhline`,
        `axvline`, `axline`), segment (`hlines`, `vlines`), or points (`scatter`). Of ``points`` points the first 2000
        are told; of an `axline` that slopes, two.
    """
    return {
        "xscale": _text(axes.get_xscale()),
        "yscale": _text(axes.get_yscale()),
        "xlabel": _text(axes.get_xlabel()),
        "ylabel": _text(axes.get_ylabel()),
        "title": _text(axes.get_title()),
        "xlim": _pair(axes.get_xlim()),
        "ylim": _pair(axes.get_ylim()),
        "legend": list(islice(_legend(axes), LINES)),
        "texts": _texts(axes.texts),
        "lines": list(islice(_lines(axes), LINES)),
        "collections": len(axes.collections),
        "patches": len(axes.patches),
    }


def _legend(axes: Any) -> Iterator[str]:  # noqa: ANN401
    """Yield what is read beside the lines, wherever the legend stands: `ax.legend`, `figure.legend`."""
    for legend in islice(chain([axes.get_legend()], axes.get_figure().legends), LINES):
        if legend is not None:
            yield from _texts(legend.get_texts())


def _lines(axes: Any) -> Iterator[Drawn]:  # noqa: ANN401
    for line in axes.get_lines():
        if type(line).__name__ == "AxLine":  # what `axline` makes: where it runs is not in its data
            yield _axline(line)
        else:
            kind = _kind(axes, line.get_transform())
            yield _line(kind, line, line.get_xdata(orig=False), line.get_ydata(orig=False))
    for collection in axes.collections:
        if hasattr(collection, "get_segments"):
            for points in collection.get_segments():
                yield _line("segment", collection, points[:, 0], points[:, 1])
        elif type(collection).__name__ == "PathCollection":  # what `scatter` makes
            points = np.ma.getdata(collection.get_offsets())
            yield _line("points", collection, points[:, 0], points[:, 1])


def _kind(axes: Any, transform: object) -> str:  # noqa: ANN401
    """Return what a line's own coordinates mean: one of them may count from 0 to 1 across the Axes."""
    if transform is axes.get_yaxis_transform(which="grid"):
        return "horizontal"
    return "vertical" if transform is axes.get_xaxis_transform(which="grid") else "line"


def _axline(line: Any) -> Drawn:  # noqa: ANN401
    """Return a line without ends, as it would be told if `axhline` or `axvline` had made it where one of them can."""
    start, end, slope = _numbers(line.get_xy1()), line.get_xy2(), line.get_slope()
    if end is None:
        end = start + ((0.0, 1.0) if np.isinf(slope) else (1.0, slope))
    (x, y), (far, high) = start, _numbers(end)
    if high == y:
        return _line("horizontal", line, (0.0, 1.0), (y, y))
    if far == x:
        return _line("vertical", line, (x, x), (0.0, 1.0))
    return _line("line", line, (x, far), (y, high))


def _line(kind: str, artist: Any, xdata: object, ydata: object) -> Drawn:  # noqa: ANN401
    x, y = _numbers(xdata), _numbers(ydata)
    return {
        "kind": kind,
        "label": _label(artist.get_label()),
        "xdata": x[:POINTS],
        "ydata": y[:POINTS],
        "points": int(x.size),
        "linestyle": _text(artist.get_linestyle()),
    }


def _numbers(values: object) -> Numbers:
    """Return a flat array of floats of its own; nan where a value is masked."""
    return np.ma.filled(np.ma.asarray(values, dtype=np.float64), np.nan).ravel().copy()


def _pair(values: Iterable[object]) -> tuple[float, ...]:
    return tuple(float(value) for value in islice(values, PAIR))  # type: ignore[arg-type]


def _texts(artists: Iterable[Any]) -> list[str]:
    return [_text(artist.get_text()) for artist in islice(artists, LINES)]


def _text(value: object) -> str:
    return value[:TEXT] if type(value) is str else ""


def _label(value: object) -> str:
    """Return a label; those that matplotlib makes up begin with an underscore and stand in no legend."""
    return "" if type(value) is str and value.startswith("_") else _text(value)
