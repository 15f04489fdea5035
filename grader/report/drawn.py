"""A drawing in words, for screens: what was expected and what was drawn, part by part."""

from __future__ import annotations

from itertools import zip_longest

from rich.text import Text

from grader.exercise.drawing import Drawing, Line
from grader.judge.report import Finding
from grader.report.digits import measure
from grader.report.layout import Lines, fold, pad
from grader.report.view import View

INDENT = 4
GAP = 3
NAME = 10  # the widest name of a part
MOST = 6  # lines that are shown of a drawing
LONGEST = 60
TEXTS = ("xscale", "yscale", "xlabel", "ylabel", "title")

Part = tuple[str, str, str]


def drawing_table(view: View, finding: Finding) -> Lines:
    """Return what was expected and drawn, in columns."""
    shown = drawn_parts(view, finding)
    if not shown:
        return []
    width = (view.look.width - INDENT - NAME - 2 * GAP) // 2
    lines = _row(("", view.say("table.expected"), view.say("table.got")), width, style="dim")
    for part in shown:
        lines += _row(part, width)
    return lines


def drawn_parts(view: View, finding: Finding) -> list[Part]:
    """Return name, expected and drawn of the text that is wrong, else of what differs, or of all if nothing does."""
    if finding.drawn is None:
        return []
    parts = _parts(view, *finding.drawn)
    if told_whole(finding):
        return [part for part in parts if part[0] == view.say(f"drawing.{finding.key}")]
    return [part for part in parts if part[1] != part[2]] or parts


def told_whole(finding: Finding) -> bool:
    """Return whether the columns say all: what is wrong is a text of the drawing, and not its numbers."""
    return finding.drawn is not None and finding.key in TEXTS


def part_named(view: View, finding: Finding) -> Lines:
    """Return which part of the drawing the table of values below is about."""
    if finding.drawn is None or not finding.key or told_whole(finding):
        return []
    said = view.say("drawing.part", part=view.theirs(finding.key, LONGEST))
    return [Text(), *(Text(" " * INDENT + line) for line in fold(said, view.look.width - INDENT))]


def _parts(view: View, want: Drawing, got: Drawing) -> list[Part]:
    parts = [
        (view.say(f"drawing.{name}"), _text(view, getattr(want, name)), _text(view, getattr(got, name)))
        for name in TEXTS
    ]
    pairs = list(zip_longest(want.lines[:MOST], got.lines[:MOST]))
    for number, (one, other) in enumerate(pairs, 1):
        parts.append((view.say("drawing.line", n=number), _line(view, one), _line(view, other)))
    return [part for part in parts if part[1:] != (view.say("drawing.none"),) * 2]


def _line(view: View, line: Line | None) -> str:
    """Return a line in words: its name, its kind and size, its first and last height."""
    if line is None:
        return view.say("drawing.none")
    name = f"{_text(view, line.label)}: " if line.label else ""
    if line.level is not None:
        return name + view.say("drawing.level", y=measure(line.level))
    if line.kind == "vertical" and line.xdata.size:
        return name + view.say("drawing.vertical", x=measure(float(line.xdata[0])))
    ends = [measure(float(line.ydata[at])) for at in (0, -1)] if line.ydata.size else ["-", "-"]
    return name + view.say("drawing.curve", n=line.points, first=ends[0], last=ends[1])


def _text(view: View, text: str) -> str:
    return view.theirs(text, LONGEST) or view.say("drawing.none")


def _row(part: Part, width: int, *, style: str = "") -> Lines:
    """Return one part as lines: its name, and two texts that are folded to their columns."""
    cells = [fold(text, size) or [""] for text, size in zip(part, (NAME, width, width), strict=True)]
    lines = []
    for name, want, got in zip_longest(*cells, fillvalue=""):
        texts = (pad(want, width) + " " * GAP + got).rstrip()
        lines.append(Text.assemble((f"{' ' * INDENT}{pad(name, NAME)}{' ' * GAP}", "dim"), (texts, style)))
    return lines
