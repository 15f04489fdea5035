"""``grader new``, as an author runs it: what it says of the next step is true, and it tells how to start a course."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

Program = Callable[..., subprocess.CompletedProcess[str]]
START = "to start a folder of solutions, put an empty course.toml into a new folder, and name that with --solutions"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (
            [],
            "no pyproject.toml at or above {here}; go to the project's folder, or name the solutions with --solutions",
        ),
        (["--solutions", "own"], "own holds no course.toml, so it is no folder of solutions; name it with --solutions"),
    ],
)
def test_where_there_is_no_course_it_is_said_how_to_start_one(
    arguments: list[str], sentence: str, tmp_path: Path, program: Program
) -> None:
    """With what was looked for."""
    run = program("new", "gumbel", *arguments, cwd=tmp_path)
    assert (run.returncode, run.stdout, run.stderr) == (2, "", f"grader: {sentence.format(here=tmp_path)}; {START}\n")


def test_a_course_is_started_as_it_is_said(tmp_path: Path, program: Program) -> None:
    """An empty course.toml is enough, and the example in it is proved."""
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "course.toml").touch()
    made = program("new", "gumbel", "--solutions", "own", cwd=tmp_path)
    assert (made.returncode, made.stdout.splitlines()[-1]) == (
        0,
        "Next: change these files, then run grader release and grader prove gumbel",
    )
    assert program("release", "--solutions", "own", cwd=tmp_path).returncode == 0
    proved = program("prove", "gumbel", "--quiet", "--solutions", "own", cwd=tmp_path)
    assert (proved.returncode, proved.stdout.splitlines()[-1]) == (0, "Proved.")
