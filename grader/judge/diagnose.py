"""Diagnosis by behaviour: which known wrong answer says exactly what this student's code says.

A name is given only on full evidence: on all probes of the group the observations are those of one
diagnosis and of no other, and that diagnosis is wrong somewhere in the group. Anything less is silence.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from grader.exercise.bank import Bank, Mistake
from grader.exercise.compare import compare
from grader.exercise.probe import Group, Probe
from grader.exercise.reply import Reply, Status


def diagnose(group: Group, replies: Sequence[Reply], known: Sequence[Reply], bank: Bank) -> str | None:
    """Return the one diagnosis whose observations on ``group`` are these replies, or None.

    Parameters
    ----------
    replies, known
        What the student and what the reference said, probe by probe.
    """
    names: set[str] = set()
    for mistake in bank.mistakes:
        if mistake.diagnosis not in names and _matches(mistake, group, replies, known):
            names.add(mistake.diagnosis)
            if len(names) > 1:
                return None
    return names.pop() if names else None


def same(group: Group, probe: Probe, one: Reply, other: Reply) -> bool:
    """Return whether two replies are one observation, within the tolerance of the group."""
    if one.status is not other.status:
        return False
    if group.observes_arguments and bool(one.changed) != bool(other.changed):
        return False
    if one.status is Status.RAISED:
        return one.raised is not None and other.raised is not None and one.raised.kind == other.raised.kind
    return one.status is not Status.VALUE or _same_values(group, probe, one.value, other.value)


def _matches(mistake: Mistake, group: Group, replies: Sequence[Reply], known: Sequence[Reply]) -> bool:
    differing = [mistake.replies.get(probe.name) for probe in group]
    if not any(differing):
        return False
    pairs = zip(group, replies, known, differing, strict=True)
    return all(same(group, probe, wrong or right, reply) for probe, reply, right, wrong in pairs)


def _same_values(group: Group, probe: Probe, want: object, got: object) -> bool:
    allowed: object = 0.0
    if isinstance(want, (np.ndarray, float)) and np.asarray(want).dtype.kind == "f":
        allowed = _allowed(group, probe, np.asarray(want, dtype=np.float64))
    return compare(want, got, allowed) is None


def _allowed(group: Group, probe: Probe, want: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> object:
    """Return the tolerance around a wrong value, never below the rounding of a number of that size."""
    finite = np.where(np.isfinite(want), want, 0.0)
    try:
        allowed = np.asarray(group.tolerance(probe.call, finite))
        return np.maximum(np.broadcast_to(allowed, want.shape), 1e-12 * np.abs(finite))
    except ValueError:  # a wrong answer of another shape than the tolerance was written for
        return 1e-12 * np.maximum(1.0, np.abs(finite))
