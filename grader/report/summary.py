"""The summary of a class on the terminal, after ``grader grade``: marks, misconceptions, and what went wrong."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

from rich.cells import cell_len
from rich.text import Text

from grader.judge.outcome import Outcome
from grader.judge.report import Report, total
from grader.report.clean import one_line
from grader.report.digits import points
from grader.report.digits import seconds as shown_seconds
from grader.report.layout import KEPT, Lines, chop, ends, fold, pad, paragraph, together
from grader.report.look import Look
from grader.report.pointer import VALUES
from grader.report.reason import kind_word
from grader.report.result import BAD
from grader.report.words import count, fit, outcome_word, say

WIDEST_NAME = 28
INDENT = 2
GAP = "   "
UNREAD = frozenset(
    {"misnamed", "two files", "symbolic link", "no file", "too large"}
)  # something was handed in, and refused unread
RIGHT = (False, True, True, False)  # numbers stand at the right of their columns


@dataclass(frozen=True, slots=True)
class Graded:
    """One student's reports, in the order of the exercises."""

    student: str
    reports: tuple[Report, ...]

    @property
    def faulty(self) -> bool:
        """Whether something of ours failed, so that this is no mark."""
        return any(report.faulty for report in self.reports)

    @property
    def closed(self) -> bool:
        """Whether it is no mark because the system did not let us read a file."""
        problems = [report.facts.problem for report in self.reports]
        return self.faulty and any(problem is not None and problem.kind == "unreadable" for problem in problems)

    @property
    def points(self) -> float:
        """Points earned."""
        return total(self.reports)[0]

    @property
    def max_points(self) -> float:
        """Points that could be earned."""
        return total(self.reports)[1]


def render_class(
    graded: Sequence[Graded],
    look: Look,
    *,
    title: str = "",
    confinement: str = "",
    out: str = "",
    seconds: float | None = None,
) -> Text:
    """Return the summary of a class.

    Parameters
    ----------
    graded
        The students, in the order in which they are to be listed.
    title
        Of the course or assignment.
    confinement
        How their code was confined, as it was verified.
    out
        The folder that was written.
    """
    students = count(look, "summary.students", len(graded))
    said = (
        students if seconds is None else say(look, "summary.seconds", students=students, seconds=shown_seconds(seconds))
    )
    lines = [*ends(Text(), fit(look, title), Text(said, style="dim"), look.width, style="bold"), Text()]
    lines += [*_students(look, graded), *_median(look, graded)]
    for key, named in (
        ("summary.misconceptions", _misconceptions(look, graded)),
        ("summary.unread", _unloaded(look, graded, unread=True)),
        ("summary.unloaded", _unloaded(look, graded, unread=False)),
        ("summary.closed", [(_name(look, one.student), "") for one in graded if one.closed]),
        ("summary.faults", [(_name(look, one.student), "") for one in graded if one.faulty and not one.closed]),
    ):
        lines += _section(look, key, named)
    if confinement:
        lines += [Text(), *_pair(say(look, "summary.confinement"), fit(look, confinement), look.width)]
    if out:
        lines += [Text(), *paragraph(say(look, "summary.written", out=fit(look, out)), look.width)]
    return together(lines, plain=look.plain)


def _students(look: Look, graded: Sequence[Graded]) -> Lines:
    """Return the table of students."""
    head = [say(look, f"summary.{key}") for key in ("student", "points", "checks", "first")]
    rows = [_row(look, one) for one in graded]
    wide = [max(map(cell_len, column)) for column in zip(head, *rows, strict=True)]
    wide[0] = min(wide[0], WIDEST_NAME)
    lines = [_cells(head, wide, style="dim")]
    for row in rows:
        first, *rest = chop(row[0], WIDEST_NAME) or [""]
        findings = fold(row[3], look.width - INDENT - sum(wide[:3]) - 3 * len(GAP)) or [""]
        lines.append(_cells([first, row[1], row[2], findings[0]], wide))
        for number in range(max(len(rest), len(findings) - 1)):
            cells = [rest[number] if number < len(rest) else "", "", "", *findings[number + 1 : number + 2], ""][:4]
            lines.append(_cells(cells, wide))
    return lines


def _row(look: Look, one: Graded) -> list[str]:
    results = [result for report in one.reports for result in report.results]
    passed = sum(result.outcome is Outcome.PASSED for result in results)
    marks = "-" if one.faulty else f"{points(one.points)}/{points(one.max_points)}"
    return [_name(look, one.student), marks, f"{passed}/{len(results)}", _first(look, one)]


