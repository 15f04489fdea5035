"""What is not written yet: no failure, only the line where to begin."""

from __future__ import annotations

from grader.judge.outcome import Outcome
from grader.judge.report import Result
from grader.report.layout import Lines, paragraph
from grader.report.source import in_file, place_of
from grader.report.view import View


def todo_lines(view: View, result: Result | None = None) -> Lines:
    """Return where an unwritten function stops, and what to do; without a result, for the first unwritten check."""
    unwritten = [
        one for one in view.report.results if one.outcome is Outcome.TODO and one.finding and not view.secret(one)
    ]
    chosen = result if result is not None and result.finding is not None else next(iter(unwritten), result)
    finding = chosen.finding if chosen else None
    place = place_of(finding) if finding else None
    line = place.line if place is not None and in_file(view, place) else None
    function = view.function(finding.case if finding else "")
    again = view.again()
    where = "_anywhere" if line is None else ""
    lines: Lines = []
    for key in ("screen.not_started", "screen.write"):
        said = view.told(key + where, function=function, line=line, command=again)
        lines += [view.link(part, line) for part in paragraph(said, view.look.width)]
    return lines
