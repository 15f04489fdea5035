"""The table of a failing check: which entry, the input there, expected, got, and two bars on one scale.

Bars go from 0 to 1 in eighths of a column. They are drawn where all expected values are numbers from 0 to 1;
nan, inf and everything outside has none. A table that would be too wide gives up its bars first, then the input.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from rich.text import Text

from grader.exercise.python import as_python
from grader.judge.report import Finding, Row
from grader.report.digits import measure, pairs, plain, short
from grader.report.layout import Lines, fold, pad, paragraph
from grader.report.view import View
from grader.report.words import count

INDENT = 4
GAP = 3
BAR = 14  # columns for the value 1
SHORTEST = 6
EIGHTHS = " ▏▎▍▌▋▊▉"
FULL = "█"
ASCII_FULL = "#"
LONGEST_TEXT = 60
WORD_BITS = 64  # Python refuses to print very long integers


@dataclass(frozen=True, slots=True)
class _Column:
    """One column: its header, its cells, whether it stands at the right of its width, and bars after it."""

    header: str
    cells: Sequence[str]
    bars: Sequence[str] = ()
    style: str = ""

    @property
    def width(self) -> int:
        return max(map(cell_len, (self.header, *self.cells)))


def value_table(view: View, finding: Finding) -> Lines:
    """Return the rows of a finding as a table, with what it says about the rows that are not shown."""
    if not finding.rows:
        return []
    cells, _ = shown_pairs(view, finding)
    lines = _widest(view, finding, cells)
    for apart, said in table_notes(view, finding):
        lines += [Text()] * apart + paragraph(said, view.look.width, indent=INDENT, style="dim")
    return lines


def shown_pairs(view: View, finding: Finding) -> tuple[list[tuple[str, str]], bool]:
    """Return expected and got of each row as they are shown, and whether all that is wrong differs on screen."""
    rows = finding.rows
    return pairs([(_shown(view, row.expected), _shown(view, row.got)) for row in rows], [row.wrong for row in rows])


def table_notes(view: View, finding: Finding) -> Iterator[tuple[bool, str]]:
    """Yield what is said below a table of values, and whether it stands apart."""
    _, differ = shown_pairs(view, finding)
    rest = _rest(view, finding)
    if rest:
        yield False, rest
    if finding.kind in ("law", "neighbours"):
        yield True, _likelihood(view, finding)
    if not differ and finding.error is not None and finding.allowed is not None:
        yield False, view.say("table.differs", error=short(finding.error), allowed=short(finding.allowed))


def before_columns(view: View, finding: Finding) -> list[tuple[str, list[str]]]:
    """Return what stands before the values, by header: where each entry is, and the input there."""
    rows = finding.rows
    columns = [(_index_header(rows), [_index(row) for row in rows])] if rows[0].index else []
    if all(row.given is None for row in rows):
        return columns
    given = ["" if row.given is None else as_python(row.given) for row in rows]
    return [*columns, (_input_header(view, finding), given)]


def _widest(view: View, finding: Finding, cells: Sequence[tuple[str, str]]) -> Lines:
    """Return the first form of the table that fits."""
    rows, width = finding.rows, view.look.width
    before = [_Column(header, shown) for header, shown in before_columns(view, finding)]
    index = before[: len(rows[0].index) and 1]
    lengths = range(BAR, SHORTEST - 1, -1) if _scaled(view, rows) else ()
    for columns in (before, index):
        for length in (*lengths, 0):
            lines = _drawn(view, columns, cells, rows, length)
            if max(line.cell_len for line in lines) <= width:
                return lines
        lengths = ()
    return _stacked(view, rows, cells)


def _drawn(
    view: View, before: Sequence[_Column], cells: Sequence[tuple[str, str]], rows: Sequence[Row], length: int
) -> Lines:
    wants, gots = [want for want, _ in cells], [got for _, got in cells]
    headers = view.say("table.expected"), view.say("table.got")
    wide = max(map(cell_len, (*headers, *wants, *gots)))
    bars = [(_bar(view, row.expected, length), _bar(view, row.got, length)) for row in rows]
    wrong = ["red" if row.wrong else "" for row in rows]
    gap = " " * GAP
    lines = []
    for at in range(-1, len(rows)):
        line = Text(" " * INDENT)
        for column in before:
            line.append(pad(column.header if at < 0 else column.cells[at], column.width, right=True), "dim")
            line.append(gap)
        want, got = headers if at < 0 else (wants[at], gots[at])
        left, right = ("", "") if at < 0 else bars[at]
        line.append(pad(want, wide, right=True), "dim" if at < 0 else "")
        line.append(" " + pad(left, length) + " " * (GAP + 2) if length else gap + "  ")
        line.append(pad(got, wide, right=True), "dim" if at < 0 else wrong[at])
        line.append(f" {right}" if right else "", wrong[at] if at >= 0 else "")
        lines.append(line)
    return lines


def _stacked(view: View, rows: Sequence[Row], cells: Sequence[tuple[str, str]]) -> Lines:
    """Return the entries one below the other, for values too long to stand side by side."""
    lines: Lines = []
    for row, pair in zip(rows, cells, strict=True):
        if row.index:
            lines.append(Text(" " * INDENT + view.say("table.of_names", index=_index(row)), style="dim"))
        for key, value in zip(("table.expected", "table.got"), pair, strict=True):
            label = " " * INDENT + pad(view.say(key), 10)
            folded = fold(value, view.look.width - cell_len(label)) or [""]
            lines += [Text((label if not n else " " * cell_len(label)) + part) for n, part in enumerate(folded)]
    return lines


def _rest(view: View, finding: Finding) -> str:
    """Return what is said of the entries that the table leaves out."""
    left = finding.entries - len(finding.rows)
    if left <= 0:
        return ""
    wrong = finding.wrong - sum(row.wrong for row in finding.rows)
    if wrong <= 0:
        return count(view.look, "table.equal", left)
    return view.say(f"table.differ.{'one' if wrong == 1 else 'many'}", n=left, wrong=wrong)


def _likelihood(view: View, finding: Finding) -> str:
    """Return what shares of draws are shares of, and how likely right draws are to be as far off."""
    told = {name: short(finding.measures[name]) for name in ("p", "least")}
    return view.say(f"table.{finding.kind}", draws=measure(finding.measures["draws"]), **told)


def _scaled(view: View, rows: Sequence[Row]) -> bool:
    return not view.look.plain and all(plain(row.expected) is not None for row in rows)


def _bar(view: View, value: object, length: int) -> str:
    number = plain(value)
    if number is None or not length:
        return ""
    if view.look.ascii:
        return ASCII_FULL * round(number * length)
    whole, part = divmod(round(number * length * 8), 8)
    return FULL * whole + EIGHTHS[part].strip()


def _shown(view: View, value: object) -> object:
    """Return a number as it is, and anything else as harmless text."""
    if isinstance(value, (bool, float)) or (isinstance(value, int) and value.bit_length() <= WORD_BITS):
        return value
    if isinstance(value, int):
        return f"int({value.bit_length()} bits)"
    return view.theirs(value if isinstance(value, str) else str(value), LONGEST_TEXT)


def _index(row: Row) -> str:
    return ",".join(map(str, row.index))


def _index_header(rows: Sequence[Row]) -> str:
    return ",".join("ijklmn"[: len(rows[0].index)])


def _input_header(view: View, finding: Finding) -> str:
    """Return the exercise's word for the input, else the parameter's name in the student's own function."""
    facts = view.report.facts.functions.get(view.function(finding.case))
    name = facts.parameters[0] if facts and facts.parameters else ""
    known = [key for key in view.exercise.texts["en"].words if key.startswith("columns.")]
    key = f"columns.{name}" if f"columns.{name}" in known or len(known) != 1 else known[0]
    return view.text(key) or view.theirs(name, 20) or view.say("table.input")
