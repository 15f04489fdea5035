"""`grader nbgrader`: a course folder is written, and its labs are graded side by side as nbgrader would."""

# ruff: noqa: SIM300 - the order of this house is expected == actual

from __future__ import annotations

import csv
import json
import os
import shutil
import sqlite3
import stat
import subprocess
import sys
import threading
import warnings
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.exc import SAWarning
from traitlets.config import PyFileConfigLoader

from grader.author.place import find_solutions
from grader.exercise.check import AuthorError
from grader.notebook.lab import open_lab
from grader.notebook.run import Tally, grade_lab

pytestmark = pytest.mark.filterwarnings("ignore")
LAB = "lab-00"
FORGED = """\
kernel = get_ipython().kernel
for kind, more in (("execute_input", {"code": ""}), ("execute_result", {"data": {"text/plain": ""}, "metadata": {}})):
    told = {"execution_count": "<script>", **more}
    kernel.session.send(kernel.iopub_socket, kind, told, parent=kernel.get_parent())
"""
SOLUTIONS = Path(__file__).resolve().parents[2] / "solutions"
Course = Any  # the fixture: a course folder, and nbgrader to work in it
Person = Any  # the fixture: makes somebody who types commands
Program = Callable[..., subprocess.CompletedProcess[str]]
Make = Callable[..., Any]


def grades(course: Course) -> dict[str, dict[str, str]]:
    """Return what nbgrader exports, a line for each student."""
    with (course.root / "grades.csv").open(encoding="utf-8") as file:
        return {row["student_id"]: row for row in csv.DictReader(file)}


def hand_in(course: Course, notebook: Make, solved: dict[str, str]) -> None:
    """Let five students hand in: right, half right, late, unreadable, with an answer in words; and one nothing."""
    half = notebook({"softmax": solved["softmax"]})
    words = notebook(solved)
    words["cells"][-1]["source"] = "In my own words."
    for student, made in {
        "ana": notebook(solved),
        "ben": half,
        "chloe": notebook(solved),
        "dana": b"{",
        "eva": words,
    }.items():
        course.hand_in(student, made)
    late = course.root / "submitted" / "chloe" / LAB / "timestamp.txt"
    late.write_text("2026-03-03 10:00:00 UTC", encoding="ascii")
    (course.root / "submitted" / "fay" / LAB).mkdir(parents=True)
    with (course.root / "nbgrader_config.py").open("a", encoding="utf-8") as file:
        file.write("c.LateSubmissionPlugin.penalty_method = 'zero'\n")


def test_side_by_side_and_one_by_one_write_the_same(
    course: Course, person: Person, program: Program, *, notebook: Make, solved: dict[str, str], tmp_path: Path
) -> None:
    """The same export, the same autograded notebooks, the same files beside them, by either command."""
    hand_in(course, notebook, solved)
    due = {"at": str(course.root), "run": ["db", "assignment", "add", LAB, "--duedate=2026-02-02 10:00:00 UTC"]}
    me = person("me", tmp_path, environ={"JUPYTER_CONFIG_DIR": "/nonexistent"})
    me.types([due])
    other = type(course)(tmp_path / "other")
    shutil.copytree(course.root, other.root)
    export = {"at": str(course.root), "run": ["export"]}
    me.types([{"at": str(course.root), "run": ["autograde", LAB]}, export])
    done = program("nbgrader", "autograde", LAB, "--jobs", 2, cwd=other.root)
    assert (0, "graded 5 of 6; 0 were graded before") == (done.returncode, done.stdout.split("\n")[0])
    assert "no notebook was handed in by: fay" in done.stdout
    assert f"dana, {LAB}.ipynb: It is no JSON" in done.stderr
    me.types([{"at": str(other.root), "run": ["export"]}])
    assert grades(course) == grades(other)
    assert "0.0" == grades(other)["chloe"]["score"]
    for student in ("ana", "ben", "chloe", "dana", "eva"):
        assert course.graded(student) == other.graded(student)
        assert course.marks(student) == other.marks(student)
        ours, theirs = (
            {path.name for path in (one.root / "autograded" / student / LAB).iterdir()} for one in (other, course)
        )
        assert theirs == ours
    again = program("nbgrader", "autograde", LAB, cwd=other.root)
    assert "graded 0 of 6; 5 were graded before" in again.stdout


