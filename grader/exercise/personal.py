"""Personal probes: hidden inputs that are drawn anew for each student, so that constants cannot be handed on.

An author draws hidden inputs with ``draws(seed)``. Without a key it gives everybody the same numbers. While hidden.py
is read with a key, each seed gives other numbers, so its groups hold other inputs under the same names. The key
alone decides them: whoever has it from a report gets the same inputs again.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import replace
from pathlib import Path

import numpy as np

from grader.child.builders import Array
from grader.exercise.bank import Bank, Mistake
from grader.exercise.call import Call
from grader.exercise.course import redeclare
from grader.exercise.exercise import Exercise
from grader.exercise.probe import Group
from grader.exercise.reference import Live
from grader.exercise.reply import Reply
from grader.exercise.subject import Subject

_KEY: ContextVar[bytes] = ContextVar("key", default=b"")  # of the module that is being read in this thread


def draws(seed: int) -> np.random.Generator:
    """Return the generator with which hidden probes are drawn, where ``hidden.py`` declares them.

    Parameters
    ----------
    seed : int
        Any whole number from 0 on; each gives numbers of its own.

    Returns
    -------
    numpy.random.Generator
        ``numpy.random.default_rng(seed)``; with ``grader grade --personal``, another one for each student.
    """
    key = _KEY.get()
    if not key:
        return np.random.default_rng(seed)
    return np.random.default_rng(list(hmac.digest(key, str(seed).encode(), "sha256")))


@contextmanager
def _drawn_with(key: bytes) -> Iterator[None]:
    token = _KEY.set(key)
    try:
        yield
    finally:
        _KEY.reset(token)


def key_of_student(seed: str, *, suite: str, student: str) -> str:
    """Return a student's key, 64 hexadecimal digits: a hash of suite and name, keyed by the seed of the class."""
    told = b"".join(len(part).to_bytes(8, "big") + part for part in (suite.encode(), student.encode()))
    return hmac.new(hashlib.sha256(seed.encode()).digest(), told, "sha256").hexdigest()


def personal(exercise: Exercise, root: Path, key: str) -> Exercise:
    """Return an exercise of the course at ``root`` with the hidden probes that belong to a student's key.

    What known wrong answers say to inputs that were drawn anew is not known, so those groups name no diagnosis.
    """
    with _drawn_with(hmac.digest(bytes.fromhex(key), exercise.slug.encode(), "sha256")):
        made = redeclare(exercise, root)
    anew = {group.name for group in made.groups if _differs(group, exercise.group(group.name))}
    return replace(made, reference=_fresh(exercise, anew), bank=_without(exercise.bank, anew))


def _fresh(exercise: Exercise, anew: set[str]) -> Subject:
    """Return the reference, which remembers its answers by name, without those to other inputs of that name."""
    reference = exercise.reference
    if not isinstance(reference, Live):
        return reference
    kept = {probe.name: reference.answer(probe) for probe in exercise.probes if probe.group not in anew}
    return Live(reference.module, reference.facts, kept)


def _differs(group: Group, other: Group) -> bool:
    return len(group) != len(other) or any(
        not _equal(_told(one.call), _told(two.call)) for one, two in zip(group, other, strict=True)
    )


def _told(call: Call) -> list[object]:
    return [call.function, list(call.args), dict(call.kwargs)]


def _equal(one: object, two: object) -> bool:
    """Return whether two declared arguments are the same, nan by nan."""
    if isinstance(one, Array) and isinstance(two, Array):
        return (one.kind, one.dtype) == (two.kind, two.dtype) and _equal(np.asarray(one.values), np.asarray(two.values))
    if isinstance(one, (list, tuple)) and isinstance(two, (list, tuple)):
        return type(one) is type(two) and len(one) == len(two) and all(map(_equal, one, two))
    if isinstance(one, dict) and isinstance(two, dict):
        return list(one) == list(two) and all(_equal(one[name], two[name]) for name in one)
    if isinstance(one, np.ndarray) and isinstance(two, np.ndarray):
        return one.dtype == two.dtype and one.shape == two.shape and one.tobytes() == two.tobytes()
    return type(one) is type(two) and repr(one) == repr(two)  # nan is nan, and 0.0 is not -0.0


def _without(bank: Bank, anew: set[str]) -> Bank:
    return Bank(tuple(Mistake(one.diagnosis, one.variant, _kept(one, anew)) for one in bank.mistakes))


def _kept(mistake: Mistake, anew: set[str]) -> dict[str, Reply]:
    return {name: reply for name, reply in mistake.replies.items() if name.partition("[")[0] not in anew}
