"""Law 8: in this process, through the fence, and from the released files alone: the same outcomes.

(The doors of pytest and of notebooks are tried by the project's own tests, which have them installed.)
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path

from grader.author.laws import Violation
from grader.author.place import accepted, mistakes
from grader.author.trial import Trials
from grader.exercise.modules import import_author_module
from grader.exercise.reference import Live
from grader.judge import Outcome, Report, judge

STOPPED = frozenset({Outcome.TIMEOUT, Outcome.MEMORY, Outcome.CRASHED, Outcome.ERROR})  # of what broke, law 2 tells
Verdict = tuple[str, Outcome, float, str | None]


def same_by_every_door(trials: Trials) -> Iterator[Violation]:
    """Judge every answer in this process, and compare it, and what the released files said of it, with the fence."""
    yield from _in_this_interpreter(trials)
    yield from _from_released_files(trials)


def verdicts(report: Report, visibility: str | None = None) -> list[Verdict]:
    """Return what must not depend on the door."""
    return [
        (result.check, result.outcome, result.points, result.diagnosis)
        for result in report.results
        if visibility in (None, result.visibility)
    ]


def _in_this_interpreter(trials: Trials) -> Iterator[Violation]:
    for path, report in _judged(trials):
        if any(result.outcome in STOPPED for result in report.results):
            continue  # what was stopped there must not run here
        with redirect_stdout(StringIO()), redirect_stderr(StringIO()):  # what they print is no part of a verdict
            live = judge(trials.exercise, Live(import_author_module(path, trials.folder.parent)))
        yield from _compare(f"{path.name} in this process", verdicts(report), verdicts(live))


def _from_released_files(trials: Trials) -> Iterator[Violation]:
    if trials.from_released is None:
        yield Violation(8, trials.exercise.slug, "the released files ask other calls than the public checks here")
        return
    for path, report in _judged(trials):
        wanted, seen = verdicts(report, "public"), verdicts(trials.from_released[path])
        yield from _compare(f"{path.name} from the released files", wanted, seen)


def _judged(trials: Trials) -> Iterator[tuple[Path, Report]]:
    yield trials.folder / "solution.py", trials.solution
    for variant in accepted(trials.folder):
        yield variant.path, trials.accepted[variant.name]
    for variant, wrong in zip(mistakes(trials.folder), trials.wrong, strict=True):
        yield variant.path, wrong.report


def _compare(where: str, wanted: list[Verdict], seen: list[Verdict]) -> Iterator[Violation]:
    for one, other in zip(wanted, seen, strict=True):
        if one != other:
            yield Violation(8, where, f"{one[0]}: {one[1:]} through the fence, {other[1:]} here")
