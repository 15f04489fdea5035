"""The four ways to grade one submission. Each says what it took, and which groups of cases it found wrong.

Ours and the floor are warm servers, whose own time is read at the end of the run; the other two are one fresh
process for each submission, and pay for Python and numpy every time.
"""

from __future__ import annotations

import json
import os
import re
import resource
import socket
import struct
import subprocess
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Final, Protocol

from benchmarks.clock import Spent, cpu_of, now, started
from benchmarks.material import SLUG, Submitted
from grader.exercise.exercise import Exercise
from grader.exercise.foresee import foresee
from grader.fence import Policy, Sandbox, sheet_of
from grader.judge import Outcome, Report, judge

ASKED: Final = struct.Struct("<I?")
FAILED: Final = re.compile(r"^FAILED test_cases\.py::test_case\[(\w+)", re.MULTILINE)
NAMES: Final = {"case": "", "group": ", by group"}  # what one test of theirs holds
ONE_THREAD: Final = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}


class Way(Protocol):
    """One way to grade."""

    name: str

    def grade(self, submitted: Submitted) -> Spent:
        """Grade one submission and return what this process, and those that it waited for, took."""

    def server(self) -> float:
        """Return the CPU seconds that a server of it has taken so far."""

    def wrong_groups(self, submitted: Submitted) -> frozenset[str] | int:
        """Return which groups are wrong, or only how many."""


class Ours(AbstractContextManager["Ours"]):
    """Fence and judge of all checks, with the computed calls foreseen; the store and the pages are left out."""

    name = "ours"

    def __init__(self, exercise: Exercise, *, slot: int = 0) -> None:
        self.exercise = exercise
        self.foreseen = foresee(exercise)
        self.sheet = sheet_of(exercise, self.foreseen)
        before = set(started())
        self.sandbox = Sandbox(policy=Policy.REQUIRE, imports=exercise.imports, slot=slot)
        self.pid = next(iter(set(started()) - before))

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.sandbox.close()

    @contextmanager
    def judged(self, submitted: Submitted) -> Iterator[Report]:
        """Return what is found out about one submission, while its child still lives."""
        with self.sandbox.submission({SLUG: submitted.source}) as child:
            (subject,) = child.ask([self.sheet])
            yield judge(self.exercise, self.foreseen.of(subject))

    def report(self, submitted: Submitted) -> Report:
        """Return what is found out about one submission."""
        with self.judged(submitted) as report:
            return report

    def grade(self, submitted: Submitted) -> Spent:
        """Grade one submission."""
        start = now()
        self.report(submitted)
        return now() - start

    def server(self) -> float:
        """Return the CPU seconds of the warm server and its children."""
        return cpu_of(self.pid)

    def wrong_groups(self, submitted: Submitted) -> frozenset[str]:
        """Return the groups with a check that is not passed; laws on computed inputs have none."""
        on = {check.name: check.on.name for check in self.exercise.checks if check.on is not None}
        results = self.report(submitted).results
        return frozenset(on[r.check] for r in results if r.check in on and r.outcome is not Outcome.PASSED)


class Floor(AbstractContextManager["Floor"]):
    """A warm fork that makes the same calls and nothing else."""

    name = "warm fork"

    def __init__(self, suite: Path) -> None:
        command = [sys.executable, "-B", "floor_server.py"]
        environment = {**os.environ, **ONE_THREAD}
        ours, theirs = socket.socketpair()
        with theirs:
            self._running = subprocess.Popen(command, cwd=suite, env=environment, stdin=theirs, stdout=theirs)  # noqa: S603 - our own Python
        self._channel = ours
        self._answer()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._channel.close()
        self._running.wait()

    def grade(self, submitted: Submitted) -> Spent:
        """Make the calls of one submission."""
        start = now()
        self._ask(submitted, counted=False)
        return now() - start

    def server(self) -> float:
        """Return the CPU seconds of the warm process and its forks."""
        return cpu_of(self._running.pid)

    def wrong_groups(self, submitted: Submitted) -> int:
        """Return how many groups are wrong."""
        return self._ask(submitted, counted=True)

    def _ask(self, submitted: Submitted, *, counted: bool) -> int:
        self._channel.sendall(ASKED.pack(len(submitted.source), counted) + submitted.source)
        return self._answer()

    def _answer(self) -> int:
        return self._channel.recv(1)[0]


@dataclass(frozen=True)
class Fresh:
    """One fresh process for each submission, with the tests and the student's code in it."""

    name: str
    command: tuple[str, ...]
    suite: Path
    desk: Path
    environment: dict[str, str] = field(default_factory=dict)

    def grade(self, submitted: Submitted) -> Spent:
        """Run the tests on one submission."""
        return self._run(submitted)[0]

    def server(self) -> float:
        """Return 0: there is none."""
        return 0.0

    def wrong_groups(self, submitted: Submitted) -> frozenset[str]:
        """Return the groups whose test failed."""
        said = self._run(submitted)[1]
        if said.startswith("{"):
            return frozenset(
                test["name"].partition("[")[0] for test in json.loads(said)["tests"] if test["status"] != "passed"
            )
        return frozenset(FAILED.findall(said))

    def _run(self, submitted: Submitted) -> tuple[Spent, str]:
        (self.desk / f"{SLUG}.py").write_bytes(submitted.source)
        start, before = now(), resource.getrusage(resource.RUSAGE_CHILDREN)
        running = subprocess.Popen(  # noqa: S603 - our own Python
            self.command,
            cwd=self.suite,
            env={**os.environ, **ONE_THREAD, **self.environment, "PYTHONPATH": f"{self.desk}:{self.suite}"},
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        said = running.communicate()[0].decode()
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        used = sum(after[:2]) - sum(before[:2])  # user and system time
        return now() - start + Spent(used), said


def with_pytest(suite: Path, desk: Path, *, by: str) -> Fresh:
    """Return one pytest a submission; no plugin at all is loaded, so it is as fast as it can be."""
    command = (sys.executable, "-m", "pytest", "-q", "--tb=short", "-rf", "-p", "no:softmax_grader", "test_cases.py")
    return Fresh(f"pytest{NAMES[by]}", command, suite, desk, {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "TESTS_BY": by})


def with_gradescope(suite: Path, desk: Path, *, by: str) -> Fresh:
    """Return one unittest a submission, with the runner and decorators that Gradescope offers."""
    command = (sys.executable, "run_gradescope.py")
    return Fresh(f"gradescope-utils{NAMES[by]}", command, suite, desk, {"TESTS_BY": by})
