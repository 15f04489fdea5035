"""``grader hint``: one step further on a check that does not pass, from where to look to how to begin."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from grader.cli import _faults, _options


@click.command()
@click.argument("exercise")
@click.argument("check", required=False)
@click.option("--more", is_flag=True, help="Open the next hint now.")
@_options.language
@_options.course
def command(*, exercise: str, check: str | None, more: bool, lang: str | None, course: Path | None) -> None:
    """Show a hint for CHECK, a number or a name; else for the first that does not pass."""
    from grader.exercise.course import load_public_course, read_contents  # noqa: PLC0415 - numpy is loaded only now
    from grader.report.called import unknown_check  # noqa: PLC0415
    from grader.report.hint import find_check, render_hint  # noqa: PLC0415
    from grader.report.look import look_at, show  # noqa: PLC0415
    from grader.student.hinting import diagnosis_of, next_hint, stuck_at  # noqa: PLC0415
    from grader.student.history import read_history, remember  # noqa: PLC0415
    from grader.student.place import find_desk  # noqa: PLC0415

    desk = find_desk(course)
    look = look_at(sys.stdout, language=lang)
    slug = _options.exercise_of(exercise, read_contents(desk.course).slugs, lang)
    chosen = load_public_course(desk.course, [slug]).exercise(slug)
    history = read_history(desk.memory)
    found = stuck_at(chosen, history) if check is None else find_check(chosen, check)
    if found is None:
        raise _faults.Refused(unknown_check(look, chosen, check))
    hint = next_hint(chosen, history, found, look, more=more)
    remember(history, hint)
    diagnosis = diagnosis_of(chosen, history, found)
    show(render_hint(chosen, found, look, diagnosis=diagnosis, level=hint.level), look, sys.stdout)
