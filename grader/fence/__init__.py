"""The trusted side of the boundary: students' code runs in a confined child, and only plain values come back."""

from __future__ import annotations

from grader.exercise.exercise import Limits
from grader.fence.batch import Batch
from grader.fence.policy import Confinement, FenceError, Layer, Policy
from grader.fence.sandbox import Sandbox
from grader.fence.sheet import Sheet, sheet_of
from grader.fence.submission import SandboxedSubject, Submission
from grader.fence.written import Notebook

__all__ = [
    "Batch",
    "Confinement",
    "FenceError",
    "Layer",
    "Limits",
    "Notebook",
    "Policy",
    "Sandbox",
    "SandboxedSubject",
    "Sheet",
    "Submission",
    "sheet_of",
]
