"""``grader grade``: grade a class with hidden checks, in a sandbox."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from grader.cli import _faults, _options

if TYPE_CHECKING:
    from grader.classroom.exam import Exam
    from grader.classroom.run import Tally
    from grader.report.look import Look


@click.command(epilog="Exit codes: 0 graded, 2 usage, 4 a fault of the grader, 130 interrupted.")
@click.argument("folder", metavar="DIR", type=_options.PLACE)
@click.option("--out", required=True, type=_options.PLACE, help="Folder for the results.")
@click.option("--exercise", multiple=True, metavar="SLUG", help="Grade only this one; may be given several times.")
@click.option("--assignment", metavar="SLUG", help="Grade the exercises of this assignment, such as lab-00.")
@click.option("--personal", default="", metavar="SEED", help="Draw hidden inputs anew for each student.")
@click.option("--jobs", type=click.IntRange(min=1), help="How many at the same time; else one for each processor.")
@_options.sandbox("require")
@_options.language
@click.option("--solutions", type=_options.PLACE, help="Folder of solutions; else beside pyproject.toml.")
@click.pass_context
def command(
    ctx: click.Context,
    *,
    folder: Path,
    out: Path,
    exercise: tuple[str, ...],
    assignment: str | None,
    personal: str,
    jobs: int | None,
    sandbox: str,
    lang: str | None,
    solutions: Path | None,
) -> None:
    """Grade every student in DIR: one folder each, with <exercise>.py or <exercise>/<exercise>.py in it.

    Marks go to OUT/results.jsonl, a page for each student to OUT/feedback/. Run the same command again after Ctrl-C:
    it goes on where it stopped.

    Whose file the system does not let us read has no mark, is named, and makes the exit code 4. Two files for one
    exercise, a link, or a file too large are not read either: 0 points, and the summary says whom to look at.

    With --personal, hidden inputs are drawn anew for each student. The seed is any text; keep it to yourself. Each line
    of results.jsonl holds the student's key, with which grader pytest --replay asks the same again.
    """
    from grader.classroom.roll import call_the_roll, refuse_inside  # noqa: PLC0415 - numpy is loaded only now
    from grader.classroom.run import grade_class  # noqa: PLC0415
    from grader.cli._progress import progress, say_what_takes_long  # noqa: PLC0415
    from grader.report.look import look_at  # noqa: PLC0415

    start = time.monotonic()
    look = look_at(sys.stdout, language=lang, audience="instructor")
    roll = call_the_roll(folder)
    refuse_inside(folder, out)
    say_what_takes_long()
    exam = _exam(
        [entry.student for entry in roll],
        out,
        solutions,
        exercise,
        assignment=assignment,
        sandbox=sandbox,
        language=look.language,
        seed=personal,
    )
    _warn(folder, exam)
    with progress("graded") as tell:
        tally = grade_class(roll, out, exam, workers=jobs or _options.processors(), tell=tell)
    _summary(exam, tally, out, look, time.monotonic() - start)
    ctx.exit(_told(tally, out))


def _exam(
    students: Sequence[str],
    out: Path,
    solutions: Path | None,
    slugs: tuple[str, ...],
    *,
    assignment: str | None,
    sandbox: str,
    language: str,
    seed: str,
) -> Exam:
    from grader.author.place import find_solutions  # noqa: PLC0415
    from grader.classroom.exam import read_exam  # noqa: PLC0415
    from grader.classroom.key import suite_of  # noqa: PLC0415
    from grader.classroom.store import refuse_early  # noqa: PLC0415
    from grader.exercise.course import fingerprint, read_assignments  # noqa: PLC0415
    from grader.fence import Policy  # noqa: PLC0415

    folder = find_solutions(solutions)
    known = _options.exercises_in(folder, slugs)
    if assignment is not None:
        slugs = (*slugs, *_options.exercises_of(assignment, read_assignments(folder)))
    refuse_early(out, suite_of(fingerprint(folder), slugs or known, seed), students)
    return read_exam(folder, slugs, policy=Policy(sandbox), language=language, seed=seed)


def _warn(folder: Path, exam: Exam) -> None:
    _warn_of_missing_texts(exam)
    _warn_of_hidden_folders(folder, exam)


def _warn_of_missing_texts(exam: Exam) -> None:
    """Say which texts an author owes, or has to spare; a class is graded all the same."""
    from grader.author.laws.texts import texts_complete  # noqa: PLC0415 - as above

    told = [one for each in exam.exercises for one in texts_complete(each, exam.solutions / each.slug)]
    if told:
        more = f" (and {len(told) - 1} more)" if len(told) > 1 else ""
        said = f"{told[0].subject}: {told[0].seen}{more}. Grading goes on; grader prove lists what to mend"
        click.echo(f"grader: {said}", err=True)


def _warn_of_hidden_folders(folder: Path, exam: Exam) -> None:
    """Say which folders hold an answer, and are not graded because programs keep their own things under such names."""
    from grader.classroom.roll import passed_over  # noqa: PLC0415 - as above

    for name in passed_over(folder, exam.slugs):
        click.echo(
            f"grader: {name} is not graded, for its name begins with a dot; rename it if it is a student", err=True
        )


def _summary(exam: Exam, tally: Tally, out: Path, look: Look, seconds: float) -> None:
    from grader.classroom.recall import recall_class, ungraded  # noqa: PLC0415
    from grader.report.confined import without_bubblewrap  # noqa: PLC0415
    from grader.report.look import show  # noqa: PLC0415
    from grader.report.summary import render_class  # noqa: PLC0415

    unmarked = (ungraded(student, exam.exercises, tally.unread.get(student, "")) for student in tally.unmarked)
    graded = [*recall_class(out), *unmarked]
    graded.sort(key=lambda one: one.student)
    screen = render_class(graded, look, title=exam.title, confinement=tally.confinement, out=str(out), seconds=seconds)
    show(screen, look, sys.stdout)
    if _options.lacks_bubblewrap(exam.policy):
        click.echo()
        show(without_bubblewrap(look), look, sys.stdout)


def _told(tally: Tally, out: Path) -> int:
    """Say what is left to do, and return the exit code."""
    for student, reason in tally.unread.items():
        click.echo(f"grader: {student} has no mark yet: {reason}. Make it readable, and run this again.", err=True)
    if tally.faults:
        story = "\n".join(f"{student}\n{fault}" for student, fault in tally.faults.items())
        path = _faults.write_fault(story, out)
        names = ", ".join(sorted(tally.faults))
        click.echo(f"grader: the grader itself failed on {names}, who have no mark yet. Details: {path}", err=True)
    if tally.interrupted:
        left = tally.students - tally.graded - len(tally.unmarked)
        click.echo(f"grader: stopped; {left} of {tally.students} are not graded. To go on, run it again.", err=True)
        return _faults.INTERRUPTED
    return _faults.OURS if tally.unmarked else 0
