"""Options that several commands share, so that each has one spelling and one meaning."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from grader.cli._faults import FOR_STUDENTS, Refused

if TYPE_CHECKING:
    from grader.exercise.course import Assignment

Wrapped = TypeVar("Wrapped", bound=Callable[..., Any])
POLICIES = ("require", "best", "off")


class Place(click.Path):
    """A path; one that the system does not let us look at is refused in a sentence, not with how a command is used."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:  # noqa: ANN401 - as click has it
        """Return the path, whether or not anything is there."""
        path: Path = super().convert(value, param, ctx)  # type: ignore[assignment]  # it is one, by path_type
        try:
            path.stat()
        except (FileNotFoundError, NotADirectoryError):
            pass  # what is to be done about it, the command knows
        except OSError as error:
            raise Refused(_unreachable(path, error, ctx)) from None
        return path


PLACE = Place(path_type=Path, readable=False)

language = click.option(
    "--lang", metavar="en|es", type=click.Choice(["en", "es"]), help="Language; else GRADER_LANG, else the locale."
)
course = click.option("--course", type=PLACE, help="Folder of exercises; else the nearest one at or above this one.")


def sandbox(default: str) -> Callable[[Wrapped], Wrapped]:
    """Return the option that says how much confinement is needed."""
    return click.option(
        "--sandbox",
        type=click.Choice(POLICIES),
        default=default,
        show_default=True,
        help="require: stop unless verified closed; best: what works here; off: only a process of its own.",
    )


def lacks_bubblewrap(sandbox: str) -> bool:
    """Return whether a layer that is wanted is off because bubblewrap is not installed."""
    from grader.fence.bubblewrap import program  # noqa: PLC0415 - only a command that starts a sandbox asks

    return sandbox != "off" and sys.platform == "linux" and program() is None


def processors() -> int:
    """Return how many processors we may use."""
    import os  # noqa: PLC0415 - only a command with workers asks

    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def exercise_of(slug: str, known: tuple[str, ...], lang: str | None) -> str:
    """Return the exercise that was asked for; an unknown one is refused in the reader's language, with the nearest."""
    if slug in known:
        return slug
    from grader.report.called import unknown_exercise  # noqa: PLC0415 - only a typing error pays for it
    from grader.report.look import look_at  # noqa: PLC0415 - the same

    raise Refused(unknown_exercise(look_at(sys.stderr, language=lang), slug, known))


def exercises_in(folder: Path, slugs: tuple[str, ...]) -> tuple[str, ...]:
    """Return all exercises in a folder of solutions; one of those asked for that is not among them is refused."""
    from grader.exercise.course import exercises_beside, without_settings  # noqa: PLC0415 - numpy is loaded only now

    known = exercises_beside(folder)
    for slug in slugs:
        if slug not in known and slug in {path.name for path in folder.iterdir() if path.is_dir()}:
            raise Refused(without_settings(folder / slug))
        exercise_of(slug, known, "en")
    return known


def exercises_of(slug: str, assignments: tuple[Assignment, ...]) -> tuple[str, ...]:
    """Return the exercises of the assignment that was asked for; an unknown or empty one is refused."""
    for assignment in assignments:
        if assignment.slug == slug and assignment.exercises:
            return assignment.exercises
    known = ", ".join(assignment.slug for assignment in assignments if assignment.exercises)
    raise Refused(f"There is no assignment {slug!r} with exercises. There are: {known}.")


def _unreachable(path: Path, error: OSError, ctx: click.Context | None) -> str:
    """Return why a path cannot be looked at: to a student in their language, to others in English."""
    from grader.report.called import unreachable  # noqa: PLC0415 - only such a path pays for it
    from grader.report.look import look_at  # noqa: PLC0415 - the same

    students = ctx is not None and ctx.info_name in FOR_STUDENTS
    language = ctx.params.get("lang") if ctx is not None and students else "en"
    return unreachable(look_at(sys.stderr, language=language), path, error.strerror or str(error))
