"""The screen of ``grader check``: every check as a line, one failure in full, and the next action last."""

from __future__ import annotations

from collections.abc import Mapping

from rich.text import Text

from grader.exercise.exercise import Exercise
from grader.judge.outcome import Outcome
from grader.judge.report import Report, Result
from grader.report.checks import Change, check_lines
from grader.report.digits import seconds as shown_seconds
from grader.report.layout import TEXT, Lines, beside, ends, fold, labelled, paragraph, stripped, together
from grader.report.look import Look
from grader.report.pointer import pointer
from grader.report.problem import problem_lines, render_fault
from grader.report.result import BAD, block
from grader.report.todo import todo_lines
from grader.report.view import View, exercise_list, exercise_title, usual_path
from grader.report.words import command

LETTERS = "abcdefgh"
NOTHING: Mapping[str, Change] = {}


def render_check(
    exercise: Exercise,
    report: Report,
    look: Look,
    *,
    position: tuple[int, int] = (1, 1),
    run: int | None = None,
    changes: Mapping[str, Change] = NOTHING,
    seconds: float | None = None,
    path: str | None = None,
    show_all: bool = False,
    next_exercise: str | None = None,
    fault_file: str | None = None,
    picture: str = "",
) -> Text:
    """Return the screen of one run.

    Parameters
    ----------
    position
        The exercise's number in the course, and how many there are.
    run
        How many runs there were, this one included.
    changes
        For a check's name what is new: ("fixed",), ("broken",) or ("same", runs).
    path
        The student's file, as they know it.
    show_all
        Whether all failures are shown in full, not only the first.
    next_exercise
        The slug to go on with when all checks pass.
    fault_file
        Where a fault of ours was written down.
    picture
        The file with the picture of a figure that differs.
    """
    view = View(exercise, report, look, path or usual_path(exercise), picture)
    if report.facts.problem is not None:
        return together(problem_lines(view, report.facts.problem), plain=look.plain)
    if report.faulty and all(result.outcome is Outcome.ERROR for result in report.results):
        return render_fault(look, fault_file)
    lines = [*_header(view, position, run, seconds), Text(), *check_lines(view, changes), Text()]
    if report.faulty:
        lines += [*render_fault(look, fault_file).split("\n"), Text()]
    lines += _rest(view, next_exercise, show_all=show_all)
    return together(stripped(lines), plain=look.plain)


def _header(view: View, position: tuple[int, int], run: int | None, seconds: float | None) -> Lines:
    said = view.say("screen.exercise", n=position[0], total=position[1])
    said += ", " + view.say("screen.run", n=run) if run is not None else ""
    checked = "" if seconds is None else view.say("screen.checked", seconds=shown_seconds(seconds))
    width = view.look.width
    title = ends(Text(), exercise_title(view.exercise, view.look), Text(said, style="dim"), width, style="bold")
    file = ends(Text(), view.file(), Text(checked, style="dim"), width, style="dim")
    return [*title, *(view.link(line) for line in file)]


def _rest(view: View, next_exercise: str | None, *, show_all: bool) -> Lines:
    results = view.report.results
    failing = [result for result in results if result.outcome in BAD]
    if failing:
        lines: Lines = []
        for result in failing if show_all else failing[:1]:
            lines += [*block(view, result), Text()]
        return lines + last_lines(view, failing[0])
    if any(result.outcome is Outcome.TODO for result in results):
        return todo_lines(view)
    return [] if view.report.faulty else all_pass_lines(view, next_exercise)


def last_lines(view: View, first: Result) -> Lines:
    """Return the score and where to go on."""
    there = None if view.secret(first) else pointer(view, first)
    passed = sum(result.outcome is Outcome.PASSED for result in view.report.results)
    said = view.say("screen.score", passed=passed, total=len(view.report.results))
    key = "screen.next_check" if there else "screen.next_check_anywhere"
    said += " " + view.say(key, n=view.number(first), path=view.file(), line=there.line if there else 0)
    return [view.link(line, there.line if there else None) for line in paragraph(said, view.look.width)]


def all_pass_lines(view: View, next_exercise: str | None = None) -> Lines:
    """Return what is true when everything passes, a question about why, and where to go on."""
    total = len(view.report.results)
    said = view.say(f"screen.all_pass.{'one' if total == 1 else 'many'}", n=total)
    if all(result.visibility == "public" for result in view.report.results):
        said += " " + view.say("screen.graded_run")
    lines = [*paragraph(said, view.look.width, style="green"), Text()]
    question = view.text("say_why.question")
    if question:
        lines += beside(view.say("labels.say_why"), question, view.look.width)
        lines += [*labelled("", _choices(view)), Text()]
    if next_exercise:
        again = command("check", next_exercise)
        lines += paragraph(view.say("screen.next_exercise", command=again), view.look.width)
    return lines


def _choices(view: View) -> list[str]:
    """Return the answers to choose from, side by side if they fit."""
    choices = exercise_list(view.exercise, view.look, "say_why.choices")
    lettered = [f"{letter}) {choice}" for letter, choice in zip(LETTERS, choices, strict=False)]
    width = view.look.width - TEXT
    one = "    ".join(lettered)
    return [one] if len(one) <= width else [line for choice in lettered for line in fold(choice, width)]
