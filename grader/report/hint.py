"""The small screens of ``grader hint`` and ``grader explain``: one idea each, deeper only when asked for."""

from __future__ import annotations

from rich.text import Text

from grader.exercise.check import Check
from grader.exercise.exercise import Exercise
from grader.report.layout import KEPT, Lines, beside, chop, ends, paragraph, together
from grader.report.look import Look
from grader.report.view import check_title, exercise_list, exercise_text, exercise_title, fill
from grader.report.words import command, say

INDENT = 2


def find_check(exercise: Exercise, asked: str) -> Check | None:
    """Return the check of that number or name, as a student types it."""
    checks = exercise.checks
    if asked.isdecimal():
        return checks[int(asked) - 1] if 0 < int(asked) <= len(checks) else None
    return next((check for check in checks if check.name == asked), None)


def hints(exercise: Exercise, look: Look, check: Check, diagnosis: str | None) -> tuple[str, ...]:
    """Return the hint ladder: of the misconception that was found, else of the check."""
    named = exercise_list(exercise, look, f"diagnoses.{diagnosis}.hints") if diagnosis else ()
    return named or exercise_list(exercise, look, f"checks.{check.name}.hints")


def hint_call(slug: str, number: int, *, notebook: bool, more: bool = False) -> str:
    """Return how a hint is asked for: with a command, or in a notebook with a call."""
    if notebook:
        return f'hint("{slug}",{KEPT}{number}' + (f",{KEPT}more=True)" if more else ")")
    return command("hint", slug, number, *(("--more",) if more else ()))


def render_hint(
    exercise: Exercise,
    check: Check,
    look: Look,
    *,
    diagnosis: str | None = None,
    level: int = 1,
    notebook: bool = False,
) -> Text:
    """Return the hint of one level for one check.

    Parameters
    ----------
    diagnosis
        What the last run found for this check, if anything.
    level
        From 1; a level beyond the ladder is its deepest one.
    notebook
        Whether the reader has a notebook, where cells are run and no commands.
    """
    number = exercise.checks.index(check) + 1
    ladder = hints(exercise, look, check, diagnosis)
    title = say(look, "hint.title", n=number, title=check_title(exercise, look, check.name))
    lines = [*paragraph(title, look.width, style="bold"), Text()]
    if not ladder:
        return together([*lines, *_rule(exercise, check, look)], plain=look.plain)
    lines += [*_hint(ladder[min(level, len(ladder)) - 1], look.width), Text()]
    again = say(look, "hint.cells") if notebook else command("check", exercise.slug)
    lines += paragraph(say(look, "hint.next", command=again), look.width)
    if level < len(ladder):
        more = hint_call(exercise.slug, number, notebook=notebook, more=True)
        lines += paragraph(say(look, "hint.stuck", command=more), look.width, style="dim")
    return together(lines, plain=look.plain)


def render_explain(exercise: Exercise, diagnosis: str, look: Look) -> Text:
    """Return what a diagnosis means, what to do next, and which check finds it."""
    title = Text(exercise_title(exercise, look), style="dim")
    lines = [*ends(Text(), diagnosis, title, look.width, style="bold"), Text()]
    for label in ("cause", "next"):
        text = exercise_text(exercise, look, f"diagnoses.{diagnosis}.{label}")
        lines += beside(say(look, f"labels.{label}"), fill(text, {}), look.width) if text else []
    for number, check in enumerate(exercise.checks, start=1):
        if diagnosis in check.finds and (check.visibility == "public" or look.audience == "instructor"):
            said = say(look, "hint.check", n=number, title=check_title(exercise, look, check.name))
            lines += beside(say(look, "labels.found_by"), said, look.width)
    return together(lines, plain=look.plain)


def _rule(exercise: Exercise, check: Check, look: Look) -> Lines:
    """Return what can be said of a check that has no hints."""
    lines = paragraph(say(look, "hint.none"), look.width, indent=INDENT)
    rule = fill(exercise_text(exercise, look, f"checks.{check.name}.rule") or "", {})
    return lines + ([Text(), *paragraph(rule, look.width, indent=INDENT)] if rule else [])


def _hint(text: str, width: int) -> Lines:
    """Return a hint's paragraphs, wrapped; lines of code, which are indented, stay as they are."""
    lines: Lines = []
    for number, part in enumerate(text.split("\n\n")):
        lines += [Text()] if number else []
        if part.startswith((" ", "\t", "#")):
            lines += [
                Text(" " * INDENT + piece) for line in part.split("\n") for piece in chop(line, width - INDENT) or [""]
            ]
        else:
            lines += paragraph(part, width, indent=INDENT)
    return lines
