"""What the tests of the pytest plugin share: a student's desk, pytest as a student runs it, and a canary.

The canary is code that leaves a mark if it runs where pytest runs. It is put wherever a student may put code.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Callable
from pathlib import Path

import pytest

Ran = subprocess.CompletedProcess[str]
Run = Callable[..., Ran]

PYTEST = Path(sysconfig.get_path("scripts")) / "pytest"
KEPT = ("PATH", "HOME", "XDG_CACHE_HOME")
OTHERS = "-p no:syrupy -p no:hypothesispytest -p no:pytest-asyncio"  # what is not needed here, and slow to start
SONG = """\
import sys
if "_pytest" in sys.modules or "grader" in sys.modules:
    with open({mark!r}, "a") as file:
        file.write(__name__ + " ")
"""


@pytest.fixture
def desk(small_project: Path, tmp_path: Path) -> Path:
    """Return a folder with an unpacked bundle in it: ``exercises/``, and nothing else."""
    shutil.copytree(small_project / "exercises", tmp_path / "desk" / "exercises")
    return tmp_path / "desk"


@pytest.fixture
def answer(desk: Path) -> Callable[[str], None]:
    """Return a function that writes the student's file."""

    def write(source: str) -> None:
        (desk / "exercises" / "mean" / "mean.py").write_text(source, encoding="utf-8")

    return write


@pytest.fixture
def mark(tmp_path: Path) -> Path:
    """Return the file that is there if the canary sang."""
    return tmp_path / "the canary sang"


@pytest.fixture
def song(mark: Path) -> str:
    """Return the canary's code."""
    return SONG.format(mark=str(mark))


@pytest.fixture
def run_pytest() -> Run:
    """Return a function that runs pytest in a folder: the script, or ``python -m pytest``."""

    def run(folder: Path, *arguments: object, module: bool = False, **environment: str) -> Ran:
        kept = {name: os.environ[name] for name in KEPT if name in os.environ}
        return subprocess.run(
            [*([sys.executable, "-m", "pytest"] if module else [PYTEST]), *map(str, arguments)],
            cwd=folder,
            env={**kept, "LANG": "C.UTF-8", "PYTEST_ADDOPTS": OTHERS, **environment},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    return run
