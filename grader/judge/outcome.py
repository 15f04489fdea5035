"""Outcome: how a check ended. One vocabulary for every screen, file and language."""

from __future__ import annotations

from enum import StrEnum

from grader.exercise.reply import Status


class Outcome(StrEnum):
    """How a check ended; ``error`` is our fault and never a mark."""

    PASSED = "passed"
    PARTIAL = "partial"
    FAILED = "failed"
    TODO = "todo"
    SKIPPED = "skipped"
    CRASHED = "crashed"
    TIMEOUT = "timeout"
    MEMORY = "memory"
    MISSING = "missing"
    TAMPERED = "tampered"
    ERROR = "error"


OF_STATUS = {
    Status.RAISED: Outcome.CRASHED,
    Status.CRASHED: Outcome.CRASHED,
    Status.TIMEOUT: Outcome.TIMEOUT,
    Status.MEMORY: Outcome.MEMORY,
    Status.MISSING: Outcome.MISSING,
    Status.TAMPERED: Outcome.TAMPERED,
}
