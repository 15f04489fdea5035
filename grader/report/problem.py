"""A file that Python cannot load, and a fault of the grader: two screens without a list of checks."""

from __future__ import annotations

from rich.text import Text

from grader.exercise.reply import Problem
from grader.report.layout import Lines, paragraph, together
from grader.report.look import Look
from grader.report.reason import reason
from grader.report.source import caret, excerpt
from grader.report.view import NOTEBOOK, View
from grader.report.words import say

UNREADABLE = frozenset({"SyntaxError", "IndentationError", "TabError", "UnicodeDecodeError"})
AWAITS = "TopLevelAwait"
REMEDIES = {"missing": "create", "misnamed": "rename", "two files": "remove"}
KNOWN = frozenset({"missing", "misnamed", "timeout", "memory", "crashed", "tampered", "other notebook"})


def problem_lines(view: View, problem: Problem) -> Lines:
    """Return why the file cannot be loaded: Python's own words, the line, and what to do."""
    lines = _told(view, "problem.left_out" if view.report.left_out else _key(problem.kind), None)
    line = problem.line or next((place.line for place in reversed(problem.trace)), None)
    details = _details(view, problem, line)
    lines += [Text(), *details, Text()] if details else [Text()]
    return lines + _told(view, _next(view, problem, line), line, line=line, command=view.again())


def render_fault(look: Look, file: str | None = None) -> Text:
    """Return what is said when the grader itself failed; ``file`` holds what we need to know about it."""
    lines = paragraph(say(look, "fault.first"), look.width, style="bold")
    lines += paragraph(say(look, "fault.send", file=file) if file else say(look, "fault.tell"), look.width)
    return together(lines, plain=look.plain)


def _next(view: View, problem: Problem, line: int | None) -> str:
    """Return which sentence says what to do; a notebook that was handed in is no file that a command checks."""
    if view.path.endswith(NOTEBOOK):
        return "problem.hand_in_this" if problem.kind == "other notebook" else "problem.hand_in"
    if problem.kind in REMEDIES:
        return f"problem.{REMEDIES[problem.kind]}"
    return "problem.correct_line" if line else "problem.correct"


def _key(kind: str) -> str:
    if kind in UNREADABLE:
        return "problem.unreadable"
    if kind == AWAITS:
        return "problem.awaits"
    if kind in KNOWN:
        return f"problem.{kind.replace(' ', '_')}"
    return "problem.stops" if kind[:1].isupper() else "problem.other"


def _told(view: View, key: str, number: int | None, **values: object) -> Lines:
    return [view.link(part, number) for part in paragraph(view.told(key, **values), view.look.width)]


def _details(view: View, problem: Problem, line: int | None) -> Lines:
    """Return the exception and the line, if there are any to show."""
    if problem.kind == "missing":
        return []
    said = reason(view, problem)
    lines = paragraph(said, view.look.width, indent=2) if said else []
    return lines + (excerpt(view, line, below=caret(view, line, problem.column)) if line else [])
