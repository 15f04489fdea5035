"""compare.py says what differs, one line each, and believes only what is complete."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "examples" / "compare.py"
EXPECTED = "student,exercise,points,why\nada,softmax,16,right\nbob,softmax,0.222222,8 of 9\n"

Compare = Callable[[str, str], tuple[int, str, str]]


def run(*arguments: str | Path) -> tuple[int, str, str]:
    """Run the script: exit code, standard output, standard error."""
    command = [sys.executable, "-X", "utf8", SCRIPT, *arguments]
    ended = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    return ended.returncode, ended.stdout, ended.stderr


@pytest.fixture
def compare(tmp_path: Path) -> Compare:
    """Return a function that compares two texts."""

    def compared(results: str, expected: str) -> tuple[int, str, str]:
        given, wanted = tmp_path / "results.jsonl", tmp_path / "expected.csv"
        given.write_text(results, encoding="utf-8")
        wanted.write_text(expected, encoding="utf-8")
        code, out, err = run(given, wanted)
        return code, out, err.replace(f"{tmp_path}{os.sep}", "")

    return compared


def line(student: str, points: float, exercise: str = "softmax") -> str:
    """Return a student's line, as the grader writes it."""
    exercises = [{"exercise": exercise, "points": points, "max_points": 16.0, "results": []}]
    return json.dumps({"student": student, "points": points, "max_points": 16.0, "exercises": exercises}) + "\n"


def test_all_as_expected(compare: Compare) -> None:
    """Six decimals are enough for a share of the points."""
    assert compare(line("ada", 16.0) + line("bob", 0.2222222222), EXPECTED) == (
        0,
        "2 students in softmax: all as expected\n",
        "",
    )


def test_a_wrong_mark(compare: Compare) -> None:
    """A difference is named with both marks and the reason of the expected one."""
    said = "bob: 0.25 for softmax; expected 0.222222 (8 of 9)\n2 students in softmax: 1 not as expected\n"
    assert compare(line("ada", 16.0) + line("bob", 0.25), EXPECTED) == (1, said, "")


def test_a_student_without_a_result(compare: Compare) -> None:
    """Nobody is passed over."""
    said = "bob: no result for softmax; expected one, of 0.222222\n2 students in softmax: 1 not as expected\n"
    assert compare(line("ada", 16.0), EXPECTED) == (1, said, "")


def test_a_result_without_a_student(compare: Compare) -> None:
    """A result for which nothing is expected is a difference."""
    results = line("ada", 16.0) + line("bob", 0.222222) + line("eve", 16.0)
    said = "eve: 16 for softmax, but nothing is expected\n3 students in softmax: 1 not as expected\n"
    assert compare(results, EXPECTED) == (1, said, "")


def test_a_forged_line(compare: Compare) -> None:
    """A second line for a student is a difference, even if one of the two is right."""
    results = line("ada", 16.0) + line("bob", 0.222222) + line("bob", 16.0)
    said = "bob: 2 results for softmax; expected one, of 0.222222\n2 students in softmax: 1 not as expected\n"
    assert compare(results, EXPECTED) == (1, said, "")


def test_a_result_without_an_exercise(compare: Compare) -> None:
    """A line that names no exercise is not passed over."""
    results = line("ada", 16.0) + line("bob", 0.222222) + '{"student": "bob", "points": 16, "exercises": []}\n'
    said = "bob: 16 for no exercise, but nothing is expected\n2 students in softmax: 1 not as expected\n"
    assert compare(results, EXPECTED) == (1, said, "")


def test_an_exercise_that_was_not_graded(compare: Compare) -> None:
    """What is expected of an exercise that nobody was graded in is left out, and what was compared is said."""
    expected = EXPECTED + "ada,limits,6,right\nbob,limits,0,no file\nada,rates,8,right\n"
    results = line("ada", 6.0, "limits") + line("bob", 0.0, "limits")
    assert compare(results, expected) == (0, "2 students in limits: all as expected\n", "")


def test_a_student_left_out_of_a_graded_exercise(compare: Compare) -> None:
    """Of an exercise that somebody was graded in, every student who is expected must have a result."""
    expected = EXPECTED + "ada,limits,6,right\nbob,limits,0,no file\n"
    said = "bob: no result for limits; expected one, of 0\n2 students in limits: 1 not as expected\n"
    assert compare(line("ada", 6.0, "limits"), expected) == (1, said, "")


def test_nobody_was_graded(compare: Compare) -> None:
    """Where there is no result at all, everybody lacks theirs."""
    code, out, _ = compare("", EXPECTED)
    assert (code, out.splitlines()[-1]) == (1, "2 students in softmax: 2 not as expected")


def test_accents_are_spelled_in_two_ways(compare: Compare) -> None:
    """A file system may take an accent apart; it is the same student."""
    expected = "student,exercise,points,why\nluc\u00eda,softmax,1,x\n"
    assert compare(line("luci\u0301a", 1.0), expected) == (0, "1 students in softmax: all as expected\n", "")


@pytest.mark.parametrize(
    ("results", "expected", "sentence"),
    [
        ("{", EXPECTED, "results.jsonl, line 1: this is no student's result"),
        ("[]\n", EXPECTED, "results.jsonl, line 1: this is no student's result"),
        ("", "name,mark\n", "expected.csv: the first line must be student,exercise,points,why"),
        ("", EXPECTED + "ada,softmax,1,x\n", "expected.csv, line 4: ada has a line for softmax already; keep one"),
        ("", EXPECTED + "eve,softmax,many,x\n", "expected.csv, line 4: the points must be a number"),
        ("", "student,exercise,points,why\n", "expected.csv expects nothing of nobody"),
    ],
)
def test_a_file_that_cannot_be_used(compare: Compare, results: str, expected: str, sentence: str) -> None:
    """A bad file is named with the line and what to do."""
    code, out, err = compare(results, expected)
    assert (code, out) == (1, "")
    assert err.startswith(sentence)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    """A missing file is named."""
    missing = tmp_path / "results.jsonl"
    assert run(missing, missing) == (1, "", f"{missing} cannot be read: No such file or directory\n")


def test_bytes_that_are_no_text(tmp_path: Path) -> None:
    """A file in another encoding is named."""
    odd = tmp_path / "results.jsonl"
    odd.write_bytes(b"\xff\xfe")
    assert run(odd, odd) == (1, "", f"{odd} is not UTF-8; save it as UTF-8\n")


def test_too_few_files() -> None:
    """Without two files it says how it is used."""
    assert run() == (1, "", "usage: python examples/compare.py RESULTS.jsonl EXPECTED.csv\n")
