"""Subjects without a child: trusted code answers as a child would, and a recording answers what it holds."""

from __future__ import annotations

import warnings
from types import ModuleType

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader import AuthorError, array, call, probes
from grader.exercise.plain import plain
from grader.exercise.reference import Live, Recorded
from grader.exercise.reply import Opaque, Reply, Status


def live(function: object) -> Live:
    """Return a subject whose only function is this one."""
    module = ModuleType("answers")
    vars(module)["f"] = function
    return Live(module)


def test_a_value_is_answered_as_a_child_would_send_it() -> None:
    """NumPy's scalars become arrays without axes, so that one code has one verdict by every door."""
    reply = live(np.float64).call(call("f", 1.5))
    assert reply.status is Status.VALUE
    assert isinstance(reply.value, np.ndarray)
    assert (reply.value.shape, reply.value.item()) == ((), 1.5)


def test_an_array_is_a_copy_that_nobody_can_change() -> None:
    """A check that writes into an answer fails the same way here and through the fence."""
    kept = np.array([1.0])
    value = live(lambda: kept).call(call("f")).value
    kept[0] = 2.0
    assert isinstance(value, np.ndarray)
    assert value.tolist() == [1.0]
    assert not value.flags.writeable


class Loud:
    """An object that is no plain value."""


@pytest.mark.parametrize(
    ("value", "name"),
    [
        (Loud(), "Loud"),
        ({1}, "set"),
        (ValueError("no"), "ValueError"),
        ((i for i in "a"), "generator"),
        (np.array(["a"]), "array of str32"),
        (np.ma.array([1.0]), "MaskedArray"),
        (b"a", "bytes"),
    ],
)
def test_of_any_other_object_only_the_name_of_its_type_is_kept(value: object, name: str) -> None:
    """The same name that a child tells, in containers too."""
    assert plain(value) == Opaque(name)
    assert plain([(value,), {"a": value}]) == [(Opaque(name),), {"a": Opaque(name)}]


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), st.lists, max_leaves=4))
def test_plain_values_stay_what_they_are(value: object) -> None:
    """Numbers, texts and containers of them need no change."""
    assert plain(value) == value


def test_an_exception_is_an_answer() -> None:
    """Its type, its bases and its text."""
    reply = live(int).call(call("f", "x"))
    assert reply.status is Status.RAISED
    assert reply.raised is not None
    assert reply.raised.kind == "ValueError"
    assert reply.raised.family == ("ValueError", "Exception", "BaseException", "object")
    assert "invalid literal" in reply.raised.message


def test_a_function_that_is_not_there_is_missing() -> None:
    """A module without the name answers as a child does."""
    assert live(abs).call(call("g")).status is Status.MISSING


@pytest.mark.parametrize(
    ("function", "expected"),
    [
        (lambda z, tau: (z, tau), ()),
        (lambda z, **_: z.fill(0.0), ("0",)),
        (lambda _, tau: tau.append(1.0), ("tau",)),
        (lambda z, tau: (z.sort(), tau.clear()), ("0", "tau")),
        (lambda z, **_: z.setflags(write=False), ("0",)),
    ],
)
def test_changed_arguments_are_named(function: object, expected: tuple[str, ...]) -> None:
    """By place or by name, as a child names them."""
    assert live(function).call(call("f", array([2.0, 1.0]), tau=[1.0])).changed == expected


def test_an_argument_that_was_changed_before_an_exception_is_changed() -> None:
    """Raising does not hide it."""

    def clears(z: list[float]) -> None:
        z.clear()
        raise ValueError

    reply = live(clears).call(call("f", [1.0]))
    assert (reply.status, reply.changed) == (Status.RAISED, ("0",))


def test_a_probe_is_worked_out_once() -> None:
    """The reference is asked by every check and must not be slow."""
    asked: list[int] = []
    (probe,) = probes("g", [call("f")])
    subject = live(lambda: asked.append(1))
    first, second = subject.answer(probe), subject.answer(probe)
    assert first is second
    assert asked == [1]


def test_warnings_of_the_reference_reach_nobody() -> None:
    """An overflow that is meant is not shown."""

    def warns() -> None:
        warnings.warn("overflow", RuntimeWarning, stacklevel=1)

    assert live(warns).call(call("f")).status is Status.VALUE


def test_a_recording_answers_declared_probes_only() -> None:
    """Anything else is an author's error that says what to do."""
    known, unknown = probes("g", [call("f", 1.0), call("f", 2.0)])
    reply = Reply(Status.VALUE, 1.0)
    recorded = Recorded({"g[0]": reply})
    assert recorded.answer(known) is reply
    with pytest.raises(AuthorError, match=r"no answer is recorded for probe g\[1\]; run grader release"):
        recorded.answer(unknown)
    with pytest.raises(AuthorError, match=r"f\(3\.0\) is no declared probe, .* declare it in probes"):
        recorded.call(call("f", 3.0))
