"""Folders that are made to be run, followed or waited for. A class is graded with all of them in it.

Each folder holds a right answer, too, so whatever else lies beside it must neither help nor harm. What is beside it
would leave its mark in a folder that everybody may write to, if anybody ran it.
"""

from __future__ import annotations

import json
import os
import socket
import sqlite3
import subprocess
import sys
import sysconfig
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from grader.classroom.exam import Exam, read_exam
from grader.classroom.roll import call_the_roll, shown
from grader.classroom.run import grade_class
from grader.fence import Policy

Arena = Any

PROGRAM = Path(sysconfig.get_path("scripts")) / "grader"
ALL = 5.0
RIGHT = b"def mean(x):\n    if not x:\n        raise ValueError('no entries')\n    return sum(map(float, x)) / len(x)\n"
WRONG = b"def mean(x):\n    return float(sum(x))\n"
RUN = "open({mark!r}, 'a').write('ran')\nraise SystemExit\n"
TRAPS = (
    *("conftest.py", "test_mean.py", "sitecustomize.py", "usercustomize.py", "__init__.py", "__main__.py", "setup.py"),
    *("numpy.py", "numpy/__init__.py", "scipy/__init__.py", "json/__init__.py", "struct.py", "socket.py", "typing.py"),
    *("grader.py", "grader/__init__.py", "pytest.py", "click.py", "rich/__init__.py", "solutions/__init__.py"),
    *("fence_child/__init__.py", "wire.py", "frames.py", "site-packages/evil.py", "lib/python3/site.py", "pyvenv.cfg"),
)
CONFIGS = {
    "pytest.ini": "[pytest]\naddopts = -p evil\npython_files = *.py\n",
    "pyproject.toml": "[tool.pytest.ini_options]\naddopts = '-p evil'\n",
    "tox.ini": "[pytest]\naddopts = -p evil\n",
    "setup.cfg": "[tool:pytest]\naddopts = -p evil\n",
    "exercise.toml": "calls = ['nothing']\n",
    "course.json": "{}",
    "evil.pth": "import os; os._exit(3)\n",
    ".env": "PYTHONSTARTUP=evil.py\n",
}
NAMES = [
    "a\x1b[2J\x1b]0;owned\x07b", "line\nbreak", "tab\tand\rreturn", "\u202egnp.exe", "ana..", "-rf", "--out=x", "~",
    "$(touch x)", "`id`", "a;b|c&d", "'; DROP TABLE student; --", '{"points": 5}', "%s%n", "ana\udcff", "CON",
    "a" * 200, " ana ", "\u0301\u0301\u0301", "feedback", "run.db", "results.jsonl",
]  # fmt: skip
Make = Callable[[Path, Path], object]


def plain(source: bytes) -> Make:
    """Return what leaves one file."""
    return lambda folder, _other: (folder / "mean.py").write_bytes(source)


def linked_file(folder: Path, other: Path) -> None:
    """Point at another student's right answer."""
    (folder / "mean.py").symlink_to(other)


def linked_folder(folder: Path, other: Path) -> None:
    """Point at the folder of another student."""
    (folder / "mean").symlink_to(other.parent)


def linked_secret(folder: Path, _other: Path) -> None:
    """Point at a file that only the grader may read."""
    (folder / "mean.py").symlink_to("/etc/shadow")


def linked_device(folder: Path, _other: Path) -> None:
    """Point at what never ends."""
    (folder / "mean.py").symlink_to("/dev/zero")


def linked_circle(folder: Path, _other: Path) -> None:
    """Point at itself."""
    (folder / "mean.py").symlink_to("mean.py")


def linked_parent(folder: Path, _other: Path) -> None:
    """Point at the folder above."""
    (folder / "mean").symlink_to("..")


def pipe(folder: Path, _other: Path) -> None:
    """Leave a pipe that nobody writes to."""
    os.mkfifo(folder / "mean.py")


def bound(folder: Path, _other: Path) -> None:
    """Leave a socket."""
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(os.path.relpath(folder / "mean.py"))


def as_folder(folder: Path, _other: Path) -> None:
    """Name a folder like a file."""
    (folder / "mean.py").mkdir()


def device(folder: Path, _other: Path) -> None:
    """Leave a device; only root can make one."""
    os.mknod(folder / "mean.py", 0o20666, os.makedev(1, 5))


def without_end(folder: Path, _other: Path) -> None:
    """Leave a file that claims to have a terabyte."""
    with (folder / "mean.py").open("wb") as file:
        file.truncate(1 << 40)


def two(folder: Path, _other: Path) -> None:
    """Leave a right and a wrong answer."""
    (folder / "mean").mkdir()
    (folder / "mean" / "mean.py").write_bytes(RIGHT)
    (folder / "mean.py").write_bytes(WRONG)


def hard_link(folder: Path, other: Path) -> None:
    """Be the very file of another student: bytes are bytes."""
    (folder / "mean.py").hardlink_to(other)


MADE: dict[str, tuple[float, Make]] = {
    "linked file": (0, linked_file),
    "linked folder": (0, linked_folder),
    "linked secret": (0, linked_secret),
    "linked device": (0, linked_device),
    "linked circle": (0, linked_circle),
    "linked parent": (0, linked_parent),
    "pipe": (0, pipe),
    "socket": (0, bound),
    "folder as file": (0, as_folder),
    "terabyte": (0, without_end),
    "two files": (0, two),
    "hard link": (ALL, hard_link),
    "empty": (0, plain(b"")),
    "ten megabytes": (0, plain(b"#" * (10 << 20))),
    "forges a failed layer": (
        0,
        plain(b"import os\nfrom fence_child.frames import pack\nos.write(3, pack({'broken': 'x'}))\n"),
    ),
    "kills everybody": (
        0,
        plain(b"import os\nfor n in range(1, 99999):\n    try: os.kill(n, 0)\n    except OSError: pass\n"),
    ),
    "exits": (0, plain(b"import os\nos._exit(0)\n")),
    **({"device": (0, device)} if os.getuid() == 0 else {}),
}


