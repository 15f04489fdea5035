"""`grader new`: begin an exercise from a small one, which keeps every law once it is released."""

from __future__ import annotations

from pathlib import Path

import click

from grader.author.new import new_exercise
from grader.author.place import NoSolutions, find_solutions
from grader.cli import _faults, _options

START = "to start a folder of solutions, put an empty course.toml into a new folder, and name that with --solutions"


@click.command("new")
@click.argument("slug")
@click.option("--solutions", type=_options.PLACE, help="Folder of solutions. Default: beside pyproject.toml.")
def command(slug: str, solutions: Path | None) -> None:
    """Begin the exercise SLUG in the folder of solutions, with a small example in every file.

    Once grader release has written what students get of it, the example keeps every law of grader prove.
    """
    try:
        folder = find_solutions(solutions)
    except NoSolutions as error:
        raise _faults.Refused(f"{error}; {START}") from None
    for path in new_exercise(slug, folder):
        click.echo(f"wrote {path}")
    click.echo(f"\nNext: change these files, then run grader release and grader prove {slug}")