def _first(look: Look, one: Graded) -> str:
    """Return the first thing that was found: why the file did not load, a diagnosis, or a check."""
    for report in one.reports:
        if report.left_out:  # nothing to tell a teacher
            continue
        if report.facts.problem is not None:
            return _problem(look, report)
        for result in report.results:
            if result.outcome in BAD:
                return result.diagnosis or f"{outcome_word(look, result.outcome)} {result.check}"
    unwritten = any(result.outcome is Outcome.TODO for report in one.reports for result in report.results)
    return outcome_word(look, Outcome.TODO) if unwritten else ""


def _misconceptions(look: Look, graded: Sequence[Graded]) -> list[tuple[str, str]]:
    """Return each misconception with who has it, most frequent first; wrong values without a name come last."""
    who: dict[str, list[str]] = {}
    unnamed: list[str] = []
    for one in graded:
        results = [result for report in one.reports for result in report.results]
        names = dict.fromkeys(result.diagnosis for result in results if result.diagnosis)
        for name in names:
            who.setdefault(name, []).append(_name(look, one.student))
        loaded = all(report.facts.problem is None for report in one.reports)
        if loaded and not names and any(result.outcome in VALUES for result in results):
            unnamed.append(_name(look, one.student))
    ranked = sorted(who.items(), key=lambda item: (-len(item[1]), item[0]))
    ranked += [(say(look, "summary.unnamed"), unnamed)] if unnamed else []
    wide = max((len(str(len(names))) for _, names in ranked), default=1)
    return [(name, f"{len(names):>{wide}}{GAP}".replace(" ", KEPT) + ", ".join(names)) for name, names in ranked]


def _unloaded(look: Look, graded: Sequence[Graded], *, unread: bool) -> list[tuple[str, str]]:
    """Return who has files that were not even read, or that could not be loaded, and why; of several, which ones."""
    told = []
    for one in graded:
        if one.closed:  # has a headline of its own
            continue
        failed = [
            report
            for report in one.reports
            if report.facts.problem and not report.left_out and (report.facts.problem.kind in UNREAD) is unread
        ]
        several = len(one.reports) > 1
        why = [
            f"{report.exercise} {_problem(look, report)}" if several else _problem(look, report) for report in failed
        ]
        told += [(_name(look, one.student), "; ".join(why))] if why else []
    return told


def _problem(look: Look, report: Report) -> str:
    """Return why a file could not be loaded, shortly."""
    problem = report.facts.problem
    if problem is None:
        return ""
    word = kind_word(look, problem.kind)
    return say(look, "summary.on_line", problem=word, line=problem.line) if problem.line else word


def _median(look: Look, graded: Sequence[Graded]) -> Lines:
    marks = [one.points for one in graded if not one.faulty]
    if len(marks) < 2:  # noqa: PLR2004 - one mark has no middle
        return []
    largest = points(max(one.max_points for one in graded))
    said = say(look, "summary.median", median=points(statistics.median(marks)), total=largest)
    return [Text(), *paragraph(said, look.width, indent=INDENT, style="dim")]


def _section(look: Look, key: str, named: Sequence[tuple[str, str]]) -> Lines:
    """Return a headline with lines of two columns, or nothing."""
    if not named:
        return []
    wide = min(WIDEST_NAME, max(cell_len(name) for name, _ in named))
    lines = [Text(), Text(say(look, key), style="bold")]
    for name, text in named:
        lines += _pair(name, text, look.width, wide=wide)
    return lines


def _pair(name: str, text: str, width: int, *, wide: int = 0) -> Lines:
    """Return a name, in a column if its width is given, with a text beside it."""
    indent, style = (" " * INDENT, "") if wide else ("", "bold")
    names = chop(name, wide or width) or [""]
    left = max(wide, cell_len(names[0]))
    texts = fold(text, width - len(indent) - left - len(GAP))
    lines = zip_longest(names, texts, fillvalue="")
    return [Text.assemble((indent + (pad(one, left) + GAP if other else one), style), other) for one, other in lines]


def _cells(cells: Sequence[str], wide: Sequence[int], style: str = "") -> Text:
    aligned = zip(cells, wide, RIGHT, strict=True)
    made = GAP.join(pad(cell, size, right=right) for cell, size, right in aligned)
    return Text((" " * INDENT + made).rstrip(), style=style)


def _name(look: Look, student: str) -> str:
    return fit(look, one_line(student, 100)[0])
