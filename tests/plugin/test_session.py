"""An instructor runs ``grader pytest DIR/STUDENT``: hidden checks too, and a submission that pytest never learns of.

The canaries are those of STYLE, section 3: what a submission may hold so that pytest, or Python, runs it. Where plain
pytest is what they are written for, a row shows that with it they sing.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path

import pytest

from grader.exercise.course import load_author_course
from grader.fence import Policy
from grader.fence.intake import HandedIn
from grader.pytest_items.shelf import Answer, Fault, Shelf
from grader.report.look import Look

Run = Callable[..., subprocess.CompletedProcess[str]]

RIGHT = "def mean(x):\n    return float(sum(x) / len(x))\n"
SUM = "def mean(x):\n    return float(sum(x))\n"
TEN = "def mean(x):\n    return float(sum(x)) / min(len(x), 10)\n"
PYPROJECT = '[tool.pytest.ini_options]\naddopts = "-p evil"\npythonpath = "."\n'
INI = "[pytest]\naddopts = -p evil\npythonpath = .\n"
TRAPS = ("conftest.py", "__init__.py", "test_x.py", "numpy.py", "evil.py", "sitecustomize.py", "json/__init__.py")


@pytest.fixture
def project(small_project: Path, tmp_path: Path) -> Path:
    """Return an instructor's folder: solutions, and a class of one."""
    (tmp_path / "solutions").symlink_to(small_project / "solutions")
    (tmp_path / "pyproject.toml").touch()
    (tmp_path / "class" / "ana").mkdir(parents=True)
    return tmp_path


@pytest.fixture
def grade(project: Path, program: Run) -> Run:
    """Return a function that grades Ana's code, with options for pytest."""

    def run(source: str, *options: object) -> subprocess.CompletedProcess[str]:
        (project / "class" / "ana" / "mean.py").write_text(source, encoding="utf-8")
        return program("pytest", "class/ana", "--sandbox", "best", "--", *options, cwd=project)

    return run


@pytest.fixture
def trapped(project: Path, song: str) -> Path:
    """Return a submission in which every file that could be imported, or names one that could, is a canary."""
    folder = project / "class" / "ana"
    for name in TRAPS:
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(song, encoding="utf-8")
    (folder / "mean.py").write_text(song + RIGHT, encoding="utf-8")
    (folder / "pyproject.toml").write_text(PYPROJECT, encoding="utf-8")
    (folder / "pytest.ini").write_text(INI, encoding="utf-8")
    return folder


def words(path: Path) -> str:
    """Return all that a JUnit file says."""
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize(("source", "code"), [(RIGHT, 0), (SUM, 1), (TEN, 1), ("def mean(x:", 1)])
def test_the_exit_code_tells(source: str, code: int, grade: Run) -> None:
    """0 if every check passes, hidden ones too; 1 if one does not."""
    assert grade(source).returncode == code


def test_an_instructor_sees_all_of_a_hidden_check(grade: Run) -> None:
    """On the terminal stand its inputs, its name, and the points."""
    run = grade(TEN)
    assert "mean.py::long_vectors - FAIL 2: the mean of a long vector" in run.stdout
    assert "Smallest case    mean([0.0, 1.0, 2.0" in run.stdout
    assert "ana mean: 1 of 2 points" in run.stdout


