"""What the tests of several rooms share: a small project with one exercise, and the program itself."""

from __future__ import annotations

import os
import subprocess
import sysconfig
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from grader.author.new import new_exercise
from grader.author.release import build_release, write_release
from grader.exercise.course import load_author_course

PROGRAM = Path(sysconfig.get_path("scripts")) / "grader"
COURSE = """\
[title]
en = "A small course"
es = "Un curso pequeño"

[[assignment]]
slug = "lab-00"
exercises = ["mean"]
"""


@pytest.fixture(scope="session", autouse=True)
def one_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep what is recorded of wrong answers in one folder for all workers: each is asked once in a run."""
    folder = tmp_path_factory.getbasetemp()
    folder = folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(folder / "cache"))
        yield


@pytest.fixture(scope="session")
def small_project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a project: solutions/ with the exercise ``mean`` as `grader new` makes it, and exercises/ of it."""
    root = tmp_path_factory.mktemp("project")
    (root / "pyproject.toml").touch()
    (root / "solutions").mkdir()
    (root / "solutions" / "course.toml").write_text(COURSE, encoding="utf-8")
    new_exercise("mean", root / "solutions")
    write_release(build_release(load_author_course(root / "solutions")), root / "exercises")
    return root


@pytest.fixture
def program() -> Callable[..., subprocess.CompletedProcess[str]]:
    """Return a function that runs `grader` in a folder, on a plain stream of 80 columns."""

    def run(*arguments: object, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "XDG_CACHE_HOME") if name in os.environ}
        return subprocess.run(
            [PROGRAM, *map(str, arguments)],
            cwd=cwd,
            env={**kept, "LANG": "C.UTF-8", "COLUMNS": "80", **environment},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    return run


@pytest.fixture
def hand_in(tmp_path: Path) -> Callable[..., Path]:
    """Return a function that makes a folder of submissions: student=source, for the exercise ``mean``."""

    def make(**sources: bytes | None) -> Path:
        folder = tmp_path / "class"
        for student, source in sources.items():
            (folder / student).mkdir(parents=True, exist_ok=True)
            if source is not None:
                (folder / student / "mean.py").write_bytes(source)
        return folder

    return make
