"""``grader check``: run the public checks on your own code, and read what to do next."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Timer
from typing import TYPE_CHECKING

import click

from grader.cli import _faults, _options

if TYPE_CHECKING:
    from grader.report.look import Look
    from grader.student.checking import Bench, Checked
    from grader.student.place import Desk

PATIENCE = 0.3  # seconds


@dataclass(frozen=True, slots=True)
class Page:
    """How the screens are to appear, and how much of them."""

    look: Look
    show_all: bool
    traceback: bool


@click.command(
    epilog="Exit codes: 0 all pass, 1 a check fails, 2 usage, 3 your code cannot be loaded, 4 a fault of the grader."
)
@click.argument("exercise", required=False)
@click.argument("file", required=False, type=_options.PLACE)
@click.option("--all", "show_all", is_flag=True, help="Show every exercise, and every failure in full.")
@click.option("--plain", is_flag=True, help="No colour, no bars, no links.")
@click.option("--traceback", is_flag=True, help="Show Python's traceback of a crash, too.")
@_options.language
@_options.sandbox("best")
@_options.course
@click.pass_context
def command(
    ctx: click.Context,
    *,
    exercise: str | None,
    file: Path | None,
    show_all: bool,
    plain: bool,
    traceback: bool,
    lang: str | None,
    sandbox: str,
    course: Path | None,
) -> None:
    """Check your code.

    Without EXERCISE: the one whose folder you are in, else all of them, in order, until one does not pass. FILE is
    your code, if it is not where the exercises are.
    """
    from grader.exercise.course import read_contents  # noqa: PLC0415 - numpy is loaded only now
    from grader.fence import Policy  # noqa: PLC0415
    from grader.student.checking import opened_bench  # noqa: PLC0415
    from grader.student.place import find_desk  # noqa: PLC0415

    desk = find_desk(course)
    contents = read_contents(desk.course)
    slugs, files = asked(desk, contents.slugs, exercise, file, lang)
    with opened_bench(desk, contents, slugs, Policy(sandbox)) as bench:
        from grader.report.look import look_at  # noqa: PLC0415 - rich is loaded while the sandbox starts

        look = look_at(sys.stdout, language=lang, plain=plain)
        ctx.exit(_run(bench, slugs, files, Page(look=look, show_all=show_all, traceback=traceback)))


def asked(
    desk: Desk, known: tuple[str, ...], exercise: str | None, file: Path | None, lang: str | None
) -> tuple[tuple[str, ...], dict[str, Path]]:
    """Return which exercises to check, and the files that are elsewhere; an exercise may be named by its file."""
    if exercise is None:
        here = desk.here(known)
        return ((here,) if here else known), {}
    path = Path(exercise)
    if file is None and exercise not in known and path.exists():
        slug = path.stem if path.stem in known else path.resolve().parent.name
        return (_options.exercise_of(slug, known, lang),), {slug: path / f"{slug}.py" if path.is_dir() else path}
    slug = _options.exercise_of(exercise, known, lang)
    return (slug,), {} if file is None else {slug: file / f"{slug}.py" if file.is_dir() else file}


def _run(bench: Bench, slugs: Sequence[str], files: dict[str, Path], page: Page) -> int:
    """Check the exercises in order until one does not pass, and return the exit code."""
    code = 0
    checked = bench.check(slugs, files)
    for slug in slugs:
        with _patience(slug, page.look):
            one = next(checked)
        code = max(code, _code(one))
        last = slug == slugs[-1] or not one.passed
        if last or page.show_all:  # of those before it, it is enough that they pass
            _show(one, bench.desk, page)
            sys.stdout.write("\n" if page.show_all and slug != slugs[-1] else "")
        if last and not page.show_all:
            break
    return code


@contextmanager
def _patience(slug: str, look: Look) -> Iterator[None]:
    """Say what is being done, if it takes a moment and somebody is looking."""
    from grader.report.look import show  # noqa: PLC0415
    from grader.report.waiting import render_waiting  # noqa: PLC0415

    said = Timer(PATIENCE, lambda: show(render_waiting(slug, look), look, sys.stderr))
    if sys.stderr.isatty():
        said.start()
    try:
        yield
    finally:
        said.cancel()


def _show(one: Checked, desk: Desk, page: Page) -> None:
    from grader.report.look import show  # noqa: PLC0415
    from grader.report.screen import render_check  # noqa: PLC0415
    from grader.student.pictures import keep_picture  # noqa: PLC0415
    from grader.student.place import shown  # noqa: PLC0415
    from grader.student.traces import render_traces  # noqa: PLC0415

    screen = render_check(
        one.exercise,
        one.report,
        page.look,
        position=one.position,
        run=one.run,
        changes=one.changes,
        seconds=one.seconds,
        path=shown(one.path),
        show_all=page.show_all,
        next_exercise=one.next_exercise,
        picture=keep_picture(one, page.look, desk.memory),
        fault_file=shown(_faults.write_fault(one.faults, desk.memory)) if one.report.faulty else None,
    )
    show(screen, page.look, sys.stdout)
    if page.traceback:
        sys.stdout.write(render_traces(one.report, page.look))


def _code(one: Checked) -> int:
    if one.report.faulty:
        return _faults.OURS
    if one.report.facts.problem is not None:
        return _faults.UNLOADED
    return 0 if one.passed else _faults.FAILED
