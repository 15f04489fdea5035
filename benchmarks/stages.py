"""Where our time goes: the stages of one submission, and the functions of the trusted side that take most.

A child's own clock cannot be read in the middle of its life from here. So submissions are asked nothing but the facts
of their file, then everything; the calls tell their own CPU time, and what is left is encoding.
"""

from __future__ import annotations

import cProfile
import io
import pstats
import time
from collections.abc import Sequence
from dataclasses import replace

from benchmarks.material import SLUG, Submitted
from benchmarks.ways import Ours
from grader.fence import Batch, Sheet
from grader.judge import judge

LINES = 15


def stages(ours: Ours, submitted: Sequence[Submitted]) -> dict[str, float]:
    """Return the CPU seconds per submission of each stage."""
    nothing = _pass(ours, submitted, replace(ours.sheet, shown=Batch(()), hidden=Batch(())), judged=False)
    full = _pass(ours, submitted, ours.sheet, judged=True)
    inside = full["server"] - nothing["server"]
    found = {
        "fork, confine, parse, end": nothing["server"] + nothing["fence"],
        "calls (the student's own code)": full["calls"],
        "load, encode, send (child)": inside - full["calls"],
        "receive, decode (trusted)": full["fence"] - nothing["fence"],
        "judge": full["judge"],
    }
    return {stage: seconds / len(submitted) for stage, seconds in found.items()}


def hottest(ours: Ours, submitted: Sequence[Submitted]) -> str:
    """Return cProfile's table of the trusted side, by time spent in the function itself."""
    profile = cProfile.Profile(time.thread_time)
    for one in submitted:
        profile.enable()
        ours.report(one)
        profile.disable()
    told = io.StringIO()
    pstats.Stats(profile, stream=told).strip_dirs().sort_stats("tottime").print_stats(LINES)
    lines = told.getvalue().splitlines()
    top = next(at for at, line in enumerate(lines) if line.lstrip().startswith("ncalls"))
    return "\n".join(line for line in lines[top:] if line.strip())


def _pass(ours: Ours, submitted: Sequence[Submitted], sheet: Sheet, *, judged: bool) -> dict[str, float]:
    """Grade all once and return the CPU seconds of the server with its children, of the fence, the judge, the calls."""
    spent = {"server": -ours.server(), "fence": 0.0, "judge": 0.0, "calls": 0.0}
    exercise = ours.exercise
    for one in submitted:
        marks = [time.process_time()]
        with ours.sandbox.submission({SLUG: one.source}) as child:
            (subject,) = child.ask([sheet])
            marks.append(time.process_time())
            if judged:
                judge(exercise, ours.foreseen.of(subject))
            marks.append(time.process_time())
            asked = (*sheet.shown.probes, *sheet.hidden.probes)
            spent["calls"] += sum(subject.answer(probe).seconds for probe in asked)
            counted = time.process_time() - marks[2]
        spent["judge"] += marks[2] - marks[1]
        spent["fence"] += time.process_time() - marks[0] - (marks[2] - marks[1]) - counted
    spent["server"] += ours.server()
    return spent
