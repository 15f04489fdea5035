"""Notebooks: what grading one takes, by nbgrader as it comes, by its own command with our verdicts, and side by side.

Every way is the command that an instructor types, on the same submissions of the same notebook. Its start is the same
for one submission as for many, so a run on one is taken away from a run on all.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import pstats
import resource
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks.table import Line, render
from grader.author.place import find_project, mistakes

LAB: Final = "lab-00"
SLUGS: Final = ("softmax", "limits")
SUBMISSIONS: Final = 30
OURS: Final = 5.0  # times less CPU than nbgrader as it comes, by its own command
BESIDE: Final = 10.0  # and side by side
LONGEST: Final = 15  # lines of a profile
PLAIN: Final = "c = get_config()\nc.CourseDirectory.course_id = 'bench'\nc.ClearSolutions.enabled = False\n"
CONFIGURED: Final = "from grader.notebook.autograde import configure\nconfigure(c, solutions={solutions!r})\n"


@dataclass(frozen=True, slots=True)
class Way:
    """One command, and what the course is configured with."""

    name: str
    command: tuple[str, ...]
    ours: bool


WAYS: Final = (
    Way("nbgrader autograde", ("nbgrader", "autograde", LAB), ours=False),
    Way("the same, graded outside", ("nbgrader", "autograde", LAB), ours=True),
    Way("grader nbgrader autograde", ("grader", "nbgrader", "autograde", LAB, "--jobs", "2"), ours=True),
)


def main() -> None:
    """Measure, and tell."""
    asked = argparse.ArgumentParser(prog="python -m benchmarks.notebooks", description=__doc__)
    asked.add_argument("--submissions", type=int, default=SUBMISSIONS, help="how many to grade (default: 30)")
    count = asked.parse_args().submissions
    with tempfile.TemporaryDirectory(prefix="benchmarks-") as folder:
        each = {way.name: per_submission(way, Path(folder), count) for way in WAYS}
        print(f"{count} notebooks of {LAB}, CPU seconds per submission, without the start", flush=True)  # noqa: T201
        print(render(lines(each)), flush=True)  # noqa: T201
        for reason in reasons(each, lambda way: hottest(_course(way, Path(folder) / "profiled", count), way.command)):
            print(reason, flush=True)  # noqa: T201


def lines(each: dict[str, float]) -> Iterator[Line]:
    """Return the comparison with nbgrader as it comes."""
    stock, own, beside = (each[way.name] for way in WAYS)
    for name, took, goal in (("CPU: nbgrader's command, outside", own, OURS), ("CPU: side by side", beside, BESIDE)):
        cells = f"{1000 * took:.0f} ms", f"{1000 * stock:.0f} ms", f"1/{stock / took:.1f}"
        yield Line(name, *cells, f">= {goal:.0f}x", stock / took >= goal)


def reasons(each: dict[str, float], profile: Callable[[Way], str]) -> Iterator[str]:
    """Return, for each goal that is missed, where the time of its command goes."""
    for way, line in zip(WAYS[1:], lines(each), strict=True):
        if not line.met:
            yield f"\nWhy not {line.goal}: {way.name}, by function, with its start:\n{profile(way)}"


def hottest(course: Path, command: Sequence[str]) -> str:
    """Return in which functions a command takes most time; its workers are other processes, and not in it."""
    program, told = Path(sysconfig.get_path("scripts")) / command[0], io.StringIO()
    spent(course, (sys.executable, "-m", "cProfile", "-o", "profile", str(program), *command[1:]))
    pstats.Stats(str(course / "profile"), stream=told).strip_dirs().sort_stats("tottime").print_stats(LONGEST)
    shutil.rmtree(course)
    return told.getvalue().strip()


def per_submission(way: Way, folder: Path, count: int) -> float:
    """Return the CPU seconds that one more submission takes."""
    spent(_course(way, folder / "warm", 1), way.command)  # compiled, and the bank recorded, for all of them
    one = spent(_course(way, folder / "one", 1), way.command)
    many = spent(_course(way, folder / "many", count + 1), way.command)
    for name in ("warm", "one", "many"):
        shutil.rmtree(folder / name)
    return (many - one) / count


def spent(course: Path, command: Sequence[str]) -> float:
    """Return the CPU seconds of a command and of all that it started and waited for."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    environ = {**os.environ, "PATH": f"{sysconfig.get_path('scripts')}{os.pathsep}{os.environ['PATH']}"}
    subprocess.run(command, cwd=course, env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)  # noqa: S603 - our own programs
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return sum(after[:2]) - sum(before[:2])


def _course(way: Way, root: Path, count: int) -> Path:
    """Write a course of so many submissions, right and wrong ones."""
    project = find_project(Path(__file__).parent)
    shutil.copytree(project / "source" / LAB, root / "source" / LAB)
    config = PLAIN + (CONFIGURED.format(solutions=str(project / "solutions")) if way.ours else "")
    (root / "nbgrader_config.py").write_text(config, encoding="utf-8")
    spent(root, ("nbgrader", "generate_assignment", LAB))
    released = json.loads((root / "release" / LAB / f"{LAB}.ipynb").read_text(encoding="utf-8"))
    for number in range(count):
        text = json.dumps({**released, "cells": [_filled(cell, project, number) for cell in released["cells"]]})
        place = root / "submitted" / f"student{number:03}" / LAB / f"{LAB}.ipynb"
        place.parent.mkdir(parents=True)
        place.write_text(text, encoding="utf-8")
    return root


def _filled(cell: dict[str, object], project: Path, number: int) -> dict[str, object]:
    slug = str(cell["id"])
    if slug not in SLUGS:
        return cell
    files = [
        project / "solutions" / slug / "solution.py",
        *(one.path for one in mistakes(project / "solutions" / slug)),
    ]
    return {**cell, "source": files[number * 7 % len(files)].read_text(encoding="utf-8") + f"\n# student {number}\n"}


if __name__ == "__main__":
    sys.exit(main())
