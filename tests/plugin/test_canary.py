"""A student's code never runs in pytest's process, whatever path or option is given, and whatever lies beside it.

Each row runs pytest on a folder of exercises that is full of canaries: in the answer, and in each file that pytest,
or Python, would import of its own accord. With the plugin off, they sing. What no plugin can stop is the last test's.
"""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]

RIGHT = "def mean(x):\n    return float(sum(x) / len(x))\n"
TRAPS = ("conftest.py", "__init__.py", "test_x.py", "numpy.py", "scipy/__init__.py", "evil.py", "setup.py")
INI = "[pytest]\npython_files = *.py\npython_functions = *\naddopts = --doctest-modules\npythonpath = .\n"
DOCTEST = '\n\ndef test_x():\n    """\n    >>> 1\n    1\n    """\n\n\ndef pytest_configure(config):\n    pass\n'


@pytest.fixture
def trapped(desk: Path, song: str) -> Path:
    """Return a desk on which every file that could be imported is a canary."""
    for folder in (desk / "exercises", desk / "exercises" / "mean", desk / "exercises" / "tests"):
        for name in TRAPS:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(song + DOCTEST, encoding="utf-8")
    (desk / "exercises" / "mean" / "mean.py").write_text(song + RIGHT + DOCTEST, encoding="utf-8")
    (desk / "exercises" / "test.txt").write_text(">>> import evil\n", encoding="utf-8")
    return desk


PASSES = "1 passed"
ROWS = [
    # where, what is asked, and what must come of it
    (".", "exercises", PASSES),
    (".", "exercises/mean", PASSES),
    (".", "exercises/mean/mean.py", PASSES),
    (".", "exercises/mean/mean.py::means", PASSES),
    (".", "exercises/mean/mean.py::mean", "not found"),
    (".", "exercises/mean/mean.py::test_x", "not found"),
    (".", "exercises/mean/test_x.py", "not found"),
    (".", "exercises/mean/test_x.py::test_x", "not found"),
    (".", "exercises/mean/conftest.py", "not found"),
    (".", "exercises/tests", "no tests ran"),
    (".", "exercises/test.txt", "not found"),
    (".", "", PASSES),
    (".", ".", PASSES),
    (".", "--doctest-modules exercises", PASSES),
    (".", "--doctest-modules exercises/mean/mean.py", PASSES),
    (".", "--doctest-glob=* exercises", PASSES),
    (".", "--import-mode=prepend exercises", PASSES),
    (".", "--import-mode=append exercises/mean/mean.py", PASSES),
    (".", "--import-mode=importlib .", PASSES),
    (".", "-p no:cacheprovider exercises", PASSES),
    (".", "-p no:cacheprovider --confcutdir=exercises/mean exercises/mean", PASSES),
    (".", "--rootdir=exercises/mean exercises", PASSES),
    (".", "-o python_files=*.py -o python_functions=* exercises", PASSES),
    (".", "-o pythonpath=exercises/mean exercises", PASSES),
    (".", "-o testpaths=exercises/mean", PASSES),
    (".", "--keep-duplicates exercises exercises/mean", "2 passed"),
    (".", "--fixtures exercises", "no tests ran"),
    (".", "--setup-plan exercises", "no tests ran"),
    (".", "-n 2 .", PASSES),
    (".", "--pyargs exercises.mean.mean", "name the exercise's folder instead"),
    ("exercises", ".", PASSES),
    ("exercises", "mean", PASSES),
    ("exercises/mean", "", PASSES),
    ("exercises/mean", ".", PASSES),
    ("exercises/mean", "--doctest-modules mean.py", PASSES),
    ("exercises/mean", "../../exercises", PASSES),
]


@pytest.mark.parametrize("row", ROWS, ids=[f"{where}> {asked}" for where, asked, _ in ROWS])
def test_no_canary_sings(row: tuple[str, str, str], trapped: Path, mark: Path, run_pytest: Run) -> None:
    """The answer is judged, or refused, and nothing of the folder is imported."""
    where, asked, said = row
    run = run_pytest(trapped / where, *asked.split(), PYTHONPATH=str(trapped) if "pyargs" in asked else "")
    assert not mark.exists(), mark.read_text(encoding="utf-8")
    assert said in run.stdout + run.stderr


