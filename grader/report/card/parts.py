"""Parts: what a card is made of. They say what a terminal's screen says, from the same functions, in another shape.

A screen is a list of lines. Laid out very wide, each labelled text is one line, so its label and its text are found by
where they stand; lines that are in no such place are code, and stay as they are. Tables are made anew from the finding,
so that a screen reader knows which header a number belongs to.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from rich.cells import cell_len
from rich.text import Text

from grader.judge.report import Finding, Result
from grader.report.described import sentence
from grader.report.digits import plain
from grader.report.drawn import drawn_parts, part_named
from grader.report.evidence import LONGEST_CASE, case_lines, evidence, warned_lines
from grader.report.layout import INDENT, KEPT, TEXT, Lines, pad
from grader.report.measured import measured
from grader.report.pointer import VALUES
from grader.report.result import secret_lines, told_lines
from grader.report.table import before_columns, shown_pairs, table_notes
from grader.report.view import View

CODE = 4  # columns before a line of code, or before a sentence in the place of a table


@dataclass(frozen=True, slots=True)
class Said:
    """A text with its label, or without one."""

    label: str
    text: str
    code: bool = False


@dataclass(frozen=True, slots=True)
class Code:
    """Lines that keep their places."""

    text: str


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: what it is, the headers of its columns, its rows, and which of them end in a wrong value."""

    caption: str
    headers: Sequence[str]
    rows: Sequence[Sequence[str]]
    wrong: Sequence[bool]
    notes: Sequence[str] = ()
    named: bool = True  # whether a row begins with its header


@dataclass(frozen=True, slots=True)
class Bar:
    """Two bars on one scale from 0 to 1, and the same in words; a number outside has none."""

    name: str
    expected: float
    got: float | None
    wrong: bool
    text: str


Part = Said | Code | Grid


def body_parts(view: View, result: Result) -> list[Part]:
    """Return what is told of a failing check: evidence, rule, cause, next step, as far as its reader may know them."""
    if view.secret(result):
        return parts_of(secret_lines(view, result))
    finding = result.finding or Finding("")
    told = parts_of(told_lines(view, result, finding))
    if result.outcome not in VALUES:
        return [*_pasted(view, finding, parts_of(evidence(view, result.outcome, finding))), *told]
    before, after = parts_of(case_lines(view, finding)), parts_of(warned_lines(view, finding))
    return [*_pasted(view, finding, before), *_shown(view, finding), *after, *told]


def bars(view: View, result: Result) -> list[Bar]:
    """Return the values of a failing check as bars, if all that was expected are numbers from 0 to 1."""
    finding = result.finding
    if finding is None or view.secret(result) or not finding.rows:
        return []
    wanted = [plain(row.expected) for row in finding.rows]
    if any(one is None for one in wanted):
        return []
    pairs, _ = shown_pairs(view, finding)
    names = [",".join(map(str, row.index)) for row in finding.rows]
    texts = [view.say("card.bar", index=n, expected=e, got=g) for n, (e, g) in zip(names, pairs, strict=True)]
    return [
        Bar(name, want or 0.0, plain(row.got), row.wrong, text)
        for name, want, row, text in zip(names, wanted, finding.rows, texts, strict=True)
    ]


def parts_of(lines: Lines) -> list[Part]:
    """Return lines of a screen as parts."""
    parts: list[Part] = []
    for kind, found in groupby(lines, _kind):
        block = list(found)
        if kind == "label":
            parts += [Said(line.plain[INDENT:TEXT].strip(), line.plain[TEXT:]) for line in block]
        elif kind == "more" and parts and isinstance(parts[-1], Said):
            texts = (parts[-1].text, *(line.plain[TEXT:] for line in block))
            parts[-1] = Said(parts[-1].label, "\n".join(texts))
        elif kind == "code":
            parts.append(Code("\n".join(line.plain[CODE:] for line in block)))
        elif kind != "blank":
            parts += [Said("", line.plain.strip()) for line in block]
    return parts


def _kind(line: Text) -> str:
    """Return which place a line of a screen stands in."""
    if not line.plain.strip():
        return "blank"
    if any(span.start == INDENT and span.end == TEXT - INDENT and span.style == "bold" for span in line.spans):
        return "label" if line.plain[INDENT:TEXT].strip() else "more"
    return "code" if " | " in line.plain[: TEXT + CODE] and line.plain.startswith(" " * CODE) else "text"


def _pasted(view: View, finding: Finding, parts: list[Part]) -> list[Part]:
    """Return evidence whose first text is a call that can be pasted, as code."""
    labels = {view.say(f"labels.{name}") for name in ("smallest", "stopped_case", "not_run")}
    short = 0 < len(finding.case + finding.key) <= LONGEST_CASE
    return [
        replace(part, code=True) if short and isinstance(part, Said) and part.label in labels else part
        for part in parts
    ]


def aligned(grid: Grid) -> str:
    """Return a table as lines whose columns stand below each other, for a page that lets no table through."""
    lines = [grid.headers, *grid.rows] if grid.headers else list(grid.rows)
    wide = [max(map(cell_len, column)) for column in zip(*lines, strict=True)]
    return "\n".join(
        "   ".join(pad(cell, size) for cell, size in zip(line, wide, strict=True)).rstrip() for line in lines
    )


def _shown(view: View, finding: Finding) -> list[Part]:
    """Return the tables of a finding, or the sentence that stands for one, in the order of the screen."""
    grids: list[Part] = []
    if drawn := drawn_parts(view, finding):
        headers = ("", view.say("table.expected"), view.say("table.got"))
        grids.append(Grid(view.say("card.drawing"), headers, drawn, [False] * len(drawn)))
        grids += parts_of(part_named(view, finding))
    grids += [_values(view, finding)] if finding.rows else parts_of(sentence(view, finding))
    if numbers := measured(view, finding):
        grids.append(Grid(view.say("card.measures"), (), numbers, [False] * len(numbers)))
    return grids


def _values(view: View, finding: Finding) -> Grid:
    before = before_columns(view, finding)
    pairs, _ = shown_pairs(view, finding)
    headers = [*(header for header, _ in before), view.say("table.expected"), view.say("table.got")]
    rows = [[*(cells[at] for _, cells in before), *pair] for at, pair in enumerate(pairs)]
    notes = [said.replace(KEPT, " ") for _, said in table_notes(view, finding)]
    return Grid(view.say("card.values"), headers, rows, [row.wrong for row in finding.rows], notes, bool(before))
