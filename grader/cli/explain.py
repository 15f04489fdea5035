"""``grader explain``: what a named misconception is, and what to do next."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from pathlib import Path

import click

from grader.cli import _faults, _options

EXPLAINED = re.compile(r"diagnoses\.([^.]+)\.cause")


@click.command()
@click.argument("diagnosis")
@_options.language
@_options.course
def command(*, diagnosis: str, lang: str | None, course: Path | None) -> None:
    """Explain DIAGNOSIS, the name that stands at the right of a failing check."""
    from grader.exercise.course import load_public_course  # noqa: PLC0415 - numpy is loaded only now
    from grader.report.called import unknown_diagnosis  # noqa: PLC0415
    from grader.report.hint import render_explain  # noqa: PLC0415
    from grader.report.look import look_at, show  # noqa: PLC0415
    from grader.student.place import find_desk  # noqa: PLC0415

    look = look_at(sys.stdout, language=lang)
    exercises = load_public_course(find_desk(course).course).exercises
    named = {name: one for one in reversed(exercises) for name in _diagnoses(one.texts["en"].words)}
    if diagnosis not in named:
        raise _faults.Refused(unknown_diagnosis(look_at(sys.stderr, language=lang), diagnosis, list(named)))
    show(render_explain(named[diagnosis], diagnosis, look), look, sys.stdout)


def _diagnoses(keys: Iterable[str]) -> list[str]:
    """Return the names that have an explanation, from dotted keys such as ``diagnoses.sum_instead.cause``."""
    found = (EXPLAINED.fullmatch(key) for key in keys)
    return [match[1] for match in found if match]
