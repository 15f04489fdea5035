"""`grader new`: begin an exercise from a small one that already proves itself."""

from __future__ import annotations

from pathlib import Path

import click

from grader.author.new import new_exercise
from grader.author.place import find_solutions
from grader.cli import _options


@click.command("new")
@click.argument("slug")
@click.option("--solutions", type=_options.PLACE, help="Folder of solutions. Default: beside pyproject.toml.")
def command(slug: str, solutions: Path | None) -> None:
    """Begin the exercise SLUG in the folder of solutions, with a small example in every file."""
    for path in new_exercise(slug, find_solutions(solutions)):
        click.echo(f"wrote {path}")
    click.echo(f"\nNext: change these files, then run grader prove {slug}")
