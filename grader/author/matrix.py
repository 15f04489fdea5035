"""The screen of `grader prove`: what was tried, the kill matrix, and every law that does not hold."""

from __future__ import annotations

from collections.abc import Iterator

from grader.author.laws import NAMES
from grader.author.laws.answers import kill_matrix
from grader.author.prove import Proof
from grader.author.trial import Trials


def render_proof(proof: Proof) -> str:
    """Return the whole screen."""
    lines: list[str] = []
    for trials in proof.trials:
        lines += _summary(trials)
        lines += ["", *_matrix(trials), ""]
    broken = {violation.law for violation in proof.violations}
    lines += [f"  law {law}  {'FAILS' if law in broken else 'holds'}  {name}" for law, name in NAMES.items()]
    lines += ["", *(str(violation) for violation in proof.violations)]
    count = len(proof.violations)
    lines.append("Proved." if not count else f"Not proved: {count} violation{'s' * (count > 1)}.")
    return "\n".join(lines)


def _summary(trials: Trials) -> Iterator[str]:
    exercise = trials.exercise
    right = [trials.solution, *trials.accepted.values()]
    whole = sum(report.points == report.max_points for report in right)
    named = sum(any(r.diagnosis == w.variant.diagnosis for r in w.report.results) for w in trials.wrong)
    diagnoses = len({wrong.variant.diagnosis for wrong in trials.wrong})
    size = f"{len(exercise.checks)} checks, {exercise.max_points:g} points, {len(exercise.probes)} probes"
    yield f"{exercise.slug}: {size}"
    yield f"  Reference and right answers   {len(right)}, of which {whole} earn every point"
    yield f"  Wrong answers                 {len(trials.wrong)} with {diagnoses} names, {named} named"
    yield f"  Second faults tried           {sum(len(wrong.combined) for wrong in trials.wrong)}"


def _matrix(trials: Trials) -> Iterator[str]:
    """Yield the kill matrix: a line for each wrong answer, a column for each check."""
    checks = trials.exercise.checks
    matrix = kill_matrix(trials)
    diagnoses = list(dict.fromkeys(wrong.variant.diagnosis for wrong in trials.wrong))
    width = max(map(len, diagnoses), default=0)
    yield "  Kill matrix: which wrong answer (line) fails which check (column)"
    for index, check in enumerate(checks, 1):
        yield f"    {index:>2}  {check.name} ({check.visibility}), failed by {len(matrix[check.name])}"
    yield "    " + " " * width + "  " + " ".join(f"{index:>2}" for index in range(1, len(checks) + 1))
    for diagnosis in diagnoses:
        marks = " ".join(" x" if diagnosis in matrix[check.name] else " ." for check in checks)
        yield f"    {diagnosis:<{width}}  {marks}"
