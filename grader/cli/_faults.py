"""Faults: what ends a command, told in one sentence, with the whole story in a file for whoever must mend it."""

from __future__ import annotations

import platform
import sys
import tempfile
import time
import traceback
from importlib.metadata import version
from pathlib import Path
from typing import IO, Any

import click

FAILED = 1  # a check fails
USAGE = 2  # what was asked for, or a file that was given, is not as it must be
UNLOADED = 3  # the student's code cannot be loaded
OURS = 4  # our fault
INTERRUPTED = 130

FOLDER = ".grader"
FOR_STUDENTS = frozenset({"check", "hint", "explain"})


class Refused(click.ClickException):
    """What was asked for is not there; it was asked for in the right way, so nobody is shown how a command is used."""

    exit_code = USAGE

    def show(self, file: IO[Any] | None = None) -> None:
        """Write the sentence as all others are written."""
        click.echo(f"grader: {self.message}", file=file, err=True)


def tell(error: Exception, command: str | None) -> int:
    """Write the sentence of an error to stderr and return the exit code."""
    if isinstance(error, ModuleNotFoundError) and error.name and not error.name.startswith("grader"):
        click.echo(f"grader: this needs {error.name}, which is not installed: pip install {error.name}", err=True)
        return USAGE
    from grader.classroom.store import OutFull  # noqa: PLC0415 - only a fault pays for these imports
    from grader.exercise.check import AuthorError  # noqa: PLC0415 - the same
    from grader.fence import FenceError  # noqa: PLC0415 - the same

    if isinstance(error, AuthorError):
        click.echo(f"grader: {error}", err=True)
        return USAGE
    if isinstance(error, FenceError | OutFull):
        click.echo(f"grader: {error}", err=True)
        return OURS
    path = write_fault("".join(traceback.format_exception(error)), Path(FOLDER))
    if command in FOR_STUDENTS:
        _tell_student(path)
    else:
        click.echo(f"grader: the grader itself failed: {_sentence(error)}. Details: {path}", err=True)
    return OURS


def _tell_student(path: Path) -> None:
    """Take the blame in the words of every other screen, in the student's language."""
    from grader.report.look import look_at, show  # noqa: PLC0415 - only a fault pays for these imports
    from grader.report.problem import render_fault  # noqa: PLC0415 - the same

    look = look_at(sys.stderr)
    show(render_fault(look, str(path)), look, sys.stderr)


def write_fault(story: str, folder: Path) -> Path:
    """Add a story to the fault file of this minute, and return its path; any folder that can be written will do."""
    told = time.strftime("fault-%Y%m%d-%H%M.txt")
    head = f"grader {version('softmax-grader')}, Python {sys.version}, {platform.platform()}\n{' '.join(sys.argv)}\n\n"
    for place in (folder, Path(tempfile.gettempdir())):
        try:
            place.mkdir(parents=True, exist_ok=True)
            with (place / told).open("a", encoding="utf-8", errors="backslashreplace") as file:
                file.write(head + story + "\n")
        except OSError:
            continue
        return place / told
    sys.stderr.write(story)  # nowhere to write: then it is better seen than lost
    return folder / told


def write_what_the_stream_can() -> None:
    """Let stdout and stderr replace letters that they cannot write, instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure") and stream.errors == "strict":
            stream.reconfigure(errors="replace")


def _sentence(error: Exception) -> str:
    if isinstance(error, OSError) and error.strerror:
        return f"{error.strerror}: {error.filename}" if error.filename else error.strerror
    return f"{type(error).__name__}: {error}".partition("\n")[0]
