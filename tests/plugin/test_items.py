"""A student runs pytest on an exercise: each check is an item, and a failure is a screen."""

from __future__ import annotations

import re
import subprocess
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]
Answer = Callable[[str], None]

RIGHT = "def mean(x):\n    return float(sum(x) / len(x))\n"
SUM = "def mean(x):\n    return float(sum(x))\n"
LOOP = "def mean(x):\n    while True:\n        pass\n"
GONE = "import os\n\n\ndef mean(x):\n    os._exit(7)\n"
STUB = "def mean(x):\n    raise NotImplementedError\n"
UNCLOSED = "def mean(x:\n    return 0\n"
SCREEN = """\
FAIL 1: the mean of a short vector                                   sum_instead

  Smallest case    mean([0.0, 1.0])

    expected          got
      0.5000       1.0000
"""


def counts(output: str) -> str:
    """Return what pytest's last line counts."""
    return re.findall(r"(\d+ [a-z]+(?:, \d+ [a-z]+)*) in [\d.]+s", output)[-1]


def properties(path: Path) -> list[dict[str, str]]:
    """Return what stands beside each item in a JUnit file."""
    cases = ET.parse(path).iter("testcase")  # noqa: S314 - pytest wrote it
    return [{one.get("name", ""): one.get("value", "") for one in case.iter("property")} for case in cases]


def test_a_check_is_an_item_named_after_it(desk: Path, run_pytest: Run) -> None:
    """The node id is the student's file and the check; collecting starts no sandbox."""
    run = run_pytest(desk, "exercises/mean", "--collect-only", "-q")
    assert "exercises/mean/mean.py::means\n" in run.stdout
    assert "sandbox" not in run.stdout


ENDINGS = {
    "right": (RIGHT, 0, "1 passed"),
    "wrong": (SUM, 1, "1 failed"),
    "endless": (LOOP, 1, "1 failed"),
    "exit": (GONE, 1, "1 failed"),
    "no Python": (UNCLOSED, 1, "1 failed"),
    "stub": (STUB, 0, "1 skipped"),
}


@pytest.mark.parametrize("name", ENDINGS)
def test_outcomes_are_pytests_own(name: str, desk: Path, answer: Answer, run_pytest: Run) -> None:
    """A check passes, fails, or, while its code is not written, is skipped."""
    source, code, said = ENDINGS[name]
    answer(source)
    settings = desk / "exercises" / "course.json"
    usual = settings.read_text(encoding="utf-8")
    settings.write_text(usual.replace('"cpu_seconds": 2.0', '"cpu_seconds": 0.3'), encoding="utf-8")
    run = run_pytest(desk, "exercises/mean")
    assert (run.returncode, counts(run.stdout)) == (code, said)


def test_a_failure_is_the_screen_and_nothing_of_ours(desk: Path, answer: Answer, run_pytest: Run) -> None:
    """No traceback, no source of the grader: the block that `grader check` shows."""
    answer(SUM)
    run = run_pytest(desk, "exercises/mean")
    assert SCREEN in run.stdout
    assert "exercises/mean/mean.py::means - FAIL 1: the mean of a short vector" in run.stdout
    assert "mean: 0 of 1 points" in run.stdout
    assert not re.search(r"Traceback|NotPassed|runtest|grader/|^E ", run.stdout, re.MULTILINE)


def test_a_screen_is_in_the_students_language(desk: Path, answer: Answer, run_pytest: Run) -> None:
    """GRADER_LANG decides here, too."""
    answer(SUM)
    assert "Caso mínimo" in run_pytest(desk, "exercises/mean", GRADER_LANG="es").stdout


def test_what_is_not_written_is_skipped_in_words(desk: Path, run_pytest: Run) -> None:
    """The reason says what to do, at the student's own file."""
    run = run_pytest(desk, "exercises/mean", "-rs")
    assert re.search(r"SKIPPED \[1\] exercises/mean/mean\.py:1: todo: Not started: mean\(\) .*Next: write", run.stdout)


def test_a_missing_file_fails(desk: Path, run_pytest: Run) -> None:
    """An answer that is not there is no silence."""
    (desk / "exercises" / "mean" / "mean.py").unlink()
    run = run_pytest(desk, "exercises/mean")
    assert (run.returncode, counts(run.stdout)) == (1, "1 failed")
    assert "exercises/mean/mean.py is missing." in run.stdout


def test_points_stand_in_the_xml(desk: Path, answer: Answer, run_pytest: Run) -> None:
    """Other programs read points, outcome and diagnosis beside each item."""
    answer(SUM)
    run_pytest(desk, "exercises/mean", "--junitxml", "out.xml")
    (told,) = properties(desk / "out.xml")
    assert told.pop("confinement").startswith("sandbox: ")
    assert told == {
        "exercise": "mean",
        "visibility": "public",
        "outcome": "failed",
        "points": "0",
        "max_points": "1",
        "diagnosis": "sum_instead",
    }


@pytest.mark.parametrize("options", [["-q"], ["-vv"], ["-n", "2"], ["-x", "--tb=line"], ["-p", "no:cacheprovider"]])
def test_other_options_change_nothing(options: list[str], desk: Path, answer: Answer, run_pytest: Run) -> None:
    """However pytest is asked to run or to show, the verdict and the points are the same."""
    answer(SUM)
    run = run_pytest(desk, "exercises", *options)
    assert (run.returncode, counts(run.stdout)) == (1, "1 failed")
    assert "mean: 0 of 1 points" in run.stdout


def test_no_terminal_is_needed(desk: Path, answer: Answer, run_pytest: Run) -> None:
    """Without pytest's terminal plugin, the exit code still tells."""
    answer(SUM)
    run = run_pytest(desk, "exercises/mean", "-p", "no:terminal")
    assert (run.returncode, run.stdout) == (1, "")


def test_a_failure_is_found_again(desk: Path, answer: Answer, run_pytest: Run) -> None:
    """--lf works as everywhere."""
    answer(SUM)
    run_pytest(desk, "exercises")
    assert "rerun previous 1 failure" in run_pytest(desk, "exercises", "--lf").stdout


def test_a_fault_of_ours_is_an_error_and_no_failure(desk: Path, answer: Answer, run_pytest: Run) -> None:
    """A check that breaks is an error that takes the blame; its story is in a file."""
    answer(RIGHT)
    public = desk / "exercises" / "mean" / "public.py"
    public.write_text(public.read_text(encoding="utf-8") + "    raise RuntimeError\n", encoding="utf-8")
    run = run_pytest(desk, "exercises/mean", "--junitxml", "out.xml")
    assert (run.returncode, counts(run.stdout)) == (1, "1 error")
    assert "The grader itself failed; this is not about your code" in run.stdout
    assert "Traceback" not in run.stdout + (desk / "out.xml").read_text(encoding="utf-8")
    (story,) = (desk / "exercises" / ".grader").glob("fault-*.txt")
    assert "RuntimeError" in story.read_text(encoding="utf-8")


def test_a_broken_course_is_told_in_one_sentence(desk: Path, run_pytest: Run) -> None:
    """A released file that is damaged is named, with what to do."""
    (desk / "exercises" / "mean" / "answers.json").write_text("{", encoding="utf-8")
    run = run_pytest(desk, "exercises/mean")
    assert run.returncode != 0
    assert "answers.json cannot be read" in run.stdout
    assert "unpack the exercises again" in run.stdout
    assert "Traceback" not in run.stdout
