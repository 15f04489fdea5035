"""The whole unit: what it costs to grade every exercise of one right submission, and where that goes.

Right is the case that counts: most of a class is right in most exercises, and who is wrong pays for the diagnosis, too.
The student's own code is the references': that they are loaded, as a warm process loads them, and the calls. What is
left is ours.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from benchmarks.clock import cpu_of, started
from grader.author.place import find_project
from grader.classroom.exam import Exam, read_exam
from grader.fence import Batch, Policy, Sandbox, SandboxedSubject, Sheet
from grader.judge import judge

TIMES: Final = 10
GOAL: Final = 0.060
NOTHING: Final = Batch(())


@dataclass(frozen=True, slots=True)
class Unit:
    """What one right submission takes, in CPU seconds on both sides together."""

    exercises: int
    calls: int
    stages: Mapping[str, float]
    code: float  # the student's own, which is in no stage

    @property
    def ours(self) -> float:
        """What grading costs beyond the student's own code."""
        return sum(self.stages.values())

    @property
    def why(self) -> str:
        """Where a figure beyond the goal comes from, in one line."""
        first, *by_call = self.stages.items()
        shares = ", ".join(f"{1e6 * spent / self.calls:.0f} us {stage}" for stage, spent in by_call)
        return (
            f"Beyond the goal of {1000 * GOAL:.0f} ms, because there are {self.calls} calls, and each costs {shares}; "
            f"{1000 * first[1]:.0f} ms are spent without any call ({first[0]})."
        )


def measure_unit(times: int = TIMES) -> Unit:
    """Grade the references of all exercises as one submission, several times."""
    root = find_project(Path(__file__).parent) / "solutions"
    exam = read_exam(root, [], policy=Policy.REQUIRE, language="en")
    sources = {slug: (root / slug / "solution.py").read_bytes() for slug in exam.slugs}
    empty = [replace(sheet, shown=NOTHING, hidden=NOTHING) for sheet in exam.sheets]
    before = set(started())
    with Sandbox(policy=exam.policy, imports=exam.imports) as sandbox:
        server = next(iter(set(started()) - before))
        nothing = _pass(exam, empty, sandbox, server, sources, times=times)
        full = _pass(exam, exam.sheets, sandbox, server, sources, times=times)
    inside, loading = full["server"] - nothing["server"], _loading(sources, times)
    stages = {
        "fork, confine, parse, end": nothing["server"] + nothing["fence"] - loading,
        "build, encode, send (child)": inside - full["calls"],
        "send, receive, decode (trusted)": full["fence"] - nothing["fence"],
        "judge": full["judge"],
    }
    calls = sum(len(sheet.shown) + len(sheet.hidden) for sheet in exam.sheets)
    return Unit(len(exam.slugs), calls, stages, full["calls"] + loading)


def _pass(
    exam: Exam, sheets: Sequence[Sheet], sandbox: Sandbox, server: int, sources: Mapping[str, bytes], *, times: int
) -> dict[str, float]:
    """Return the CPU seconds per submission of the server with its children, of the fence, the judge, the calls."""
    _once(exam, sheets, sandbox, sources)  # which fills the caches
    begun = cpu_of(server)
    every = [_once(exam, sheets, sandbox, sources) for _ in range(times)]
    spent = {name: sum(one[name] for one in every) / times for name in every[0]}
    return {**spent, "server": (cpu_of(server) - begun) / times}


def _once(exam: Exam, sheets: Sequence[Sheet], sandbox: Sandbox, sources: Mapping[str, bytes]) -> dict[str, float]:
    start = time.process_time()
    child = sandbox.submission(sources)
    subjects = child.ask(sheets)
    child.close()
    asked = time.process_time()
    calls = sum(map(_seconds, subjects, sheets))
    told = time.process_time()
    if sheets is exam.sheets:
        for exercise, foreseen, subject in zip(exam.exercises, exam.foreseen, subjects, strict=True):
            judge(exercise, foreseen.of(subject))
    return {"fence": asked - start, "judge": time.process_time() - told, "calls": calls}


def _loading(sources: Mapping[str, bytes], times: int) -> float:
    """Return the CPU seconds that it takes to compile and to run all files, where that has been done before."""
    spent = []
    for _time in range(times):
        start = time.process_time()
        for slug, source in sources.items():
            exec(compile(source, f"{slug}.py", "exec"), {"__name__": slug})  # noqa: S102 - the references are ours
        spent.append(time.process_time() - start)
    return min(spent)


def _seconds(subject: SandboxedSubject, sheet: Sheet) -> float:
    """Return what the calls of a sheet took, as the child tells it."""
    return sum(subject.answer(probe).seconds for probe in (*sheet.shown.probes, *sheet.hidden.probes))
