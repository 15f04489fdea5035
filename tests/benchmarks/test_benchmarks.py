"""The benchmark compares like with like: every way asks the same and finds the same answers wrong."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks import notebooks
from benchmarks.clock import Spent
from benchmarks.material import Submitted, load_exercise, submissions
from benchmarks.race import Ways, opened, race
from benchmarks.table import reasons

ROOT = Path(__file__).parents[2]
COUNT = 3


@pytest.fixture(scope="module")
def ways() -> Iterator[Ways]:
    """All ways, ready to grade."""
    with opened(load_exercise()) as every:
        yield every


@pytest.mark.parametrize("submitted", submissions(COUNT), ids=lambda one: one.name)
def test_every_way_finds_the_same_groups_wrong(ways: Ways, submitted: Submitted) -> None:
    """Ours, the floor, pytest and gradescope-utils agree on what is wrong with a submission."""
    ours = ways.ours.wrong_groups(submitted)
    assert [ours] * len(ways.fresh) == [way.wrong_groups(submitted) for way in ways.fresh]
    assert len(ours) == ways.floor.wrong_groups(submitted)


def test_right_and_wrong_answers_are_among_the_submissions(ways: Ways) -> None:
    """A comparison of wrong answers only would prove little."""
    wrong = [bool(ways.ours.wrong_groups(one)) for one in submissions(COUNT)]
    assert {True, False} == set(wrong)


def test_every_submission_is_another_file() -> None:
    """No way can gain by remembering one."""
    every = submissions(400)
    assert len(every) == len({one.source for one in every}) == 400


def test_each_way_takes_time(ways: Ways) -> None:
    """The race tells CPU and wall time of every way; how much is never asserted."""
    took = race(ways.every, submissions(COUNT))
    assert [way.name for way in ways.every] == list(took)
    assert all(spent.cpu > 0 and spent.wall > 0 for spent in took.values())


@pytest.mark.parametrize(("gradescope", "missed"), [(0.2, True), (0.4, False)])
def test_a_goal_that_is_missed_is_explained(gradescope: float, missed: object) -> None:
    """By what it allows, and by where our time goes, the greatest first."""
    took = {"ours": 0.03, "warm fork": 0.01, "pytest": 1.0, "gradescope-utils": gradescope}
    told = list(reasons({name: Spent(cpu) for name, cpu in took.items()}, {"judge": 0.01, "calls": 0.02}))
    why = "Why not a 10th of gradescope-utils: that is 20.0 ms, and we take 30.0 ms: calls 20.0 ms, judge 10.0 ms."
    assert told == ([why] if missed else [])


def test_a_goal_of_notebooks_that_is_missed_is_explained(tmp_path: Path) -> None:
    """By a profile of the command that missed it, and of no other."""
    each = dict(zip((way.name for way in notebooks.WAYS), (1.4, 0.2, 0.2), strict=True))
    assert [line.met for line in notebooks.lines(each)] == [True, False]
    (told,) = notebooks.reasons(each, lambda way: f"the profile of {way.command[0]}")
    assert told.splitlines()[1:] == [
        "Why not >= 10x: grader nbgrader autograde, by function, with its start:",
        "the profile of grader",
    ]
    course = tmp_path / "course"
    course.mkdir()
    (course / "script").write_text("def busy(n):\n    return sum(range(n))\nbusy(10)\n", encoding="ascii")
    assert "(busy)" in notebooks.hottest(course, (str(course / "script"),))


def test_the_command_prints_the_table() -> None:
    """`python -m benchmarks` runs to its end."""
    command = [sys.executable, "-m", "benchmarks", "--submissions", "1"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.stderr, done.returncode) == ("", 0)
    lines = done.stdout.splitlines()
    assert lines[0].startswith("1 submissions")
    assert any(line.startswith("CPU: a fresh pytest") for line in lines)
    assert any(line.split()[0] == "judge" for line in lines if line.strip())
