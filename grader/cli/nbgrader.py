"""``grader nbgrader``: set up an nbgrader course, and grade its labs several students at a time."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from grader.cli import _faults, _options

if TYPE_CHECKING:
    from grader.notebook.run import Tally

FOLDER = click.Path(path_type=Path, file_okay=False, readable=False)
MISSING = "nbgrader is not installed; install it with: pip install 'softmax-grader[nbgrader]'"


@click.group()
def command() -> None:
    """Set up a course for nbgrader, and grade its labs.

    nbgrader's own commands work in that folder as they always do, and give the same marks.
    """


@command.command()
@click.argument("folder", metavar="DIR", type=FOLDER)
@click.option("--exchange", type=FOLDER, help="Where students fetch and submit; else DIR-exchange.")
@click.option("--solutions", type=FOLDER, help="Folder of solutions; else beside pyproject.toml.")
@_options.language
def init(*, folder: Path, exchange: Path | None, solutions: Path | None, lang: str | None) -> None:
    """Write a course folder: notebooks, configuration, example students. Files that are there are kept.

    The folder of hidden solutions is written down in its configuration, so keep the course folder to yourself.
    """
    _need_nbgrader()
    from grader.author.place import find_solutions  # noqa: PLC0415 - only this command pays for it
    from grader.cli._progress import say_what_takes_long  # noqa: PLC0415 - the same
    from grader.notebook.course import next_commands, open_to_others, write_course  # noqa: PLC0415 - the same

    say_what_takes_long()
    course = write_course(folder, find_solutions(solutions), exchange=exchange, language=lang)
    for path in course.written:
        click.echo(f"wrote {path}")
    for path in course.kept:
        click.echo(f"kept {path}, which was there and is different")
    if mode := open_to_others(folder):
        click.echo(f"others can look into {folder} (mode {mode}), where marks will be. To end that: chmod 700 {folder}")
    click.echo("\n" + "\n".join(next_commands(course)))


@command.command(epilog="Exit codes: 0 graded, 2 usage, 4 a fault of the grader, 130 interrupted.")
@click.argument("lab", metavar="LAB")
@click.option("--jobs", type=click.IntRange(min=1), help="How many at the same time; else one for each processor.")
@click.option("--student", default="*", help="Grade only this one.")
@click.option("--force", is_flag=True, help="Grade also what was graded before.")
@click.option(
    "--execute", is_flag=True, help="Run students' cells anew, confined, for fresh outputs; marks stay the same."
)
@click.option("--sandbox", type=click.Choice(_options.POLICIES), help="Else as the course's configuration says.")
@_options.language
@click.option("--solutions", type=FOLDER, help="Folder of solutions; else as the course's configuration says.")
@click.pass_context
def autograde(
    ctx: click.Context,
    *,
    lab: str,
    jobs: int | None,
    student: str,
    force: bool,
    execute: bool,
    sandbox: str | None,
    lang: str | None,
    solutions: Path | None,
) -> None:
    """Grade what was collected of LAB, in the course's folder: as `nbgrader autograde`, but side by side.

    Marks go to nbgrader's gradebook, notebooks to autograded/. Run the same command again after Ctrl-C: it goes on
    where it stopped. A submission that cannot be graded stops no other.
    """
    _need_nbgrader()
    from grader.cli._progress import progress, say_what_takes_long  # noqa: PLC0415 - only this command pays for it
    from grader.notebook.lab import open_lab  # noqa: PLC0415 - the same
    from grader.notebook.run import Tally, grade_lab  # noqa: PLC0415 - the same

    say_what_takes_long()
    opened = open_lab(lab, solutions=solutions, language=lang, sandbox=sandbox, execute=execute)
    tally = Tally()
    try:
        with progress("graded") as tell:
            grade_lab(opened, tally, jobs=jobs or _options.processors(), student=student, again=force, tell=tell)
    finally:
        _say(*tally.notes, err=True)
    ctx.exit(_told(tally, lab))


def _told(tally: Tally, lab: str) -> int:
    """Say what was done and what is left, and return the exit code."""
    if tally.students:
        _say(f"graded {tally.graded} of {tally.students}; {tally.before} were graded before")
    else:
        _say(f"nobody has handed in {lab} yet; to fetch what is in the exchange, run: nbgrader collect {lab}")
    if tally.confinement:
        _say(tally.confinement)
    if tally.empty:
        _say(f"no notebook was handed in by: {', '.join(tally.empty)}")
    _say(*(f"grader: {student} was not graded: {why}" for student, why in tally.refused.items()), err=True)
    if tally.faults:
        story = "\n".join(f"{student}\n{fault}" for student, fault in tally.faults.items())
        path = _faults.write_fault(story, Path(_faults.FOLDER))
        names = ", ".join(sorted(tally.faults))
        _say(f"grader: the grader itself failed on {names}, who have no mark yet. Details: {path}", err=True)
    if tally.interrupted:
        _say(f"grader: stopped; {tally.left} of {tally.students} are not graded. To go on, run it again.", err=True)
        return _faults.INTERRUPTED
    return _faults.OURS if tally.faults or tally.refused else 0


def _say(*lines: str, err: bool = False) -> None:
    """Write lines in which names and texts are a student's."""
    from grader.report.clean import one_line  # noqa: PLC0415 - only a command that says something pays for it

    for line in lines:
        click.echo(one_line(line, sys.maxsize)[0], err=err)


def _need_nbgrader() -> None:
    if importlib.util.find_spec("nbgrader") is None:
        raise click.ClickException(MISSING)
