"""Law 8 by nbgrader's own program: it hands out every lab, and known answers earn in its gradebook what files earn.

A column is a notebook that holds one known answer to each exercise of a lab. The columns of a lab are spread evenly
over its solutions, stubs, accepted answers and mistakes; all answers are tried on the same way, without the program
and its gradebook, in tests/test_every_exercise.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

import pytest
from nbgrader.api import Gradebook

from grader.author.place import accepted, mistakes
from grader.exercise.course import Assignment, read_assignments
from grader.judge.report import total
from grader.notebook.room import Terms, open_room, seen_in

pytestmark = pytest.mark.filterwarnings("ignore")
PROJECT: Final = Path(__file__).resolve().parents[2]
SOLUTIONS: Final = PROJECT / "solutions"
LABS: Final = [lab for lab in read_assignments(SOLUTIONS) if lab.exercises]
COLUMNS: Final = 3
ALL: Final = "all of it"  # with extra credit
Points = dict[str, float]  # exercise -> what its check earns
Course = Any  # the fixture: a course folder, and nbgrader to work in it


def column(lab: Assignment, number: int) -> dict[str, bytes]:
    """Return one answer to each exercise; those of the first column are the solutions."""
    found = {slug: answers(slug) for slug in lab.exercises}
    return {slug: paths[number * len(paths) // COLUMNS].read_bytes() for slug, paths in found.items()}


def answers(slug: str) -> list[Path]:
    """Return the known answers to an exercise: right, unwritten, right in another way, and wrong ones."""
    folder = SOLUTIONS / slug
    known = [one.path for one in (*accepted(folder), *mistakes(folder))]
    return [folder / "solution.py", PROJECT / "exercises" / slug / f"{slug}.py", *known]


def as_files(lab: Assignment, sources: dict[str, bytes]) -> Points:
    """Return what a column earns as files, by the exam that nbgrader has read in this process, to read it once."""
    room = open_room(Terms(SOLUTIONS), lab.exercises, seen_in(SOLUTIONS))
    reports = room._examiner.examine(sources)  # noqa: SLF001 - as said
    return {**{one.exercise: 0.0 if one.optional else one.points for one in reports}, ALL: total(reports)[0]}


def in_gradebook(course: Course, lab: Assignment, student: str) -> Points:
    """Return what the gradebook says of a student's checks."""
    with Gradebook(f"sqlite:///{course.root}/gradebook.db", "softmax") as gradebook:
        grades = gradebook.find_submission_notebook(lab.slug, lab.slug, student).grades
        checks = {one.name.removesuffix("-check"): one for one in grades if one.name.endswith("-check")}
        earned = {slug: one.auto_score for slug, one in checks.items()}
        extra = sum(one.extra_credit or 0.0 for one in checks.values())
        return {**earned, ALL: round(sum(earned.values()) + extra, 10)}


@pytest.mark.parametrize("lab", LABS, ids=lambda lab: lab.slug)
def test_answers_earn_in_the_gradebook_what_they_earn_as_files(lab: Assignment, course: Course) -> None:
    """By nbgrader's autograde, one column after another; optional points are extra credit, as far as there is room."""
    api = course.api()
    if lab != LABS[0]:  # which is handed out already
        assert api.generate_assignment(lab.slug)["success"]
    released = (course.root / "release" / lab.slug / f"{lab.slug}.ipynb").read_text(encoding="utf-8")
    handed_out_are_the_stubs(lab, {cell["id"]: cell for cell in json.loads(released)["cells"]})
    for number in range(COLUMNS):
        student, sources = f"student{number}", column(lab, number)
        notebook = json.loads(released)
        for cell in notebook["cells"]:
            cell["source"] = sources[cell["id"]].decode() if cell["id"] in sources else cell["source"]
        course.hand_in(student, notebook, lab=lab.slug)
        answer = api.autograde(lab.slug, student)
        assert answer["success"], answer["log"]
        assert (number, as_files(lab, sources)) == (number, in_gradebook(course, lab, student))


def handed_out_are_the_stubs(lab: Assignment, cells: dict[str, Any]) -> None:
    """What nbgrader generated still holds each stub to the letter, and checks that nobody edits."""
    for slug in lab.exercises:
        stub = (PROJECT / "exercises" / slug / f"{slug}.py").read_text(encoding="utf-8")
        assert "".join(cells[slug]["source"]) + "\n" == stub
        assert cells[f"{slug}-check"]["metadata"]["editable"] is False
