"""One verdict, whichever door a submission comes in by: ``grader grade``, ``grader pytest``, pytest on a bundle.

All that is known of ``softmax`` comes in by each door: the solution, the stub, every right and every wrong answer.
"""

from __future__ import annotations

import json
import subprocess
import sysconfig
import xml.etree.ElementTree as ET
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from grader.author.place import accepted, mistakes
from grader.author.release import write_release
from grader.classroom.exam import read_exam
from grader.exercise.course import load_public_course
from grader.fence import Policy
from grader.fence.intake import take_in
from grader.pytest_items.session import INI, Session, run_session
from grader.pytest_items.shelf import Answer, Shelf
from grader.report.look import Look

Run = Callable[..., subprocess.CompletedProcess[str]]
Verdicts = dict[tuple[str, str], tuple[str, float, float, str]]  # (student, check): outcome, points, of, diagnosis

SOLUTIONS = Path(__file__).resolve().parents[2] / "solutions"
SLUG = "softmax"
FOLDER = SOLUTIONS / SLUG


@pytest.fixture(scope="module")
def bundle(released: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the released course."""
    folder = tmp_path_factory.mktemp("bundle") / "exercises"
    write_release(released, folder)
    return folder


@pytest.fixture(scope="module")
def submissions(bundle: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a class in which each answer that is known is a student."""
    known = {"solution": FOLDER / "solution.py", "stub": bundle / SLUG / f"{SLUG}.py"}
    known |= {f"right {one.name}": one.path for one in accepted(FOLDER)}
    known |= {f"wrong {one.diagnosis} {one.name}": one.path for one in mistakes(FOLDER)}
    folder = tmp_path_factory.mktemp("class")
    for student, path in known.items():
        (folder / student).mkdir()
        (folder / student / f"{SLUG}.py").write_bytes(path.read_bytes())
    return folder


@pytest.fixture(scope="module")
def graded(submissions: Path, tmp_path_factory: pytest.TempPathFactory) -> Verdicts:
    """Return what `grader grade` says."""
    out = tmp_path_factory.mktemp("graded") / "out"
    program = Path(sysconfig.get_path("scripts")) / "grader"
    options = ["--sandbox", "best", "--exercise", SLUG, "--solutions", SOLUTIONS, "--jobs", "1"]
    subprocess.run([program, "grade", submissions, "--out", out, *options], check=True, capture_output=True)
    lines = [json.loads(line) for line in (out / "results.jsonl").read_text(encoding="utf-8").splitlines()]
    return {
        (line["student"], one["check"]): (one["outcome"], one["points"], one["max_points"], one["diagnosis"] or "")
        for line in lines
        for one in line["exercises"][0]["results"]
    }


def by_pytest(answers: Mapping[Path, Answer], room: Path) -> Verdicts:
    """Return what one run of pytest over many submissions says, read from its XML."""
    (room / INI).write_text("[pytest]\n", encoding="utf-8")
    for path in answers:
        path.parent.mkdir(exist_ok=True)
    shelf = Shelf(lambda: answers, policy=Policy.BEST, look=Look(plain=True), faults=room)
    run_session(Session(room, shelf), ["-qq", "--tb=no", "--no-summary", f"--junitxml={room / 'out.xml'}"])
    return verdicts_in(room / "out.xml")


def unlike(seen: Verdicts, wanted: Verdicts) -> dict[tuple[str, str], object]:
    """Return where two doors differ: what each says, or that one says nothing."""
    return {
        key: (seen.get(key), wanted.get(key)) for key in seen.keys() | wanted.keys() if seen.get(key) != wanted.get(key)
    }


def verdicts_in(path: Path, student: str = "") -> Verdicts:
    """Return what a JUnit file says; in a student's own there is no name."""
    verdicts: Verdicts = {}
    for case in ET.parse(path).iter("testcase"):  # noqa: S314 - pytest wrote it
        told = {one.get("name"): one.get("value", "") for one in case.iter("property")}
        marks = float(told["points"]), float(told["max_points"])
        who = told.get("student", student)
        verdicts[who, case.get("name", "")] = (told["outcome"], *marks, told.get("diagnosis", ""))
    return verdicts


def test_grader_pytest_says_what_grader_grade_says(submissions: Path, graded: Verdicts, tmp_path: Path) -> None:
    """Outcome, points and diagnosis of each check, hidden ones too."""
    exam = read_exam(SOLUTIONS, (SLUG,), policy=Policy.BEST, language="en")
    answers = {
        tmp_path / folder.name / f"{SLUG}.py": Answer(exam.exercises[0], take_in(folder, [SLUG]), f"{SLUG}.py")
        for folder in submissions.iterdir()
    }
    assert unlike(by_pytest(answers, tmp_path), graded) == {}


def test_a_bundle_says_of_public_checks_what_grader_grade_says(
    submissions: Path, bundle: Path, graded: Verdicts, tmp_path: Path
) -> None:
    """Without a solution on disk: recorded right and wrong answers give the same words for the public checks."""
    exercise = load_public_course(bundle).exercise(SLUG)
    answers = {
        tmp_path / folder.name / f"{SLUG}.py": Answer(exercise, take_in(folder, [SLUG]), f"{SLUG}.py")
        for folder in submissions.iterdir()
    }
    public = {check.name for check in exercise.checks}
    assert unlike(by_pytest(answers, tmp_path), {key: graded[key] for key in graded if key[1] in public}) == {}


@pytest.mark.parametrize("student", ["solution", "stub", "wrong tau_multiplied"])
def test_a_students_own_run_says_the_same(
    student: str, released: dict[str, str], submissions: Path, graded: Verdicts, run_pytest: Run
) -> None:
    """`pytest exercises/softmax`, as a student types it, in a bundle that was unpacked."""
    name = next(folder.name for folder in sorted(submissions.iterdir()) if folder.name.startswith(student))
    desk = submissions.parent / f"desk of {name}"
    write_release(released, desk / "exercises")
    (desk / "exercises" / SLUG / f"{SLUG}.py").write_bytes((submissions / name / f"{SLUG}.py").read_bytes())
    run_pytest(desk, f"exercises/{SLUG}", "--junitxml", "out.xml")
    seen = verdicts_in(desk / "out.xml", name)
    assert unlike(seen, {key: graded[key] for key in seen}) == {}
    assert len(seen) > 1
