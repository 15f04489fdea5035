"""What the tests of several rooms share: a small project with one exercise, and the program itself."""

from __future__ import annotations

import os
import subprocess
import sysconfig
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling

from grader.author.new import new_exercise
from grader.author.release import build_release, write_release
from grader.exercise.course import load_author_course

TOGETHER = "tests/hostile/"  # these watch folders, addresses and processes that the whole machine shares
APART = ("tests/test_every_exercise.py", "tests/robust/test_verdicts.py")  # so long that each exercise goes by itself
KEPT = {"__pycache__", ".grader", ".pytest_cache"}  # what running leaves in a folder of exercises
PROGRAM = Path(sysconfig.get_path("scripts")) / "grader"
COURSE = """\
[title]
en = "A small course"
es = "Un curso pequeño"

[[assignment]]
slug = "lab-00"
exercises = ["mean"]
"""


class ByFile(LoadScopeScheduling):  # type: ignore[misc] - xdist tells no types
    """Give a worker one file of tests at a time, so that what a file sets up is set up once.

    Groups by marks are lost between pytest 9.2 and xdist 3.8: github.com/pytest-dev/pytest-xdist/issues/1386.
    """

    def _split_scope(self, nodeid: str) -> str:
        """Return what is run by one worker."""
        path, _, name = nodeid.partition("::")
        if path.startswith(TOGETHER):
            return TOGETHER
        return path + "".join(name.partition("[")[1:]) if path in APART else path


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LoadScopeScheduling:  # noqa: ANN401 - xdist's own
    """Spread the tests over workers, in their order."""
    config.option.loadscopereorder = False
    return ByFile(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put what is long first, so that the workers end at the same time."""
    items.sort(key=lambda item: not item.nodeid.startswith(APART))


@pytest.fixture(scope="session", autouse=True)
def one_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep what is recorded of wrong answers in one folder for all workers: each is asked once in a run."""
    folder = tmp_path_factory.getbasetemp()
    folder = folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", os.environ.get("XDG_CACHE_HOME", str(folder / "cache")))
        yield


@pytest.fixture(scope="session")
def released() -> dict[str, str]:
    """Return what is released of the course that is here, as it lies in ``exercises/``: a test keeps that fresh."""
    folder = Path(__file__).resolve().parent.parent / "exercises"
    files = (path for path in sorted(folder.rglob("*")) if path.is_file() and not KEPT & set(path.parts))
    return {path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in files}


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
    """Return a function that runs `grader` in a folder, on a plain stream of 80 columns; ``prefix`` changes whose."""

    def run(
        *arguments: object, cwd: Path, prefix: tuple[str, ...] = (), **environment: str
    ) -> subprocess.CompletedProcess[str]:
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "XDG_CACHE_HOME") if name in os.environ}
        return subprocess.run(
            [*prefix, PROGRAM, *map(str, arguments)],
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


@pytest.fixture
def ordinary() -> Iterator[Path]:
    """Return a folder as an ordinary user sees it: root may open everything."""
    before = os.geteuid()
    with TemporaryDirectory() as made:
        Path(made).chmod(0o777)
        if before == 0:
            os.seteuid(65534)
        try:
            yield Path(made)
        finally:
            os.seteuid(before)