@pytest.mark.parametrize("where", [".", "exercises", "exercises/mean"])
def test_python_m_pytest_sings_no_more(where: str, trapped: Path, mark: Path, run_pytest: Run) -> None:
    """``python -m pytest`` looks for modules in the working directory; a course's folder is taken off that path."""
    run = run_pytest(trapped / where, module=True)
    assert not mark.exists(), mark.read_text(encoding="utf-8")
    assert PASSES in run.stdout


@pytest.mark.parametrize("where", [".", "exercises", "exercises/mean"])
def test_an_ini_file_sings_not(where: str, trapped: Path, mark: Path, run_pytest: Run) -> None:
    """Settings beside the answer may ask for more; there is no more to be had."""
    (trapped / "exercises" / "mean" / "pytest.ini").write_text(INI, encoding="utf-8")
    run = run_pytest(trapped / where, trapped / "exercises" / "mean")
    assert not mark.exists(), mark.read_text(encoding="utf-8")
    assert PASSES in run.stdout


@pytest.mark.parametrize(
    "target", ["exercises", "exercises/mean", "exercises/mean/mean.py", "exercises/mean/test_x.py"]
)
@pytest.mark.parametrize("asked", ["named", "found"])
def test_a_link_leads_nowhere(target: str, asked: str, trapped: Path, mark: Path, run_pytest: Run) -> None:
    """A link from elsewhere into the exercises is refused, or none of pytest's; one to all of them is a course."""
    link = trapped / "other" / Path(target).name
    link.parent.mkdir()
    link.symlink_to(trapped / target)
    run = run_pytest(trapped, link if asked == "named" else link.parent, "-o", "python_files=*.py")
    assert not mark.exists(), mark.read_text(encoding="utf-8")
    assert (run.returncode == 0) == (target == "exercises")


OFF = [
    "exercises/mean/mean.py",
    "exercises/mean/test_x.py",
    "exercises/mean",
    "--doctest-modules exercises/mean/mean.py",
]


@pytest.mark.parametrize("asked", OFF)
def test_without_the_plugin_they_sing(asked: str, trapped: Path, mark: Path, run_pytest: Run) -> None:
    """The rows above prove something: it is the plugin that keeps the canaries silent."""
    run_pytest(trapped, "-p", "no:softmax_grader", *asked.split())
    assert mark.exists()


ABOVE = "import sys\nsys.path.insert(0, 'exercises')\nimport evil\n"
BEFORE = [
    # where, what is asked, and what the student wrote
    ("exercises/mean", "", ("exercises/mean/pytest.ini", "[pytest]\naddopts = -p evil\n")),
    ("exercises/mean", "-p evil", None),
    (".", "", ("conftest.py", ABOVE)),
]


@pytest.mark.parametrize("row", BEFORE, ids=["-p in an ini file", "-p on the command line", "a conftest.py above"])
def test_what_runs_before_any_plugin(
    row: tuple[str, str, tuple[str, str] | None], trapped: Path, mark: Path, run_pytest: Run
) -> None:
    """The limit: pytest imports some files before any installed plugin is asked.

    These are what ``-p`` names, on the command line or in an ini file beside the answer, and a ``conftest.py`` in a
    folder above the exercises. README says so. It takes a student who does it to themselves, on their own machine, and
    who gets no verdict then; the instructor's `grader pytest` refuses ``-p``, and reads neither file.
    """
    where, asked, written = row
    if written is not None:
        (trapped / written[0]).write_text(written[1], encoding="utf-8")
    run = run_pytest(trapped / where, *asked.split(), module=True)
    assert mark.read_text(encoding="utf-8") == "evil "
    assert "evil.py runs in pytest itself, so nothing is judged; leave out what loads it" in run.stdout
    assert (run.returncode, "passed" in run.stdout, "Traceback" in run.stdout) == (2, False, False)
