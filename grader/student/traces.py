"""Traces: Python's own traceback of a crash, with the student's frames only, for ``--traceback``.

It is put together from what the child told, and every word of it is a student's, so it is cleaned first.
"""

from __future__ import annotations

from collections.abc import Iterator

from grader.exercise.reply import Place, Raised
from grader.judge import Report
from grader.report.clean import one_line, source_line
from grader.report.look import Look
from grader.report.words import fit

LONGEST = 1000


def render_traces(report: Report, look: Look) -> str:
    """Return the traceback of each crash of a report, each once, or nothing."""
    problem = report.facts.problem
    told: list[Raised] = []
    if problem is not None and problem.trace:
        told.append(Raised(problem.kind, (), problem.message, problem.trace))
    told += [result.finding.raised for result in report.results if result.finding and result.finding.raised]
    texts = ["\n".join(_traceback(raised, report.facts.source)) for raised in told if raised.trace]
    return "".join(f"\n{fit(look, text)}\n" for text in dict.fromkeys(texts))


def _traceback(raised: Raised, source: tuple[str, ...]) -> Iterator[str]:
    yield "Traceback (most recent call last):"
    for place in raised.trace:
        yield f'  File "{_clean(place.file)}", line {place.line}, in {_clean(place.function or "<module>")}'
        line = _line(place, source)
        if line:
            yield f"    {line}"
    yield _clean(f"{raised.kind}: {raised.message}" if raised.message else raised.kind)


def _line(place: Place, source: tuple[str, ...]) -> str:
    """Return a line of the file that is judged; other files of the student's are not at hand."""
    if not 0 < place.line <= len(source):
        return ""
    return source_line(source[place.line - 1], LONGEST)[0].strip()


def _clean(text: str) -> str:
    return one_line(text, LONGEST)[0]
