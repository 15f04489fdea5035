"""`grader release`: write what students may see."""

from __future__ import annotations

from pathlib import Path

import click

from grader.author.laws.freshness import released_files_fresh
from grader.author.place import find_solutions
from grader.author.release import build_release, write_bundle, write_release
from grader.exercise.course import load_author_course


@click.command("release")
@click.option(
    "--solutions", type=click.Path(path_type=Path), help="Folder of solutions. Default: beside pyproject.toml."
)
@click.option("--bundle", type=click.Path(path_type=Path, dir_okay=False), help="Also write exercises/ as this zip.")
@click.option("--check", is_flag=True, help="Write nothing; fail if exercises/ is not fresh.")
@click.pass_context
def command(context: click.Context, solutions: Path | None, bundle: Path | None, check: bool) -> None:  # noqa: FBT001 - click passes flags so
    """Write exercises/ from the solutions: stubs, public checks, recorded answers and texts.

    Nothing of a solution is in it. The same solutions give the same bytes.
    """
    folder = find_solutions(solutions)
    files = build_release(load_author_course(folder))
    target = folder.parent / "exercises"
    if check:
        stale = list(released_files_fresh(files, target))
        for violation in stale:
            click.echo(str(violation))
        context.exit(1 if stale else 0)
    for name in write_release(files, target):
        click.echo(f"wrote {target.name}/{name}")
    if bundle is not None:
        write_bundle(files, bundle)
        click.echo(f"wrote {bundle}")
    click.echo(f"{len(files)} files are released in {target}")