def test_a_newer_submission_is_graded_again_and_nothing_else(
    course: Course, program: Program, notebook: Make, solved: dict[str, str]
) -> None:
    """What decides is when it was handed in, as nbgrader does it."""
    for student in ("ana", "ben"):
        course.hand_in(student, notebook())
    program("nbgrader", "autograde", LAB, cwd=course.root)
    course.hand_in("ana", notebook(solved))
    (course.root / "submitted" / "ana" / LAB / "timestamp.txt").write_text("2026-01-02 10:00:00 UTC", encoding="ascii")
    done = program("nbgrader", "autograde", LAB, cwd=course.root)
    assert "graded 1 of 2; 1 were graded before" in done.stdout
    assert course.scores("ana")["softmax-check"]
    assert 0.0 == course.scores("ben")["softmax-check"]


def test_a_folder_that_is_odd_stops_no_other(
    course: Course, program: Program, notebook: Make, *, solved: dict[str, str], worth: dict[str, float]
) -> None:
    """It is named; so is what is not graded, and who has no time is listed and can be given feedback."""
    for student in ("ana", "ben", "chloe", "dana"):
        path = course.hand_in(student, notebook(solved))
        path.with_name("timestamp.txt").unlink()
    path.with_name("lab-00 (1).ipynb").write_text(json.dumps(notebook()), encoding="utf-8")  # dana's
    shutil.copy(path, path.with_name("lab-00 (2).ipynb"))  # of which nothing is lost
    for name in ("timestamp.txt", "timestamp-as-it-came.txt"):
        (course.root / "submitted" / "ben" / LAB / name / "full").mkdir(parents=True)
    chloe = course.root / "submitted" / "chloe" / LAB
    (chloe / f"{LAB}.ipynb").rename(chloe / "one.ipynb")
    shutil.copy(chloe / "one.ipynb", chloe / "two.ipynb")
    done = program("nbgrader", "autograde", LAB, cwd=course.root)
    assert (4, "graded 2 of 4; 0 were graded before") == (done.returncode, done.stdout.split("\n")[0])
    assert "no notebook was handed in by: chloe (one.ipynb, two.ipynb)\n" in done.stdout
    assert "grader: ben was not graded: Directory not empty: " in done.stderr
    dana = [line for line in done.stderr.splitlines() if line.startswith("dana")]
    assert [f"dana, {LAB} (1).ipynb: it is not graded; {LAB}.ipynb is"] == dana
    for student in ("ana", "dana"):
        assert worth["softmax-check"] == course.scores(student)["softmax-check"]
    shutil.rmtree(course.root / "submitted" / "ben")
    listed = course.api().get_submissions(LAB)
    assert {"ana", "chloe", "dana"} == {one["student"] for one in listed}
    assert course.api().generate_feedback(LAB)["success"]
    assert (course.root / "feedback" / "ana" / LAB / "timestamp.txt").exists()


@pytest.mark.parametrize("name", [f"{LAB} (1).ipynb", "work/homework.ipynb", "Lab-00_final\x1b[2J\n.ipynb.json"])
def test_a_notebook_of_another_name_is_graded_and_that_is_said(
    course: Course, program: Program, notebook: Make, *, solved: dict[str, str], worth: dict[str, float], name: str
) -> None:
    """Nobody reads that what earned the marks was not graded, not even when it is graded again."""
    path = course.hand_in("ana", notebook(solved))
    (path.parent / name).parent.mkdir(exist_ok=True)
    path.rename(path.parent / name)
    said = []
    for more in ((), ("--force",)):
        done = program("nbgrader", "autograde", LAB, *more, cwd=course.root)
        assert {**worth, "answer": 0.0} == course.scores("ana")
        said.append(done.stderr)
    shown = name.replace("\x1b[2J\n", " ")
    assert [f"ana: {shown} is taken for {LAB}.ipynb\n", ""] == said


def test_what_cannot_be_kept_costs_nobody_else_anything(
    course: Course, program: Program, notebook: Make, solved: dict[str, str]
) -> None:
    """Each is named with the reason, notes of others are said, and nothing of theirs is left half-written."""
    for student in ("ana", "ben", "chloe", "dana"):
        course.hand_in(student, notebook({**solved, "answer": "Words."}))
    program("nbgrader", "autograde", LAB, "--student", "dana", cwd=course.root)
    before = course.graded("dana")
    (course.root / "autograded" / "ben").write_text("a file", encoding="ascii")
    (course.root / "autograded" / "dana" / f".{LAB}.part").write_text("a file, too", encoding="ascii")
    chloe = course.root / "submitted" / "chloe"
    chloe.rename(chloe.with_name(os.fsdecode(b"chlo\xe9")))
    course.hand_in("ana", b"{")
    done = program("nbgrader", "autograde", LAB, "--force", cwd=course.root)
    assert (4, "graded 1 of 4; 0 were graded before") == (done.returncode, done.stdout.split("\n")[0])
    assert "grader: chlo\\udce9 was not graded: the name of the folder is no UTF-8; rename it\n" in done.stderr
    assert "grader: ben was not graded: Not a directory: " in done.stderr
    assert "grader: dana was not graded: File exists: " in done.stderr
    assert f"ana, {LAB}.ipynb: It is no JSON" in done.stderr
    assert ["ana", "dana"] == students(course)
    assert before == course.graded("dana")


