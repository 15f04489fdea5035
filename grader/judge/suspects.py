"""Suspects: which known wrong answers could have said what a student's code says on a group of probes.

Comparing with a hundred wrong answers one by one costs more than running the student's code. So all that they say on
a group is put end to end, once per run, and one look at all of them leaves the few that are worth comparing.

The look is rough, but it drops none that matches as long as a tolerance never shrinks where expected values grow,
and beyond 1 grows no faster than they do.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from grader.exercise.bank import Bank, Mistake
from grader.exercise.probe import Group, Probe
from grader.exercise.reply import Reply, Status

Numbers = NDArray[np.float64]
Form = tuple[object, object, bool]  # of an array: dtype, shape; whether the arguments were changed
Forms = tuple[Form, ...]
Told = tuple[tuple[object, object], Numbers | None]
SPARE = 2.0  # the rough look allows twice the error
ROUNDING = 1e-12
NEAR = 1e-9  # a relative difference that is no more than rounding
NOTHING: Numbers = np.zeros(0)


@dataclass(frozen=True, slots=True, eq=False)
class Suspect:
    """One wrong answer, and what is observed of it on each probe of a group.

    It is ``telling`` if something of it that differs from the reference is more than nan or an exception.
    """

    mistake: Mistake
    replies: tuple[Reply, ...]
    telling: bool

    @property
    def diagnosis(self) -> str:
        """The name of its misconception."""
        return self.mistake.diagnosis


@dataclass(frozen=True, slots=True, eq=False)
class Alike:
    """Wrong answers whose replies have the same forms, with a row of numbers for each."""

    suspects: tuple[Suspect, ...]
    numbers: Numbers  # (mistakes, entries)
    allowed: Numbers  # (entries,), of numbers up to 1

    def near(self, numbers: Numbers) -> list[Suspect]:
        """Return those whose numbers are roughly these."""
        size = np.maximum(np.maximum(np.abs(self.numbers), np.abs(numbers)), 1.0)
        near = np.abs(self.numbers - numbers) <= self.allowed * size
        near |= (self.numbers == numbers) | (np.isnan(self.numbers) & np.isnan(numbers))
        return [self.suspects[row] for row in np.flatnonzero(near.all(axis=1))]


@dataclass(frozen=True, slots=True, eq=False)
class Suspects:
    """All wrong answers that differ from the reference on one group; ``known`` is what is observed of the reference.

    ``allowed`` holds tolerances around what they say, by mistake and probe, filled as they are first needed.
    """

    group: Group
    known: Sequence[Reply]
    alike: dict[Forms, Alike]
    allowed: dict[tuple[Suspect, Probe], object] = field(default_factory=dict)

    def which(self, mistake: Mistake) -> Suspect | None:
        """Return what is known of one wrong answer here; None where it is right."""
        members = (suspect for alike in self.alike.values() for suspect in alike.suspects)
        return next((suspect for suspect in members if suspect.mistake is mistake), None)

    def of(self, replies: Sequence[Reply]) -> list[Suspect]:
        """Return the wrong answers that are worth comparing with these replies, in the order of the bank."""
        forms, numbers = _said(self.group, replies)
        alike = self.alike.get(forms)
        if alike is None:
            return []
        with np.errstate(all="ignore"):
            return alike.near(numbers)


def suspects(group: Group, known: Sequence[Reply], bank: Bank) -> Suspects:
    """Put the wrong answers of a group end to end; ``known`` is what is observed of the reference."""
    found: dict[Forms, list[tuple[Suspect, Numbers]]] = {}
    for mistake in bank.mistakes:
        if any(probe.name in mistake.replies for probe in group):
            replies = tuple(_observations(mistake, group, known))
            suspect = Suspect(mistake, replies, telling=any(map(_tells, known, replies)))
            forms, numbers = _said(group, suspect.replies)
            found.setdefault(forms, []).append((suspect, numbers))
    return Suspects(group, known, {forms: _alike(group, forms, members) for forms, members in found.items()})


def _observations(mistake: Mistake, group: Group, known: Sequence[Reply]) -> Iterator[Reply]:
    for probe, right in zip(group, known, strict=True):
        wrong = mistake.replies.get(probe.name)
        yield right if wrong is None else wrong


def _tells(right: Reply, wrong: Reply) -> bool:
    """Return whether what is wrong with a reply is more than an exception, or nan in some places."""
    if wrong is right or wrong.status is not Status.VALUE:
        return False
    if type(wrong.value) is not type(right.value) or not isinstance(wrong.value, (float, np.ndarray)):
        return True
    known, seen = np.asarray(right.value), np.asarray(wrong.value)
    if known.dtype != seen.dtype or seen.dtype.kind != "f" or known.shape != seen.shape:
        return True
    with np.errstate(all="ignore"):
        near = np.abs(seen - known) <= NEAR * np.abs(known)
    return not (np.isnan(seen) | (seen == known) | near).all()


def _said(group: Group, replies: Iterable[Reply]) -> tuple[Forms, Numbers]:
    """Return the form of each reply, which must be the same, and all numbers end to end."""
    forms: list[Form] = []
    arrays: list[Numbers] = [NOTHING]
    for reply in replies:
        changed = group.observes_arguments and bool(reply.changed)
        form, array = _form(reply)
        forms.append((*form, changed))
        if array is not None:
            arrays.append(array)
    return tuple(forms), np.concatenate(arrays, axis=None)


def _form(reply: Reply) -> Told:
    """Return the form of one reply and its array; numbers that stand alone are left to the comparison."""
    if reply.status is not Status.VALUE:
        return (reply.status, reply.raised.kind if reply.raised else None), None
    value = reply.value
    if isinstance(value, np.ndarray) and value.shape:
        return (value.dtype.str, value.shape), value if value.dtype.kind in "fiu" else None
    if isinstance(value, np.ndarray):
        value = value.item()
    alone = isinstance(value, (int, float, complex)) and not isinstance(value, bool)
    return (None, "number" if alone else type(value)), None


def _alike(group: Group, forms: Forms, members: Sequence[tuple[Suspect, Numbers]]) -> Alike:
    allowed = [_allowed(group, probe, form) for probe, form in zip(group, forms, strict=True)]
    found, numbers = zip(*members, strict=True)
    return Alike(found, np.stack(numbers), np.concatenate(allowed, axis=None))


def _allowed(group: Group, probe: Probe, form: Form) -> Numbers:
    """Return the error allowed of numbers up to 1; any, if the tolerance was written for another shape."""
    dtype, shape, _changed = form
    if not isinstance(dtype, str) or not isinstance(shape, tuple) or np.dtype(dtype).kind not in "fiu":
        return NOTHING
    try:
        allowed = np.asarray(group.tolerance(probe.call, np.ones(shape)), dtype=np.float64)
        return np.broadcast_to(SPARE * np.maximum(allowed, ROUNDING), shape)
    except (ValueError, TypeError, LookupError):
        return np.full(shape, np.inf)
