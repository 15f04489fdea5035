"""Law 8 by the door of `check`: what a student's notebook says of every answer that we know.

A notebook has the released course and functions, so that is what `check` is given here: the stub, the solution, every
accepted answer and every wrong one, in this process. What would not come to an end is left to the fence.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from grader.author.bank import with_bank
from grader.author.laws.doors import verdicts
from grader.author.place import accepted, mistakes
from grader.exercise.course import load_author_course
from grader.exercise.exercise import Exercise
from grader.exercise.modules import import_author_module
from grader.exercise.reference import Live
from grader.exercise.reply import Status
from grader.judge import judge
from grader.notebook import check

PROJECT = Path(__file__).resolve().parents[2]
SOLUTIONS, EXERCISES = PROJECT / "solutions", PROJECT / "exercises"
SLUGS = sorted(path.parent.name for path in SOLUTIONS.glob("*/exercise.toml"))
MANY = 60  # wrong answers of an exercise that are all tried
STOPPED = {Status.TIMEOUT, Status.MEMORY, Status.CRASHED}


def answers(exercise: Exercise) -> Iterator[Path]:
    """Yield the files of the answers whose calls come to an end; of very many wrong ones, one of each name."""
    folder = SOLUTIONS / exercise.slug
    told = exercise.bank.mistakes
    endless = {(one.diagnosis, one.variant) for one in told if STOPPED & {r.status for r in one.replies.values()}}
    wrong = [one for one in mistakes(folder) if (one.diagnosis, one.name) not in endless]
    yield from (EXERCISES / exercise.slug / f"{exercise.slug}.py", folder / "solution.py")
    yield from (one.path for one in accepted(folder))
    yield from (one.path for one in (wrong if len(wrong) <= MANY else {one.diagnosis: one for one in wrong}.values()))


def public(exercise: Exercise) -> Exercise:
    """Return an exercise without its hidden checks."""
    return replace(exercise, checks=tuple(one for one in exercise.checks if one.visibility == "public"))


@pytest.mark.parametrize("slug", SLUGS)
def test_check_says_of_every_answer_what_every_other_door_says(slug: str) -> None:
    """The same outcomes, points and names as by the author's own files, and the share of the points as a number."""
    known = load_author_course(SOLUTIONS).exercise(slug)
    exercise = public(with_bank(known, SOLUTIONS / slug))
    worth = 0.0 if known.optional else known.max_points if known.worth is None else known.worth
    for path in answers(exercise):
        module = import_author_module(path, SOLUTIONS if path.is_relative_to(SOLUTIONS) else EXERCISES)
        functions = [getattr(module, call) for call in exercise.calls if hasattr(module, call)]
        if len(functions) < len(exercise.calls):
            continue  # the cell would be a NameError
        score = check(slug, *functions, lang="en", course=EXERCISES)
        report = judge(exercise, Live(module))
        assert verdicts(score.report) == verdicts(report), path
        assert float(score) == pytest.approx(worth * report.points / report.max_points), path
