"""The whole loop, with nbgrader's own commands and its real exchange: from the released notebook to the feedback.

Once with all in one account, as a test can run anywhere, and once as three real users of the operating system.
"""

from __future__ import annotations

import csv
import json
import os
import pwd
import re
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.filterwarnings("ignore")
PROJECT = Path(__file__).resolve().parents[2]
LAB = "lab-00"
USER = re.compile(r"pupil(\d+)[abc]")  # of this machine, with the number of the run that made it
Person = Any  # the fixture: makes somebody who types commands
Course = Any  # the fixture: a course folder, and nbgrader to work in it
Wishes = list[dict[str, Any]]


def solved_path(home: Path) -> Path:
    """Return where a fetched notebook lies."""
    return home / LAB / f"{LAB}.ipynb"


def marks(course: Course) -> dict[str, tuple[float, float]]:
    """Return what nbgrader exports: raw score and score of each student."""
    with (course.root / "grades.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return {row["student_id"]: (float(row["raw_score"]), float(row["score"])) for row in rows if row["timestamp"]}


def gone(pid: int) -> bool:
    """Return whether a run of the tests is over, so that what bears its number was left behind when it was killed."""
    return pid == os.getpid() or not Path(f"/proc/{pid}").exists()


@pytest.fixture
def exchange() -> Iterator[Path]:
    """Return a folder that everybody can reach and add to."""
    for left in Path(tempfile.gettempdir()).glob("exchange-*-*"):
        if (pid := left.name.split("-")[1]).isdecimal() and gone(int(pid)):
            shutil.rmtree(left, ignore_errors=True)
    folder = Path(tempfile.mkdtemp(prefix=f"exchange-{os.getpid()}-"))
    folder.chmod(0o1777)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def configured(course: Course, exchange: Path) -> Course:
    """Return the course with its exchange, where what is late earns nothing."""
    with (course.root / "nbgrader_config.py").open("a", encoding="utf-8") as file:
        file.write(f"c.Exchange.root = {str(exchange)!r}\n")
        file.write("c.LateSubmissionPlugin.penalty_method = 'zero'\n")
    return course


def test_the_loop_in_one_account(
    configured: Course,
    *,
    person: Person,
    exchange: Path,
    tmp_path: Path,
    notebook: Callable[..., Any],
    solved: dict[str, str],
    worth: dict[str, float],
) -> None:
    """Three students, of whom one is late and one hands in twice; then two whose work comes by mail."""
    course, root = configured, str(configured.root)
    me = person("me", tmp_path, environ={"JUPYTER_CONFIG_DIR": str(tmp_path / "none")})
    homes = {name: tmp_path / "homes" / name for name in ("ana", "ben", "chloe")}
    for home in homes.values():
        home.mkdir(parents=True)

    def as_student(name: str, *command: str) -> dict[str, Any]:
        told = [f"--Exchange.root={exchange}", f"--Exchange.cache={homes[name]}/cache", f"--student={name}"]
        return {"at": str(homes[name]), "run": [*command, "--course=softmax", *told]}

    def hand_in(name: str, **sources: str) -> Wishes:
        text = json.dumps(notebook(sources))
        return [{"write": str(solved_path(homes[name])), "text": text}, as_student(name, "submit", LAB)]

    def teach(*command: str) -> dict[str, Any]:
        return {"at": root, "run": list(command)}

    fetch = [as_student(name, one, *more) for name in homes for one, *more in (["list"], ["fetch_assignment", LAB])]
    said = me.types([teach("release_assignment", LAB), *fetch])
    assert LAB in said[1]
    me.types([*hand_in("ana", **solved), *hand_in("ben"), teach("collect", LAB)])
    looks = [{"at": str(homes[name]), "run": ["validate", str(solved_path(homes[name]))]} for name in ("ana", "ben")]
    right, unwritten = me.types(looks)
    assert 'check("' not in right, "what is said of her notebook is only that the question waits for its words"
    assert 'check("softmax", softmax_temperature)' in unwritten
    now = datetime.now(tz=UTC).strftime("%Y-%m-%d %H:%M:%S.%f UTC")
    me.types(
        [
            teach("db", "assignment", "add", LAB, f"--duedate={now}"),
            *hand_in("chloe", **solved),
            *hand_in("ben", softmax=solved["softmax"]),
            teach("collect", LAB, "--update"),
            teach("autograde", LAB),
            teach("generate_feedback", LAB),
            teach("release_feedback", LAB),
            *(as_student(name, "fetch_feedback", LAB) for name in homes),
            teach("export"),
        ]
    )
    total, softmax = sum(worth.values()) - worth["answer"], worth["softmax-check"]
    assert {"ana": (total, total), "ben": (softmax, 0.0), "chloe": (total, 0.0)} == marks(course)
    (page,) = (homes["ana"] / LAB / "feedback").glob(f"*/{LAB}.html")
    assert f"{softmax:g} of {softmax:g} points" in page.read_text(encoding="utf-8")
    by_mail = course.root / "downloaded" / LAB / "archive"
    by_mail.mkdir(parents=True)
    for name in (f"dana_attempt_2026-01-02-03-04-05_{LAB}", f"xue-li.z_attempt_2026-01-02-03-04-05_{LAB} (1)"):
        text = json.dumps(notebook({"limits": solved["limits"]}))
        (by_mail / f"{name}.ipynb").write_text(text, encoding="utf-8")
    told = (PROJECT / "docs" / "nbgrader.md").read_text(encoding="utf-8")
    pattern = told.partition('named_regexp = r"')[2].partition('"')[0]
    me.types(
        [
            teach("zip_collect", LAB, f"--FileNameCollectorPlugin.named_regexp={pattern}"),
            teach("autograde", LAB),
            teach("generate_feedback", LAB),
            teach("release_feedback", LAB),
            teach("export"),
        ]
    )
    assert 2 * [(worth["limits-check"], worth["limits-check"])] == [marks(course)[one] for one in ("dana", "xue-li.z")]


@pytest.fixture
def users(person: Person) -> Iterator[list[Person]]:
    """Return three users of this machine, with homes of their own, where a test may make users."""
    useradd, userdel, runuser = map(shutil.which, ("useradd", "userdel", "runuser"))
    if os.getuid() != 0 or useradd is None or userdel is None or runuser is None:
        pytest.skip("only root can make users, with useradd and runuser")
    names = [f"pupil{os.getpid()}{letter}" for letter in "abc"]
    for left in pwd.getpwall():
        if (found := USER.fullmatch(left.pw_name)) and gone(int(found[1])):
            subprocess.run([userdel, "--remove", left.pw_name], check=False, capture_output=True)
    try:
        for name in names:
            subprocess.run([useradd, "--create-home", "--no-log-init", name], check=True)
        yield [person(name, Path(pwd.getpwnam(name).pw_dir), (runuser, "-u", name, "--")) for name in names]
    finally:
        for name in names:
            subprocess.run([userdel, "--remove", name], check=False, capture_output=True)


def usable_python(user: Person) -> tuple[str, dict[str, str]]:
    """Return a Python that another user can start, and what it needs to find our packages."""
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    environ = {"PYTHONPATH": os.pathsep.join([sysconfig.get_path("purelib"), str(PROJECT)])}
    for python in (sys.executable, f"/usr/bin/{version}"):
        tried = [*user.prefix, "env", f"PYTHONPATH={environ['PYTHONPATH']}", python, "-c", "import nbgrader, grader"]
        if subprocess.run(tried, cwd="/", capture_output=True, check=False).returncode == 0:
            return python, environ
    pytest.skip("no Python here can be started by another user with our packages")


def test_the_loop_as_three_users_of_the_machine(
    configured: Course,
    *,
    person: Person,
    exchange: Path,
    users: list[Person],
    notebook: Callable[..., Any],
    solved: dict[str, str],
    worth: dict[str, float],
) -> None:
    """Each student reaches what is theirs and nothing else; the marks are the same."""
    root = str(configured.root)
    me = person("me", configured.root, environ={"JUPYTER_CONFIG_DIR": "/nonexistent"})
    python, environ = usable_python(users[0])
    users = [person(one.name, one.home, one.prefix, python, environ) for one in users]
    me.types([{"at": root, "run": ["release_assignment", LAB]}])
    told = ["--course=softmax", f"--Exchange.root={exchange}"]
    for user, sources in zip(users, (solved, {}, {"softmax": solved["softmax"]}), strict=True):
        user.types(
            [
                {"at": str(user.home), "run": ["fetch_assignment", LAB, *told]},
                {"write": str(solved_path(user.home)), "text": json.dumps(notebook(sources))},
                {"at": str(user.home), "run": ["submit", LAB, *told]},
            ]
        )
    lesson = ("collect", "autograde", "generate_feedback", "release_feedback")
    me.types([*({"at": root, "run": [command, LAB]} for command in lesson), {"at": root, "run": ["export"]}])
    assert [sum(worth.values()) - worth["answer"], 0.0, worth["softmax-check"]] == [
        marks(configured)[user.name][1] for user in users
    ]
    users[2].types([{"at": str(users[2].home), "run": ["fetch_feedback", LAB, *told]}])
    (page,) = (users[2].home / LAB / "feedback").glob(f"*/{LAB}.html")
    assert f"0 of {worth['limits-check']:g} points" in page.read_text(encoding="utf-8")
