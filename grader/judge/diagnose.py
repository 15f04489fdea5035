"""Diagnosis by behaviour: which known wrong answer says exactly what this student's code says.

A name is given only on full evidence: on all probes of the group the observations are those of one
diagnosis and of no other, and that diagnosis is wrong somewhere in the group. Anything less is silence.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from grader.exercise.bank import Mistake
from grader.exercise.compare import compare
from grader.exercise.probe import Group, Probe
from grader.exercise.reply import Reply, Status
from grader.judge.suspects import Suspect, Suspects


def diagnose(replies: Sequence[Reply], suspects: Suspects, *, refuted: Callable[[Mistake], bool]) -> str | None:
    """Return the one diagnosis whose observations on a group are these replies, or None.

    Parameters
    ----------
    replies
        What was observed of the student, probe by probe.
    suspects
        The wrong answers that differ from the reference there.
    refuted
        Whether other groups speak against a wrong answer; asked of those whose replies here say nothing of their own.
    """
    names: set[str] = set()
    for suspect in suspects.of(replies):
        if suspect.diagnosis in names or not matches(suspect, replies, suspects):
            continue
        if suspect.telling or not refuted(suspect.mistake):
            names.add(suspect.diagnosis)
            if len(names) > 1:
                return None
    return names.pop() if names else None


def same(group: Group, probe: Probe, one: Reply, other: Reply, allowed: object = None) -> bool:
    """Return whether two replies are one observation, within the tolerance of the group around the first."""
    if one.status is not other.status:
        return False
    if group.observes_arguments and bool(one.changed) != bool(other.changed):
        return False
    if one.status is Status.RAISED:
        return one.raised is not None and other.raised is not None and one.raised.kind == other.raised.kind
    if one.status is not Status.VALUE:
        return True
    around = _allowed_around(group, probe, one.value) if allowed is None else allowed
    return compare(one.value, other.value, around) is None


def matches(suspect: Suspect, replies: Sequence[Reply], suspects: Suspects) -> bool:
    """Return whether the observations on a group are those of one wrong answer."""
    group = suspects.group
    for probe, reply, wrong in zip(group, replies, suspect.replies, strict=True):
        if wrong.status is Status.VALUE and (suspect, probe) not in suspects.allowed:
            suspects.allowed[suspect, probe] = _allowed_around(group, probe, wrong.value)
        if not same(group, probe, wrong, reply, suspects.allowed.get((suspect, probe))):
            return False
    return True


def _allowed_around(group: Group, probe: Probe, want: object) -> object:
    """Return the tolerance around a value; none, where it is no number with a fraction."""
    if isinstance(want, (dict, list, tuple)):
        return lambda inner: _allowed_around(group, probe, inner)
    if not isinstance(want, (np.ndarray, float)) or np.asarray(want).dtype.kind != "f":
        return 0.0
    return _allowed(group, probe, np.asarray(want, dtype=np.float64))


def _allowed(group: Group, probe: Probe, want: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> object:
    """Return the tolerance around a wrong value, never below the rounding of a number of that size."""
    finite = np.where(np.isfinite(want), want, 0.0)
    try:
        allowed = np.asarray(group.tolerance(probe.call, finite))
        return np.maximum(np.broadcast_to(allowed, want.shape), 1e-12 * np.abs(finite))
    except (ValueError, TypeError, LookupError):  # a wrong answer of another shape than the tolerance was written for
        return 1e-12 * np.maximum(1.0, np.abs(finite))
