"""Checking: a student's own files against the public checks, in a sandboxed child, with recorded right answers.

What takes time is done side by side: the sandbox's server starts while the course is read and the words are loaded.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from grader.exercise.course import Contents, Course, load_public_course
from grader.exercise.exercise import Exercise
from grader.exercise.reply import Facts, Problem
from grader.fence import Policy, Sandbox, sheet_of
from grader.fence.absent import Absent
from grader.fence.intake import read_file
from grader.judge import Outcome, Report, judge
from grader.report.checks import Change
from grader.student.history import History, Run, read_history, remember, run_of, same_runs
from grader.student.place import Desk


@dataclass(frozen=True)
class Checked:
    """One exercise as it was checked, with what is new since the run before."""

    exercise: Exercise
    report: Report
    path: Path
    position: tuple[int, int]
    run: int | None  # None for a file that is not where the exercises are: it has no history
    changes: Mapping[str, Change]
    seconds: float
    next_exercise: str | None

    @property
    def passed(self) -> bool:
        """Whether every check passes."""
        return all(result.outcome is Outcome.PASSED for result in self.report.results)

    @property
    def faults(self) -> str:
        """What went wrong on our side, or nothing."""
        return "\n".join(
            result.finding.note for result in self.report.results if result.finding and result.outcome is Outcome.ERROR
        )


class Bench:
    """A course that is being read, a sandbox that is being started, and the student's files."""

    def __init__(
        self, desk: Desk, order: Sequence[str], course: Course, sandbox: Future[Sandbox], history: History
    ) -> None:
        self.desk = desk
        self.order = order
        self.course = course
        self.history = history
        self._sandbox = sandbox
        self._start = time.monotonic()

    def check(self, slugs: Sequence[str], files: dict[str, Path]) -> Iterator[Checked]:
        """Yield each exercise as it is checked; the student's other files can be imported, too."""
        paths = {slug: self.desk.answer(slug) for slug in self.order} | files
        read = {slug: read_file(path) for slug, path in paths.items()}
        sources = {slug: source for slug, source in read.items() if isinstance(source, bytes)}
        problems = {slug: problem for slug, problem in read.items() if isinstance(problem, Problem)}
        for slug in slugs:
            exercise = self.course.exercise(slug)
            report = self._judged(exercise, sources, problems.get(slug))
            yield self._told(exercise, report, paths[slug], sources.get(slug, b""))
            self._start = time.monotonic()

    def _judged(self, exercise: Exercise, sources: Mapping[str, bytes], problem: Problem | None) -> Report:
        if problem is not None:
            return judge(exercise, Absent(Facts(f"{exercise.slug}.py", problem=problem)))
        with self._sandbox.result().submission(sources) as child:
            return judge(exercise, *child.ask([sheet_of(exercise)]))

    def _told(self, exercise: Exercise, report: Report, path: Path, source: bytes) -> Checked:
        ours = path.resolve() == self.desk.answer(exercise.slug).resolve()
        earlier = self.history.of(exercise.slug) if ours else ()
        run = run_of(report, source, earlier[-1].number + 1 if earlier else 1)
        if ours and not report.faulty:
            remember(self.history, run)
        at = self.order.index(exercise.slug)
        return Checked(
            exercise=exercise,
            report=report,
            path=path,
            position=(at + 1, len(self.order)),
            run=run.number if ours else None,
            changes=changes(earlier, run),
            seconds=time.monotonic() - self._start,
            next_exercise=next(iter(self.order[at + 1 :]), None),
        )


@contextmanager
def opened_bench(desk: Desk, contents: Contents, slugs: Sequence[str], policy: Policy) -> Iterator[Bench]:
    """Start a sandbox for some exercises and read them at the same time."""
    with ThreadPoolExecutor(1) as threads:
        sandbox = threads.submit(Sandbox, policy=policy, imports=contents.imports_of(slugs))
        try:
            course = load_public_course(desk.course, slugs)
            yield Bench(desk, contents.slugs, course, sandbox, read_history(desk.memory))
        finally:
            with suppress(Exception):  # a sandbox that did not start has told so to whoever asked for it
                sandbox.result().close()


def changes(earlier: Sequence[Run], run: Run) -> dict[str, Change]:
    """Return what is new about each check since the run before."""
    if not earlier:
        return {}
    before = earlier[-1].outcomes
    made = {check: _change(earlier, run, check, before.get(check)) for check in run.outcomes}
    return {check: change for check, change in made.items() if change is not None}


def _change(earlier: Sequence[Run], run: Run, check: str, before: str | None) -> Change | None:
    now = run.outcomes[check]
    if before is None or Outcome.TODO in (before, now):
        return None
    if now == Outcome.PASSED:
        return None if before == Outcome.PASSED else ("fixed",)
    if now == Outcome.SKIPPED:
        return None
    if before == Outcome.PASSED:
        return ("broken",)
    count = same_runs(tuple(earlier), run, check)
    return ("same", count) if count > 1 else None
