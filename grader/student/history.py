"""History: what a student's earlier runs found, one JSON line for each run or hint, in ``.grader/history.jsonl``.

It only makes screens kinder: what is newly fixed, how often the same values came out, which hint is next. It may be
missing, broken or impossible to write, and nothing is lost. Grading never reads it.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from grader.judge.report import Report, Result
from grader.report.form import finding_to_json

FILE = "history.jsonl"
LARGEST = 4 << 20  # bytes that are read, from the end: years of runs
TIMES = frozenset({"seconds", "waited", "reference_seconds", "note"})  # parts of a finding that differ from run to run


RUN = {"exercise": str, "number": int, "source": str, "outcomes": dict, "traces": dict, "diagnoses": dict}
HINT = {"exercise": str, "check": str, "level": int, "run": int}


@dataclass(frozen=True, slots=True)
class Run:
    """One run of an exercise: of which source, and what each check said."""

    exercise: str
    number: int
    source: str
    outcomes: dict[str, str] = field(default_factory=dict)
    traces: dict[str, str] = field(default_factory=dict)  # a digest of what was found, to know it again
    diagnoses: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Hint:
    """One hint that was shown: which step of the ladder, after which run."""

    exercise: str
    check: str
    level: int
    run: int


@dataclass(frozen=True, slots=True)
class History:
    """All that is remembered, oldest first."""

    path: Path
    runs: tuple[Run, ...] = ()
    hints: tuple[Hint, ...] = ()

    def of(self, exercise: str) -> tuple[Run, ...]:
        """Return the runs of one exercise."""
        return tuple(run for run in self.runs if run.exercise == exercise)

    def hint(self, exercise: str, check: str) -> Hint | None:
        """Return the newest hint for a check."""
        return next((hint for hint in reversed(self.hints) if (hint.exercise, hint.check) == (exercise, check)), None)


def read_history(folder: Path) -> History:
    """Read what is remembered; lines that are not ours are passed over."""
    path = folder / FILE
    runs: list[Run] = []
    hints: list[Hint] = []
    for entry in _entries(path):
        told = {name: value for name, value in entry.items() if name not in ("kind", "at")}
        with suppress(TypeError):
            if entry.get("kind") == "run" and _fits(told, RUN):
                runs.append(Run(**told))
            elif entry.get("kind") == "hint" and _fits(told, HINT):
                hints.append(Hint(**told))
    return History(path, tuple(runs), tuple(hints))


def remember(history: History, entry: Run | Hint) -> None:
    """Add one line; where that cannot be done, the next screen knows a little less."""
    line = {"kind": "run" if isinstance(entry, Run) else "hint", "at": int(time.time()), **asdict(entry)}
    with suppress(OSError):
        history.path.parent.mkdir(parents=True, exist_ok=True)
        with history.path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(line, ensure_ascii=True) + "\n")


def run_of(report: Report, source: bytes, number: int) -> Run:
    """Return what is worth remembering of a report."""
    failing = [result for result in report.results if result.finding is not None]
    return Run(
        exercise=report.exercise,
        number=number,
        source=hashlib.sha256(source).hexdigest()[:16],
        outcomes={result.check: str(result.outcome) for result in report.results},
        traces={result.check: _trace(result) for result in failing},
        diagnoses={result.check: result.diagnosis for result in report.results if result.diagnosis},
    )


def same_runs(runs: tuple[Run, ...], run: Run, check: str) -> int:
    """Return how many runs in a row, this one included, found the same for a check."""
    count = 1
    for earlier in reversed(runs):
        if earlier.traces.get(check) != run.traces.get(check):
            break
        count += 1
    return count


def _fits(told: dict[str, Any], kinds: dict[str, type]) -> bool:
    """Return whether a line's parts are what they must be, since anybody may edit the file."""
    if any(type(told.get(name)) is not kind for name, kind in kinds.items()):
        return False
    mappings = [part for part in told.values() if isinstance(part, dict)]
    return all(isinstance(value, str) for part in mappings for value in part.values())


def _trace(result: Result) -> str:
    found = {} if result.finding is None else finding_to_json(result.finding)
    kept = {name: value for name, value in found.items() if name not in TIMES}
    told = json.dumps([str(result.outcome), result.diagnosis, kept], sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()[:12]


def _entries(path: Path) -> Iterator[dict[str, Any]]:
    try:
        with path.open("rb") as file:
            file.seek(max(0, path.stat().st_size - LARGEST))
            lines = file.read().splitlines()
    except OSError:
        return
    for line in lines:
        with suppress(ValueError, RecursionError):
            entry = json.loads(line)
            if isinstance(entry, dict):
                yield entry
