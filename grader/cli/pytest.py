"""``grader pytest``: grade one submission with hidden checks, each check as a pytest item."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from grader.cli import _faults, _options

if TYPE_CHECKING:
    from grader.classroom.exam import Exam
    from grader.pytest_items.session import Session

KEY = re.compile("[0-9a-f]{64}")
INTERRUPTED, INTERNAL, USAGE, EMPTY = 2, 3, 4, 5  # exit codes of pytest


@click.command(epilog="Exit codes: 0 all pass, 1 a check fails, 2 usage, 4 a fault of the grader, 130 interrupted.")
@click.argument("folder", metavar="DIR/STUDENT", type=_options.PLACE)
@click.argument("args", metavar="[-- PYTEST OPTIONS]", nargs=-1, type=click.UNPROCESSED)
@click.option("--exercise", multiple=True, metavar="SLUG", help="Grade only this one; may be given several times.")
@click.option("--replay", default="", metavar="KEY", help="The key of this student in results.jsonl, from --personal.")
@_options.sandbox("require")
@_options.language
@click.option("--solutions", type=_options.PLACE, help="Folder of solutions; else beside pyproject.toml.")
@click.pass_context
def command(
    ctx: click.Context,
    *,
    folder: Path,
    args: tuple[str, ...],
    exercise: tuple[str, ...],
    replay: str,
    sandbox: str,
    lang: str | None,
    solutions: Path | None,
) -> None:
    """Grade the submission in DIR/STUDENT: <exercise>.py or <exercise>/<exercise>.py, with hidden checks.

    Options after -- go to pytest, such as: -- -k tau --lf -x --junitxml FILE
    """
    from grader.pytest_items.options import NotAllowed, checked_options  # noqa: PLC0415 - so that --help is quick

    try:
        options = checked_options(args)
    except NotAllowed as error:
        raise click.UsageError(str(error)) from None
    if not folder.is_dir():
        raise _faults.Refused(f"there is no folder {folder}; name the folder of one student")
    if any(Path(place).resolve().is_relative_to(folder.resolve()) for place in (sys.prefix, __file__)):
        raise _faults.Refused(f"{folder} holds the grader itself; name the folder of one student")
    if replay and not KEY.fullmatch(replay):
        raise _faults.Refused("--replay takes a key of 64 digits and letters: personal in a line of results.jsonl")
    session = _session(folder.absolute(), solutions, exercise, sandbox, lang, replay=replay)

    from grader.pytest_items.session import run_session  # noqa: PLC0415

    ctx.exit(_code(run_session(session, options), session))


def _session(
    folder: Path, solutions: Path | None, slugs: tuple[str, ...], sandbox: str, lang: str | None, *, replay: str
) -> Session:
    from grader.plugin import leave_import_path  # noqa: PLC0415 - so that --help is quick

    leave_import_path(folder)  # even if somebody put it there
    from grader.classroom.roll import students_in  # noqa: PLC0415 - numpy is loaded only now
    from grader.pytest_items.session import Session, make_room, shelf_of  # noqa: PLC0415 - numpy is loaded only now
    from grader.report.look import look_at  # noqa: PLC0415

    look = look_at(sys.stdout, language=lang, plain=True, audience="instructor")
    room = make_room(folder)
    exam = _exam(solutions, slugs, sandbox, look.language).drawn_for(replay)
    if others := students_in(folder, exam.slugs):
        raise _faults.Refused(f"{folder} holds a class; name the folder of one student, such as {others[0]}")
    return Session(room, shelf_of(folder, room, exam, look))


def _exam(solutions: Path | None, slugs: tuple[str, ...], sandbox: str, language: str) -> Exam:
    from grader.author.place import find_solutions  # noqa: PLC0415
    from grader.classroom.exam import read_exam  # noqa: PLC0415
    from grader.fence import Policy  # noqa: PLC0415

    secret = find_solutions(solutions)
    _options.exercises_in(secret, slugs)
    return read_exam(secret, slugs, policy=Policy(sandbox), language=language)


def _code(code: int, session: Session) -> int:
    """Return our exit code for one of pytest's."""
    if session.shelf.faulty:
        return _faults.OURS
    return {INTERRUPTED: _faults.INTERRUPTED, INTERNAL: _faults.OURS, USAGE: _faults.USAGE, EMPTY: _faults.USAGE}.get(
        code, code
    )