def lay_traps(folder: Path, mark: Path) -> None:
    """Fill a folder with what is run by those who look for it."""
    (folder / "mean.py").write_bytes(RIGHT)
    for name in TRAPS:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with suppress(NotADirectoryError, FileExistsError):
            path.write_text(RUN.format(mark=str(mark)), encoding="utf-8")
    for name, text in CONFIGS.items():
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "evil.py").write_text(RUN.format(mark=str(mark)), encoding="utf-8")


@pytest.fixture(scope="module")
def exam(course: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Exam]:
    """Return the exam that the class is graded with."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("exam-cache")))
        yield read_exam(course, [], policy=Policy.REQUIRE, language="en")


@pytest.fixture(scope="module")
def honest(exam: Exam, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Return the results of two honest students who are alone."""
    room = tmp_path_factory.mktemp("honest")
    for student, source in (("ana", RIGHT), ("bob", WRONG)):
        (room / "class" / student).mkdir(parents=True)
        (room / "class" / student / "mean.py").write_bytes(source)
    return graded(room, exam)


@pytest.fixture(scope="module")
def results(exam: Exam, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    """Return the results of a class in which two are honest."""
    room = tmp_path_factory.mktemp("attacked")
    folders = room / "class"
    for student, source in (("ana", RIGHT), ("bob", WRONG)):
        (folders / student).mkdir(parents=True)
        (folders / student / "mean.py").write_bytes(source)
    for name, (_points, make) in MADE.items():
        (folders / name).mkdir()
        make(folders / name, folders / "ana" / "mean.py")
    for name in NAMES:
        (folders / name).mkdir()
        (folders / name / "mean.py").write_bytes(RIGHT)
    (folders / "traps").mkdir()
    lay_traps(folders / "traps", room / "mark")
    made = graded(room, exam)
    assert not (room / "mark").exists()
    yield made
    assert not (room / "mark").exists()


def graded(room: Path, exam: Exam) -> dict[str, Any]:
    """Grade a class and return each student's line, as it is written."""
    tally = grade_class(call_the_roll(room / "class"), room / "out", exam, workers=2, tell=lambda _done, _all: None)
    assert (tally.faults, tally.graded) == ({}, tally.students)
    lines = (room / "out" / "results.jsonl").read_text(encoding="utf-8").splitlines()
    pages = sorted((room / "out" / "feedback").iterdir())
    assert len(pages) == len(lines) == tally.students
    assert sorted(path.name for path in room.iterdir()) == ["class", "out"]
    with sqlite3.connect(room / "out" / ".run.db") as store:
        assert store.execute("SELECT count(*) FROM student").fetchone() == (tally.students,)
    store.close()
    # the status line names the user id of the worker that happened to take them
    return {line["student"]: {**line, "confinement": ""} for line in map(json.loads, lines)}


@pytest.mark.parametrize("name", MADE)
def test_what_is_no_file_of_theirs_earns_nothing(name: str, results: dict[str, Any]) -> None:
    """Nothing is followed, waited for, or taken from others; the same bytes of one's own are as good."""
    assert results[name]["points"] == MADE[name][0]


@pytest.mark.parametrize("name", NAMES, ids=ascii)
def test_a_name_is_only_a_name(name: str, results: dict[str, Any]) -> None:
    """Whatever a folder is called, its answer is graded, and its name can be printed."""
    assert (results[shown(name)]["points"], shown(name).isprintable()) == (ALL, True)


def test_what_lies_beside_an_answer_is_not_run(results: dict[str, Any]) -> None:
    """No configuration, plugin, test, or module with the name of a library has any effect."""
    assert results["traps"]["points"] == ALL


def test_the_honest_get_what_they_get_alone(results: dict[str, Any], honest: dict[str, Any]) -> None:
    """Every field of their results is the same, with the attackers and without."""
    assert {student: results[student] for student in honest} == honest


@pytest.mark.parametrize("command", [(PROGRAM,), (sys.executable, "-P", PROGRAM)], ids=["grader", "python -P"])
def test_the_program_is_not_run_from_the_students_folder(
    command: tuple[str, ...], tmp_path: Path, small_project: Path
) -> None:
    """With the worst of folders as the current one, the program starts as ever, and nothing there is run."""
    (tmp_path / "class" / "ana").mkdir(parents=True)
    lay_traps(tmp_path / "class" / "ana", tmp_path / "mark")
    given = [
        "grade",
        "..",
        "--out",
        str(tmp_path / "out"),
        "--solutions",
        str(small_project / "solutions"),
        "--jobs",
        "1",
    ]
    done = subprocess.run(
        [*map(str, command), *given],
        cwd=tmp_path / "class" / "ana",
        env={"PATH": os.defpath, "LANG": "C.UTF-8", "XDG_CACHE_HOME": os.environ.get("XDG_CACHE_HOME", str(tmp_path))},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert (done.returncode, (tmp_path / "mark").exists()) == (0, False), done.stderr
    assert json.loads((tmp_path / "out" / "results.jsonl").read_text(encoding="utf-8"))["points"] == 2
