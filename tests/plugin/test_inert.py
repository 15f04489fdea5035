"""Where there is no exercise, the plugin does nothing and costs nothing: other projects' tests are as they were."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from types import ModuleType

import pytest

from grader.plugin import leave_import_path, refuse_loaded

Run = Callable[..., subprocess.CompletedProcess[str]]

TEST = """\
import sys

def test_nothing_heavy_is_loaded(who):
    assert who == "conftest"
    assert not {"numpy", "rich", "scipy"} & set(sys.modules)
    assert [name for name in sys.modules if name.split(".")[0] == "grader"] == ["grader", "grader.plugin"]

def test_the_import_path_is_whole():
    import beside
"""
CONFTEST = "import pytest\n\n@pytest.fixture\ndef who():\n    return 'conftest'\n"


@pytest.fixture
def other(tmp_path: Path) -> Path:
    """Return a project that has nothing to do with us, although it has a file of the same name."""
    for name, text in {"test_it.py": TEST, "conftest.py": CONFTEST, "beside.py": "", "course.json": "{}"}.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("asked", [[], ["."], ["test_it.py"], ["--import-mode=append"]])
def test_other_projects_are_unaffected(asked: list[str], other: Path, run_pytest: Run) -> None:
    """Their conftest files, their tests and their import path are left alone, and numpy is not imported."""
    run = run_pytest(other, *asked)
    assert (run.returncode, "2 passed" in run.stdout) == (0, True), run.stdout


@pytest.mark.parametrize("asked", [["--version"], ["--help"], ["--collect-only"]])
def test_an_empty_folder_loads_nothing(asked: list[str], tmp_path: Path) -> None:
    """Of us, pytest imports the plugin's one module; the plugin imports nothing that pytest has not."""
    code = (
        "import sys, pytest; before = set(sys.modules); import grader.plugin;"
        "print(sorted(set(sys.modules) - before));"
        f"pytest.main({['-p', 'no:hypothesispytest', '-p', 'no:syrupy', *asked]});"
        "print(sorted(name for name in sys.modules if name.split('.')[0] in ('grader', 'numpy', 'rich')))"
    )
    run = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True)
    lines = run.stdout.splitlines()
    assert (lines[0], lines[-1]) == ("['grader', 'grader.plugin']", "['grader', 'grader.plugin']")


def test_a_venv_in_a_course_keeps_its_packages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A student who makes one among the exercises can run pytest there; nothing else of the folder is imported."""
    packages = tmp_path / ".venv" / "lib" / "python3" / "site-packages"
    monkeypatch.setattr("sysconfig.get_path", lambda name: str(packages if name.endswith("lib") else "/usr/lib"))
    monkeypatch.setattr("sys.path", [str(tmp_path), str(packages), str(tmp_path / "mean"), "/elsewhere"])
    leave_import_path(tmp_path)
    assert sys.path == [str(packages), "/elsewhere"]


@pytest.mark.parametrize(("folder", "refused"), [(".venv/bin", False), ("mean", True)])
def test_pytest_of_a_venv_in_a_course_is_no_file_of_a_students(
    folder: str, *, refused: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The script that started pytest may lie in the folder of exercises; a student's module that is loaded may not."""
    monkeypatch.setattr("sysconfig.get_path", lambda _name: str(tmp_path / ".venv" / "bin"))
    loaded = ModuleType("pytest_script")
    loaded.__file__ = str(tmp_path / folder / "pytest")
    monkeypatch.setitem(sys.modules, loaded.__name__, loaded)
    with pytest.raises(pytest.Collector.CollectError, match="nothing is judged") if refused else nullcontext():
        refuse_loaded(tmp_path)