def students(course: Course) -> list[str]:
    """Return who is in the gradebook."""
    with closing(sqlite3.connect(course.root / "gradebook.db")) as database:
        return sorted(name for (name,) in database.execute("SELECT student_id FROM submitted_assignment"))


def test_a_gradebook_in_use_is_waited_for_and_then_said(
    course: Course, notebook: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who could not be written down is named, without a traceback, and what was graded before is as it was."""
    monkeypatch.chdir(course.root)
    course.hand_in("ana", notebook())
    lab = open_lab(LAB, solutions=None, language=None, sandbox=None)
    asked = {"jobs": 1, "student": "*", "tell": lambda *_: None}
    first, second, third = Tally(), Tally(), Tally()
    grade_lab(lab, first, again=False, **asked)
    before = course.graded("ana")
    for student in ("ana", "ben"):
        course.hand_in(student, notebook({"answer": "Words."}))
    with closing(sqlite3.connect("gradebook.db", isolation_level=None, check_same_thread=False)) as database:
        database.execute("BEGIN IMMEDIATE")
        monkeypatch.setattr("grader.notebook.lab.PATIENCE", 1)
        grade_lab(lab, second, again=True, **asked)
        assert before == course.graded("ana")
        assert [LAB] == [path.name for path in (course.root / "autograded" / "ana").iterdir()]
        assert ["ana"] == students(course)
        monkeypatch.setattr("grader.notebook.lab.PATIENCE", 30)
        later = threading.Timer(7, database.rollback)  # longer than SQLite waits by itself
        later.start()
        grade_lab(lab, third, again=True, **asked)
        later.join()
    why = "the gradebook was in use for 1 seconds; close what has it open, and run this again"
    assert [{}, {}, {}] == [tally.faults for tally in (first, second, third)]
    assert [(1, {}), (0, {"ana": why, "ben": why}), (2, {})] == [(t.graded, t.refused) for t in (first, second, third)]


@pytest.mark.skipif(shutil.which("bwrap") is None, reason="cells are run anew in bubblewrap, which is not installed")
def test_cells_are_run_anew_where_that_is_asked_for(
    course: Course, program: Program, notebook: Make, *, solved: dict[str, str], worth: dict[str, float]
) -> None:
    """Fresh outputs take the place of saved ones, marks stay, and the instructor is told whose kernel ended early.

    A kernel may send whatever a student wants: that is no fault of the grader, and no script in its pages.
    """
    saved = {"output_type": "stream", "name": "stdout", "text": "saved\n"}
    for student, source in {"ana": "print(6 * 7)", "ben": "import os\nos._exit(1)", "chloe": FORGED}.items():
        made = notebook({**solved, "softmax-picture": source})
        next(cell for cell in made["cells"] if cell["id"] == "softmax-picture")["outputs"] = [saved]
        course.hand_in(student, made)
    done = program("nbgrader", "autograde", LAB, "--execute", cwd=course.root)
    assert (0, "graded 3 of 3; 0 were graded before") == (done.returncode, done.stdout.split("\n")[0])
    assert f"ben, {LAB}.ipynb: the kernel ended (" in done.stderr
    assert "ana" not in done.stderr
    assert ["42\n"] == course.graded("ana")["softmax-picture"]["outputs"][0]["text"]
    assert course.graded("chloe")["softmax-picture"]["execution_count"] is None
    for student in ("ana", "ben", "chloe"):
        assert {**worth, "answer": 0.0} == course.scores(student)
        (output,) = course.graded(student)["softmax-check"]["outputs"]
        assert 'class="grader-card good"' in "".join(output["data"]["text/html"])


def test_whether_cells_are_run_anew_may_be_configured(course: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both commands then do the same."""
    monkeypatch.chdir(course.root)
    asked = {"solutions": None, "language": None, "sandbox": None}
    before = open_lab(LAB, **asked).execute
    with (course.root / "nbgrader_config.py").open("a", encoding="utf-8") as file:
        file.write("c.ExecuteInside.enabled = True\n")
    assert [False, True] == [before, open_lab(LAB, **asked).execute]


def test_without_bubblewrap_no_cell_is_run_anew(course: Course, program: Program, tmp_path: Path) -> None:
    """That is said before anything is graded."""
    done = program("nbgrader", "autograde", LAB, "--execute", cwd=course.root, PATH=str(tmp_path))
    assert 4 == done.returncode
    assert "bubblewrap is needed: install it, or grade without running them" in done.stderr


def test_a_course_folder_is_its_owners_alone(small_project: Path, program: Program, tmp_path: Path) -> None:
    """It holds notebooks, a configuration with the path of the solutions, example students, and no solution."""
    folder = tmp_path / "course"
    done = program("nbgrader", "init", folder, cwd=small_project)
    assert (0, "") == (done.returncode, done.stderr)
    assert ["nbgrader_config.py", "source/lab-00/lab-00.ipynb", "students.csv"] == sorted(
        path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()
    )
    modes = [stat.S_IMODE(path.stat().st_mode) for path in (folder, tmp_path / "course-exchange")]
    assert [0o700, 0o1777] == modes
    with warnings.catch_warnings():
        config = PyFileConfigLoader("nbgrader_config.py", path=str(folder)).load_config()
        assert ("ignore", SAWarning) in [(action, kind) for action, _, kind, *_ in warnings.filters]
    assert str(small_project / "solutions") == config.GradeOutside.solutions
    assert f"cd {folder}\nnbgrader db student import students.csv\nnbgrader generate_assignment lab-00" in done.stdout


def test_a_course_folder_is_not_written_over(small_project: Path, program: Program, tmp_path: Path) -> None:
    """A configuration that is there is the instructor's own."""
    (tmp_path / "nbgrader_config.py").write_text("c = get_config()\n", encoding="utf-8")
    done = program("nbgrader", "init", tmp_path, cwd=small_project)
    assert 2 == done.returncode
    assert "is there already; remove it, or name another folder" in done.stderr


def test_the_instructors_own_files_are_kept(small_project: Path, program: Program, tmp_path: Path) -> None:
    """What is there and differs is named, and a folder stays as open as it is, which is said, too."""
    folder = tmp_path / "course"
    own = {"students.csv": "id\nzoe\n", "source/lab-00/lab-00.ipynb": "{}"}
    for name, text in own.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="ascii")
    folder.chmod(0o775)
    done = program("nbgrader", "init", folder, cwd=small_project)
    assert (0, "") == (done.returncode, done.stderr)
    assert own == {name: (folder / name).read_text(encoding="ascii") for name in own}
    assert [f"wrote {folder / 'nbgrader_config.py'}", f"wrote {folder}-exchange"] == done.stdout.splitlines()[:2]
    assert [f"kept {folder / name}, which was there and is different" for name in own] == done.stdout.splitlines()[2:4]
    assert f"others can look into {folder} (mode 775), where marks will be." in done.stdout
    assert 0o775 == stat.S_IMODE(folder.stat().st_mode)


