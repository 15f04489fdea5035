"""Source lines: where in the student's file something happened, and the values that were there."""

from __future__ import annotations

import re
from collections.abc import Mapping

from rich.cells import cell_len
from rich.text import Text

from grader.exercise.reply import Place
from grader.judge.report import Finding
from grader.report.clean import source_line
from grader.report.layout import TEXT, Lines, chop, fold, labelled
from grader.report.view import View
from grader.report.words import fit

INDENT = 4
NOTHING: Lines = []
LONGEST_LINE = 400
LONGEST_VALUE = 120
MOST_VALUES = 4
NAME = re.compile(r"[^\W\d]\w*")


def place_of(finding: Finding) -> Place | None:
    """Return the innermost line of the student's code that a finding knows."""
    if finding.place is not None:
        return finding.place
    trace = finding.raised.trace if finding.raised else ()
    return trace[-1] if trace else None


def in_file(view: View, place: Place) -> bool:
    """Return whether a place is in the file whose lines we have."""
    return place.file in {view.report.facts.file, f"{view.exercise.slug}.py"}


def located(view: View, label: str, place: Place) -> Lines:
    """Return ``Where   file, line 12, in softmax``."""
    ours = in_file(view, place)
    path = view.file() if ours else view.named(place.file)
    said = view.say("problem.at", path=path, line=place.line)
    if place.function:
        said += ", " + view.say("evidence.in_function", function=view.theirs(place.function, 60))
    lines = labelled(label, fold(said, view.look.width - TEXT))
    return [view.link(line, place.line) for line in lines] if ours else lines


def excerpt(view: View, number: int, *, before: int = 0, after: int = 0, below: Lines = NOTHING) -> Lines:
    """Return numbered lines of the file around one that is marked, with ``below`` under that one."""
    source = view.report.facts.source
    shown = [n for n in range(number - before, number + after + 1) if 0 < n <= len(source)]
    shown = [n for n in shown if n == number or source[n - 1].strip()]
    if number not in shown:
        return []
    digits = len(str(shown[-1]))
    lines: Lines = []
    for n in shown:
        marker = ">" if n == number and len(shown) > 1 else " "
        lines += _numbered(view, f"{marker} {n:>{digits}} | ", source[n - 1], bold=n == number)
        lines += below if n == number else []
    return lines


def local_values(view: View, place: Place) -> Lines:
    """Return the values of the names on the line, below it."""
    source = view.report.facts.source
    line = source[place.line - 1] if in_file(view, place) and 0 < place.line <= len(source) else ""
    said = [_value(view, name, place.local_values) for name in dict.fromkeys(NAME.findall(line))]
    gutter = " " * (INDENT + 2 + len(str(place.line))) + " | "
    lines: Lines = []
    for value in [text for text in said if text][:MOST_VALUES]:
        for part in fold(value, view.look.width - len(gutter) - INDENT):
            lines.append(Text.assemble((gutter, "dim"), " " * INDENT, part))
    return lines


def _value(view: View, name: str, known: Mapping[str, str]) -> str:
    if name not in known:
        return ""
    value = known[name]
    if len(value) > LONGEST_VALUE:
        return view.say("evidence.long_value", name=name, n=len(value))
    return f"{view.theirs(name, 60)} = {view.theirs(value)}"


def _numbered(view: View, head: str, code: str, *, bold: bool) -> Lines:
    text, left_out = source_line(code, LONGEST_LINE)
    if left_out:
        text += " " + view.say("evidence.longer", n=left_out)
    pieces = chop(fit(view.look, text), view.look.width - INDENT - len(head)) or [""]
    blank = " " * (len(head) - 2) + "| "
    return [_line(blank if n else head, piece, bold=bold) for n, piece in enumerate(pieces)]


def _line(head: str, piece: str, *, bold: bool) -> Text:
    line = Text.assemble(" " * INDENT, (head, "dim"), (piece, "bold" if bold else ""))
    line.rstrip()
    return line


def caret(view: View, number: int, column: int | None) -> Lines:
    """Return a caret below a column, unless the line was broken before it."""
    source = view.report.facts.source
    if column is None or not 0 < number <= len(source):
        return []
    before, _ = source_line(source[number - 1][: column - 1] + "|", LONGEST_LINE)
    gutter = " " * (INDENT + 2 + len(str(number))) + " | "
    at = len(gutter) + cell_len(fit(view.look, before[:-1]))
    if at >= view.look.width:
        return []
    return [Text.assemble((gutter, "dim"), " " * (at - len(gutter)), ("^", "red"))]
