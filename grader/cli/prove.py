"""`grader prove`: show that an exercise is what it says, or which law it breaks."""

from __future__ import annotations

from pathlib import Path

import click

from grader.author.matrix import render_proof
from grader.author.place import find_solutions
from grader.author.prove import prove
from grader.cli import _options
from grader.exercise.course import load_author_course


@click.command("prove")
@click.argument("exercise", nargs=-1)
@click.option("--solutions", type=_options.PLACE, help="Folder of solutions. Default: beside pyproject.toml.")
@click.option("--quiet", is_flag=True, help="Do not say what is being tried.")
@click.pass_context
def command(context: click.Context, exercise: tuple[str, ...], solutions: Path | None, quiet: bool) -> None:  # noqa: FBT001 - click passes flags so
    """Prove EXERCISE, or every exercise: the laws of the course, and the kill matrix.

    The solution and every other right answer must earn their marks, the stub must earn none, and every known
    wrong answer must be caught and named. Exit code 0 if every law holds, 1 if one does not.
    """
    folder = find_solutions(solutions)
    _options.exercises_in(folder, exercise)
    course = load_author_course(folder)
    slugs = exercise or tuple(item.slug for item in course.exercises)
    project = folder.parent if (folder.parent / "pyproject.toml").is_file() else None
    proof = prove(course, slugs, project, tell=(lambda _: None) if quiet else _tell)
    click.echo(render_proof(proof))
    context.exit(1 if proof.violations else 0)


def _tell(line: str) -> None:
    click.echo(f"{line} ...", err=True)
