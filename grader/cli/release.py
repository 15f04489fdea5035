"""`grader release`: write what students may see."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import click

from grader.author.laws import Violation
from grader.author.laws.freshness import released_files_fresh
from grader.author.laws.pages import notebooks_complete, pages_complete
from grader.author.laws.texts import texts_complete
from grader.author.notebooks import build_notebooks, build_solved
from grader.author.place import find_solutions, private_folder
from grader.author.release import build_release, write_bundle, write_private, write_release
from grader.cli import _faults, _options
from grader.cli._progress import say_what_takes_long
from grader.exercise.course import Course, load_author_course


@click.command("release")
@click.option("--solutions", type=_options.PLACE, help="Folder of solutions. Default: beside pyproject.toml.")
@click.option(
    "--bundle",
    type=click.Path(path_type=Path, dir_okay=False, readable=False),
    help="Also write exercises/ as this zip.",
)
@click.option(
    "--solved",
    type=click.Path(path_type=Path, file_okay=False, readable=False),
    help="Also write the notebooks, solved, for you alone.",
)
@click.option("--check", is_flag=True, help="Write nothing; fail if exercises/ or source/ is not fresh.")
@click.pass_context
def command(
    context: click.Context,
    *,
    solutions: Path | None,
    bundle: Path | None,
    solved: Path | None,
    check: bool,
) -> None:
    """Write exercises/ and source/ from the solutions: what students check, and the notebooks that nbgrader hands out.

    Nothing of a solution is in them. The same solutions give the same bytes. Where a text is missing in a language,
    nothing is written.
    """
    folder = find_solutions(solutions)
    private = private_folder(solved, folder.parent) if solved is not None else None
    say_what_takes_long()
    course = load_author_course(folder)
    files = build_release(course)
    made = {"exercises": files, "source": build_notebooks(course, files)}
    broken = list(_untold(course, files))
    if check:
        broken += [
            one for name, texts in made.items() for one in released_files_fresh(texts, folder.parent / name, course)
        ]
    for violation in broken:
        click.echo(str(violation), err=not check)
    if broken and not check:
        click.echo("grader: nothing was released; write these texts in every language, and run this again", err=True)
    if broken or check:
        context.exit(_faults.FAILED if broken else 0)
    for name, texts in made.items():
        for changed in write_release(texts, folder.parent / name):
            click.echo(f"{'wrote' if changed in texts else 'removed'} {name}/{changed}")
    if bundle is not None:
        write_bundle(files, bundle)
        click.echo(f"wrote {bundle}")
    if private is not None:
        for path in write_private(build_solved(course, files), private):
            click.echo(f"wrote {path}, which is secret")
    click.echo(f"{len(files)} files are released in {folder.parent / 'exercises'}, {len(made['source'])} in source/")


def _untold(course: Course, files: Mapping[str, str]) -> Iterator[Violation]:
    """Yield what breaks law 5: a student would read nothing there, or another language."""
    for exercise in course.exercises:
        yield from texts_complete(exercise, course.folder / exercise.slug)
    yield from pages_complete(files)
    yield from notebooks_complete(course)
