"""Compare the marks of a graded class with the marks that each student should get.

The expected marks were written by hand, before any run, so that the grader cannot be its own witness. They may be of
more exercises than were graded: each assignment of `examples/labs` is graded and compared alone.

Usage::

    .venv/bin/python examples/compare.py build/class/results.jsonl examples/class/expected.csv

It prints a line for each difference and a closing line, and ends with 0 if there is no difference, else with 1.
"""

from __future__ import annotations

import csv
import json
import sys
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

COLUMNS = ["student", "exercise", "points", "why"]
WRITTEN = 1e-6  # expected.csv holds six decimals; a share such as 8 of 9 has more

Key = tuple[str, str]  # student, exercise


class Unreadable(Exception):
    """A file that is missing or not of its kind: which one, where, and what to do."""


@dataclass(frozen=True, slots=True)
class Expected:
    """What a student should get for an exercise, and why."""

    points: float
    why: str


def read_expected(path: Path) -> dict[Key, Expected]:
    """Return the hand-written marks."""
    rows = csv.DictReader(_lines(path))
    if rows.fieldnames != COLUMNS:
        raise Unreadable(f"{path}: the first line must be {','.join(COLUMNS)}")
    expected: dict[Key, Expected] = {}
    for row in rows:
        key = _name(row["student"]), row["exercise"]
        if key in expected:
            raise Unreadable(f"{path}, line {rows.line_num}: {key[0]} has a line for {key[1]} already; keep one")
        try:
            expected[key] = Expected(float(row["points"]), row["why"])
        except (TypeError, ValueError):
            raise Unreadable(f"{path}, line {rows.line_num}: the points must be a number") from None
    if not expected:
        raise Unreadable(f"{path} expects nothing of nobody; add a line for each student")
    return expected


def read_results(path: Path) -> dict[Key, list[float]]:
    """Return the points that were given; a list, because a forged line would be a second one."""
    given: dict[Key, list[float]] = {}
    for number, line in enumerate(_lines(path), start=1):
        try:
            student = json.loads(line)
            for exercise in student["exercises"] or [{"exercise": "", "points": float(student["points"])}]:
                key = _name(student["student"]), str(exercise["exercise"])
                given.setdefault(key, []).append(float(exercise["points"]))
        except (ValueError, KeyError, TypeError) as error:
            raise Unreadable(f"{path}, line {number}: this is no student's result ({error!r}); grade again") from None
    return given


def differences(expected: dict[Key, Expected], given: dict[Key, list[float]]) -> Iterator[tuple[str, str]]:
    """Yield a student and a sentence for each mark that is not as it should be."""
    for key in sorted(expected.keys() | given.keys()):
        student, exercise = key
        points = given.get(key, [])
        if key not in expected:
            yield student, f"{student}: {_marks(points)} for {exercise or 'no exercise'}, but nothing is expected"
        elif len(points) != 1:
            found = f"{len(points)} results" if points else "no result"
            yield student, f"{student}: {found} for {exercise}; expected one, of {expected[key].points:g}"
        elif abs(points[0] - expected[key].points) > WRITTEN:
            wanted = expected[key]
            yield student, f"{student}: {_marks(points)} for {exercise}; expected {wanted.points:g} ({wanted.why})"


def graded(expected: dict[Key, Expected], given: dict[Key, list[float]]) -> dict[Key, Expected]:
    """Return what is expected of the exercises that somebody has a result for, or all of it if nobody has any."""
    exercises = {exercise for _, exercise in given}
    return {key: wanted for key, wanted in expected.items() if key[1] in exercises or not exercises}


def main(arguments: list[str]) -> int:
    """Compare two files and return the exit code."""
    if len(arguments) != 2:  # noqa: PLR2004 - the two files
        print("usage: python examples/compare.py RESULTS.jsonl EXPECTED.csv", file=sys.stderr)
        return 1
    try:
        given, expected = read_results(Path(arguments[0])), read_expected(Path(arguments[1]))
    except Unreadable as error:
        print(error, file=sys.stderr)
        return 1
    expected = graded(expected, given)
    found = list(differences(expected, given))
    for _, sentence in found:
        print(sentence)
    students = len({student for student, _ in expected.keys() | given.keys()})
    exercises = ", ".join(dict.fromkeys(exercise for _, exercise in expected))
    wrong = len({student for student, _ in found})
    print(f"{students} students in {exercises}: {f'{wrong} not as expected' if wrong else 'all as expected'}")
    return 1 if wrong else 0


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise Unreadable(f"{path} cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise Unreadable(f"{path} is not UTF-8; save it as UTF-8") from None


def _name(student: str) -> str:
    """Return a name with its accents in one spelling: file systems differ in theirs."""
    return unicodedata.normalize("NFC", student)


def _marks(points: list[float]) -> str:
    return " and ".join(f"{mark:g}" for mark in points)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
