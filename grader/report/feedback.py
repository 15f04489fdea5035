"""A student's whole feedback as plain text: every check, public and hidden, with its points and its block.

Of a hidden check a student sees the title, the outcome, the diagnosis and the texts without numbers;
an instructor, with the same call and another look, sees all.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from rich.text import Text

from grader.exercise.exercise import Exercise
from grader.judge.outcome import Outcome
from grader.judge.report import Report, total
from grader.report.checks import check_lines
from grader.report.clean import one_line
from grader.report.digits import points
from grader.report.layout import Lines, ends, paragraph, stripped, together
from grader.report.look import Look
from grader.report.problem import problem_lines, render_fault
from grader.report.result import BAD, block
from grader.report.todo import todo_lines
from grader.report.view import View, exercise_title, usual_path
from grader.report.words import fit, say

NOTHING: Mapping[str, str] = {}


def render_feedback(
    student: str,
    graded: Sequence[tuple[Exercise, Report]],
    look: Look,
    *,
    confinement: str = "",
    files: Mapping[str, str] = NOTHING,
    pictures: Mapping[str, str] = NOTHING,
) -> Text:
    """Return the text of ``OUT/feedback/<student>.txt``.

    Parameters
    ----------
    graded
        Each exercise with the student's report on it.
    confinement
        How the code was confined, as it was verified.
    files
        For an exercise's slug the student's file, where it is not at its usual place.
    pictures
        For an exercise's slug the file with the picture of a figure that differs, where there is one.
    """
    look = replace(look, plain=True, links=False)
    name = fit(look, one_line(student, 100)[0])
    earned = _points(look, *total(report for _, report in graded))
    lines = [*ends(Text(), name, Text(earned), look.width), Text()]
    for exercise, report in graded:
        path = files.get(exercise.slug, usual_path(exercise))
        view = View(exercise, report, look, path, pictures.get(exercise.slug, ""))
        lines += [*_exercise(view), Text(), Text()]
    return together([*lines, *_made(look, graded, confinement)], plain=True)


def _exercise(view: View) -> Lines:
    report, look = view.report, view.look
    total = _points(look, report.points, report.max_points)
    lines = ends(Text(), exercise_title(view.exercise, look), Text(total), look.width)
    if report.facts.problem is not None:
        return stripped([*lines, Text(), *problem_lines(view, report.facts.problem)])
    lines += [*paragraph(view.file(), look.width), Text(), *check_lines(view, {}, with_points=True), Text()]
    if report.faulty:
        lines += [*render_fault(look).split("\n"), Text()]
    for result in report.results:
        if result.outcome in BAD:
            lines += [*block(view, result), Text()]
    if any(result.outcome is Outcome.TODO for result in report.results):
        lines += todo_lines(view)
    return stripped(lines)


def _made(look: Look, graded: Sequence[tuple[Exercise, Report]], confinement: str) -> Lines:
    """Return how this was graded, and where to object."""
    hidden = any(result.visibility != "public" for _, report in graded for result in report.results)
    lines = [Text(say(look, "feedback.made")), Text()]
    if confinement:
        lines += paragraph(say(look, "feedback.confinement", confinement=confinement), look.width, indent=2)
    if hidden and look.audience == "student":
        lines += paragraph(say(look, "feedback.hidden"), look.width, indent=2)
    return [*lines, *paragraph(say(look, "feedback.object"), look.width, indent=2)]


def _points(look: Look, earned: float, total: float) -> str:
    return say(look, "screen.points", points=points(earned), total=points(total))