def test_xml_holds_points_and_nothing_hidden(grade: Run, project: Path) -> None:
    """What is handed on has the words that a student may read: no inputs, no numbers, no line of a solution."""
    grade(TEN, "--junitxml", "out.xml")
    cases = {case.get("name"): case for case in ET.parse(project / "out.xml").iter("testcase")}  # noqa: S314
    told = {one.get("name"): one.get("value") for one in cases["long_vectors"].iter("property")}
    assert told.pop("confinement", "").startswith("sandbox: ")
    assert told == {
        "student": "ana",
        "exercise": "mean",
        "visibility": "hidden",
        "outcome": "failed",
        "points": "0",
        "max_points": "1",
        "diagnosis": "divides_by_at_most_ten",
    }
    failure = cases["long_vectors"].find("failure")
    assert failure is not None
    assert failure.get("message") == "FAIL 2: the mean of a long vector (divides_by_at_most_ten)"
    said = words(project / "out.xml")
    assert not re.search(r"49\.5|98\.0|Smallest case.*Smallest case|solutions", said, re.DOTALL)
    secret = "".join((project / "solutions" / "mean" / name).read_text() for name in ("hidden.py", "solution.py"))
    lines = {line.strip() for line in secret.splitlines() if len(line.strip()) > 20 and '"""' not in line}
    assert not [line for line in lines if line in said]


def test_failures_are_found_again(grade: Run) -> None:
    """--lf remembers, from run to run, what failed for this student."""
    grade(TEN)
    run = grade(TEN, "--lf")
    assert "run-last-failure: rerun previous 1 failure" in run.stdout
    assert "means" not in run.stdout


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["-k", "long"], "1 failed, 1 deselected"),
        (["-x", "-q"], "1 failed, 1 passed"),
        (["--deselect=mean.py::long_vectors"], "1 passed, 1 deselected"),
        (["-k", "nothing"], "2 deselected"),
        (["--co", "-q"], "2 tests collected"),
    ],
)
def test_pytests_options_are_handed_on(options: list[str], said: str, grade: Run) -> None:
    """Those that choose checks, or say how results are shown."""
    assert said in grade(TEN, *options).stdout


REFUSED = [
    *(["class/ana"], ["."], ["mean.py::means"], ["@file"], ["-c", "x.ini"], ["-cx.ini"], ["--rootdir=x"]),
    *(["--confcutdir=x"], ["-p", "evil"], ["-pevil"], ["--pyargs"], ["-o", "x=y"], ["--override-ini=x=y"]),
    *(["--import-mode=append"], ["--doctest-modules"], ["--submision", "class/ana"], ["-k"], ["--junitxml"]),
    *(["-n", "2"], ["--pdb"], ["--basetemp=x"], ["--log-file=x"], ["--"], ["-xpevil"], ["--co=x"]),
]


@pytest.mark.parametrize("options", REFUSED, ids=" ".join)
def test_what_could_run_code_is_refused(options: list[str], grade: Run) -> None:
    """A path, or an option that is not on the list, ends in a sentence and not in pytest."""
    run = grade(RIGHT, *options)
    assert (run.returncode, run.stdout) == (2, "")
    assert re.search(r"Error: \S+.*(handed on to pytest|needs a value)", run.stderr)


ROWS = [
    (".", "class/ana"),
    (".", "class/ana -- -v"),
    (".", "--exercise mean class/ana"),
    ("class", "ana"),
    ("class/ana", "."),
    ("class/ana", "../ana/"),
]


@pytest.mark.parametrize("row", ROWS, ids="> ".join)
def test_no_canary_sings(row: tuple[str, str], trapped: Path, mark: Path, project: Path, program: Run) -> None:
    """Whatever a submission holds, and wherever the instructor stands, only the child runs it."""
    where, asked = row
    options = ["--sandbox", "best", "--solutions", project / "solutions"]
    run = program("pytest", *options, *asked.split(), cwd=project / where)
    assert not mark.exists(), mark.read_text(encoding="utf-8")
    assert run.returncode == 0, run.stdout + run.stderr
    assert str(trapped) not in run.stdout


def test_no_canary_sings_from_the_environment(trapped: Path, mark: Path, project: Path, program: Run) -> None:
    """Pytest's variables are not read, and a submission on Python's path is taken off it."""
    (trapped / "sitecustomize.py").unlink()  # Python itself runs it from that path, and json: before any of us
    (trapped / "json" / "__init__.py").unlink()
    (trapped / "json").rmdir()
    variables = {"PYTEST_ADDOPTS": f"-p evil {trapped}", "PYTEST_PLUGINS": "evil", "PYTHONPATH": str(trapped)}
    run = program("pytest", "class/ana", "--sandbox", "best", cwd=project, **variables)
    assert not mark.exists(), mark.read_text(encoding="utf-8")
    assert run.returncode == 0, run.stdout + run.stderr