def test_solutions_are_found_by_a_courses_configuration(
    small_project: Path, program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Outside of the project, in a course folder, the path that was written down counts."""
    program("nbgrader", "init", tmp_path / "course", cwd=small_project)
    monkeypatch.chdir(tmp_path / "course" / "source")
    assert small_project / "solutions" == find_solutions()
    monkeypatch.chdir(tmp_path)
    with pytest.raises(AuthorError, match=r"no pyproject\.toml"):
        find_solutions()


@pytest.mark.parametrize(
    ("said", "arguments"),
    [("holds no nbgrader_config.py", ("lab-00",)), ("lab-77 is not in the gradebook", ("lab-77",))],
)
def test_what_cannot_be_graded_is_said_in_a_sentence(
    course: Course, program: Program, tmp_path: Path, said: str, arguments: tuple[str, ...]
) -> None:
    """A wrong folder and an unknown lab are usage, and no traceback."""
    cwd = course.root if "gradebook" in said else tmp_path
    done = program("nbgrader", "autograde", *arguments, cwd=cwd)
    assert 2 == done.returncode
    assert said in done.stderr


def test_without_nbgrader_it_is_said_what_to_install(tmp_path: Path) -> None:
    """The commands are there, and all else of the program works."""
    script = (
        "import sys\nsys.modules['nbgrader'] = None  # as if it were not there\n"
        "from grader.cli import main\nmain(['nbgrader', 'autograde', 'lab-00'])"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert 1 == done.returncode
    assert "pip install 'softmax-grader[nbgrader]'" in done.stderr
