"""Foresee: the calls that checks will make with inputs of their own, learned once per run from the reference.

Such a call costs a round trip to the child, and most have the same inputs for every submission. So the reference is
checked first, and what its checks computed is asked together with the declared probes. A check that computes other
inputs for another subject still gets its answer, by a round trip. A call that is made twice is asked twice: code that
remembers its last call must not be hidden by one answer for both.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import count

import numpy as np

from grader.exercise.asked import Asked
from grader.exercise.call import Call
from grader.exercise.exercise import Exercise
from grader.exercise.probe import Probe
from grader.exercise.reply import Facts, Reply
from grader.exercise.subject import Subject

GROUP = "(computed)"  # no name that an author can give: a group's name is that of a probe's texts


@dataclass(frozen=True, slots=True, eq=False)
class Foreseen:
    """Calls that checks will make, as probes: to be asked in the same batch as the declared ones."""

    calls: Mapping[Hashable, tuple[Probe, ...]] = field(default_factory=dict)

    @property
    def probes(self) -> tuple[Probe, ...]:
        """All of them, in the order in which they were first made."""
        return tuple(probe for equal in self.calls.values() for probe in equal)

    def of(self, subject: Subject) -> Subject:
        """Return a subject that answers these calls without a round trip."""
        return _Answered(subject, self.calls) if self.calls else subject


def foresee(exercise: Exercise) -> Foreseen:
    """Check the reference, and return the calls with computed inputs."""
    heard: dict[Hashable, list[Call]] = {}
    for check in exercise.checks:
        subject = Asked(_Heard(exercise.reference, heard), exercise.calls, hidden=check.hidden)
        reference = Asked(exercise.reference, exercise.calls, exercise.expected)
        try:
            with np.errstate(all="ignore"):
                check.run(*([subject, reference] if check.wants_reference else [subject]))
        except Exception:  # noqa: BLE001, S112 - a check that breaks will say so when it is judged
            continue
    number = count()
    return Foreseen({key: tuple(Probe(GROUP, next(number), call) for call in calls) for key, calls in heard.items()})


@dataclass(frozen=True, slots=True, eq=False)
class _Heard:
    """A subject whose computed calls are written down."""

    subject: Subject
    heard: dict[Hashable, list[Call]]

    @property
    def facts(self) -> Facts:
        return self.subject.facts

    def answer(self, probe: Probe) -> Reply:
        return self.subject.answer(probe)

    def call(self, call: Call) -> Reply:
        key = _content(call)
        if key is not None:  # with arguments of its own: the check may go on to change what it gave
            positional, named = call.arguments()
            self.heard.setdefault(key, []).append(replace(call, args=tuple(positional), kwargs=named))
        return self.subject.call(call)


@dataclass(frozen=True, slots=True, eq=False)
class _Answered:
    """A subject that has answered the foreseen calls already."""

    subject: Subject
    calls: Mapping[Hashable, tuple[Probe, ...]]
    _made: Counter[Hashable] = field(default_factory=Counter)

    @property
    def facts(self) -> Facts:
        return self.subject.facts

    def answer(self, probe: Probe) -> Reply:
        return self.subject.answer(probe)

    def call(self, call: Call) -> Reply:
        key = _content(call)
        equal = self.calls.get(key, ())
        made = self._made[key]
        self._made[key] += 1
        return self.subject.answer(equal[made]) if made < len(equal) else self.subject.call(call)


def _content(call: Call) -> Hashable:
    """Return what two calls with equal inputs have in common, or None where that cannot be said.

    Equal calls of a public and of a hidden check are two: they are not asked at the same time.
    """
    try:
        named = tuple((name, _of(value)) for name, value in call.kwargs.items())
        return call.function, call.hidden, _inside(call.args), named
    except TypeError:
        return None


def _of(value: object) -> Hashable:
    kind = type(value)
    if kind is np.ndarray or isinstance(value, np.generic):
        array = np.asarray(value)
        return kind, array.dtype.str, array.shape, array.tobytes()
    if kind is list or kind is tuple:
        return kind, _inside(value)  # type: ignore[arg-type]
    if value is None or kind in (bool, int, float, str):
        return kind, repr(value)  # which tells 0.0 from -0.0, and says that nan is nan
    raise TypeError(kind)


def _inside(values: Iterable[object]) -> Hashable:
    return tuple(map(_of, values))
