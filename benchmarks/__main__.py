"""Run the comparison and print it: ``python -m benchmarks --submissions 200``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Mapping

from benchmarks.material import load_exercise, submissions
from benchmarks.memory import measure_memory
from benchmarks.race import opened, race
from benchmarks.stages import hottest, stages
from benchmarks.start import measure_start
from benchmarks.table import cpu_lines, memory_lines, reasons, render, start_line, unit_line
from benchmarks.unit import GOAL, TIMES, measure_unit

SAMPLE = 40  # submissions that are looked at for memory and profile


def main() -> None:
    """Measure, and tell."""
    asked = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    asked.add_argument("--submissions", type=int, default=200, help="how many to grade (default: 200)")
    count = asked.parse_args().submissions
    exercise, submitted = load_exercise(), submissions(count)
    with opened(exercise) as ways:
        _say(f"{count} submissions, {len(exercise.probes)} probes, {len(ways.ours.foreseen.probes)} computed calls")
        _say(ways.ours.sandbox.confinement.line)
        took = race(ways.every, submitted, lambda done: _progress(done, count))
        sample = submitted[:: max(1, count // SAMPLE)]
        parts = stages(ways.ours, sample)
        profile = hottest(ways.ours, sample)
    memory, start, unit = measure_memory(exercise, sample), measure_start(), measure_unit(min(TIMES, count))
    _say("", render([*cpu_lines(took), *memory_lines(memory), start_line(start), unit_line(unit)]))
    _say("", "Where our CPU time goes, per submission:", *_shares(parts), *reasons(took, parts))
    whole = f"{unit.exercises} exercises, {unit.calls} calls, {1000 * unit.code:.1f} ms of the student's own code"
    why = [unit.why] if unit.ours > GOAL else []
    _say("", f"And for one right submission of the whole unit ({whole}):", *_shares(unit.stages), *why)
    _say("", f"The trusted side by function, {len(sample)} submissions (cProfile, CPU seconds):", profile)


def _shares(parts: Mapping[str, float]) -> Iterable[str]:
    whole = sum(parts.values())
    return [f"  {stage:<32} {1000 * spent:6.1f} ms  {spent / whole:4.0%}" for stage, spent in parts.items()]


def _progress(done: int, count: int) -> None:
    if sys.stderr.isatty():
        print(f"\r{done} of {count}", end="" if done < count else "\n", file=sys.stderr, flush=True)  # noqa: T201


def _say(*lines: str) -> None:
    print("\n".join(lines), flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