@pytest.mark.parametrize("asked", [["class/ana"], ["--submision", "class/ana"], ["--rootdir=class/ana", "class/ana"]])
def test_with_plain_pytest_they_sing(
    asked: list[str], trapped: Path, mark: Path, project: Path, run_pytest: Run
) -> None:
    """The rows above prove something: pytest runs what a path on its command line leads to."""
    (trapped / "pytest.ini").unlink()  # older versions stop at it, before they come to conftest.py
    (trapped / "pyproject.toml").unlink()
    run_pytest(project, *asked)
    assert mark.exists()


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (["class/bob"], "there is no folder class/bob"),
        (["class/ana/mean.py"], "name the folder of one student"),
        (["class/ana", "--exercise", "maen"], "Did you mean 'mean'?"),
        (["class/ana", "--solutions", "class"], "holds no course.toml"),
    ],
)
def test_what_cannot_be_graded_is_told(asked: list[str], said: str, trapped: Path, project: Path, program: Run) -> None:
    """Exit code 2, and one sentence."""
    assert trapped.exists()
    run = program("pytest", *asked, cwd=project)
    assert run.returncode == 2
    assert said in run.stderr
    assert "Traceback" not in run.stderr


def test_a_missing_file_fails_every_check(project: Path, program: Run) -> None:
    """Nothing handed in is nothing earned, told as such."""
    run = program("pytest", "class/ana", "--sandbox", "best", cwd=project)
    assert run.returncode == 1
    assert "ana mean: 0 of 2 points" in run.stdout


def test_a_file_that_we_may_not_read_is_our_fault(small_project: Path) -> None:
    """No check has an outcome, and the exit code is that of a fault."""
    exercise = load_author_course(small_project / "solutions").exercise("mean")
    handed_in = HandedIn("ana", {}, {}, {"mean": "mean.py cannot be opened: Permission denied"})
    answers = {Path("mean.py"): Answer(exercise, handed_in, "mean.py")}
    shelf = Shelf(lambda: answers, policy=Policy.BEST, look=Look(plain=True), faults=small_project)
    with pytest.raises(
        Fault, match=r"^mean\.py cannot be opened: Permission denied; make it readable, and run this again$"
    ):
        shelf.report(Path("mean.py"))
    assert shelf.faulty


def test_a_room_that_cannot_be_written_is_told(project: Path, program: Run) -> None:
    """Where pytest cannot remember, it says which variable names another folder."""
    (project / "file").touch()
    run = program("pytest", "class/ana", cwd=project, XDG_CACHE_HOME=str(project / "file"))
    assert run.returncode == 2
    assert "set XDG_CACHE_HOME to a folder of yours" in run.stderr


def test_a_fault_of_ours_is_exit_code_4(project: Path, small_project: Path, program: Run, tmp_path: Path) -> None:
    """A hidden check that breaks is an error; its lines go to a file of ours and nowhere else."""
    broken = tmp_path / "broken"
    shutil.copytree(small_project / "solutions", broken)
    hidden = broken / "mean" / "hidden.py"
    hidden.write_text(hidden.read_text(encoding="utf-8") + "    raise RuntimeError('secret')\n", encoding="utf-8")
    (project / "class" / "ana" / "mean.py").write_text(RIGHT, encoding="utf-8")
    asked = ["class/ana", "--sandbox", "best", "--solutions", broken, "--", "--junitxml", "out.xml"]
    run = program("pytest", *asked, cwd=project)
    assert run.returncode == 4
    assert "1 passed, 1 error" in run.stdout
    assert "secret" not in run.stdout + run.stderr + words(project / "out.xml")
