"""Comparison: what is wrong, in the order a person would ask, and nothing wrong is ever near enough."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from grader.exercise.compare import compare
from grader.exercise.reply import Opaque

DTYPES = ("float64", "float32", "int64", "int8", "uint8", "bool", "complex128")
LEAVES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.complex_numbers(),
    st.text(max_size=3),
    st.text(min_size=1, max_size=3).map(Opaque),
    arrays.arrays(st.sampled_from(DTYPES), arrays.array_shapes(min_dims=0, max_dims=2, min_side=0, max_side=3)),
)
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.lists(inner, max_size=3).map(tuple),
        st.dictionaries(st.text(max_size=2), inner, max_size=3),
    ),
    max_leaves=5,
)
FINITE = st.floats(-1e300, 1e300)


def kind(want: object, got: object, allowed: object = 0.0) -> str | None:
    """Return the kind of what is wrong."""
    mismatch = compare(want, got, allowed)
    return None if mismatch is None else mismatch.kind


@given(VALUES)
def test_every_value_agrees_with_itself(value: object) -> None:
    """nan, inf, complex numbers and nested containers included."""
    assert compare(value, value) is None


@given(VALUES, VALUES)
def test_comparing_any_two_values_gives_an_answer_and_no_exception(want: object, got: object) -> None:
    """A hostile value can be wrong, but it cannot break the comparison."""
    with np.errstate(all="ignore"):
        compare(want, got, 1e-9)


@given(st.lists(FINITE, min_size=1, max_size=5), st.data(), st.floats(0.0, 1e3))
def test_a_change_above_the_tolerance_is_always_found(
    entries: list[float], data: st.DataObject, allowed: float
) -> None:
    """The wrong entry is marked, and only that."""
    place = data.draw(st.integers(0, len(entries) - 1))
    changed = data.draw(st.floats(allow_nan=True))
    assume(not abs(changed - entries[place]) <= allowed)
    want, got = np.array(entries), np.array(entries)
    got[place] = changed
    with np.errstate(all="ignore"):
        mismatch = compare(want, got, allowed)
    assert mismatch is not None
    assert mismatch.kind == "values"
    assert mismatch.right is not None
    assert np.flatnonzero(~mismatch.right).tolist() == [place]


@given(st.lists(FINITE, min_size=1, max_size=5), st.floats(0.0, 1e3))
def test_a_change_within_the_tolerance_is_never_found(entries: list[float], allowed: float) -> None:
    """The edge itself is allowed."""
    want = np.array(entries)
    got = want + allowed
    assume((np.abs(got - want) <= allowed).all())
    assert compare(want, got, allowed) is None


@given(st.sampled_from(("int8", "int64", "uint8", "uint64")), st.data())
def test_integers_never_wrap_around(dtype: str, data: st.DataObject) -> None:
    """The difference of the smallest and the largest integer is large, not -1."""
    limits = np.iinfo(dtype)
    one, other = (data.draw(st.integers(int(limits.min), int(limits.max))) for _ in range(2))
    expected = None if abs(one - other) <= 5 else "values"
    assert kind(np.array([one], dtype), np.array([other], dtype), 5) == expected


@given(st.integers(), st.integers())
def test_whole_numbers_are_compared_exactly_at_any_size(want: int, got: int) -> None:
    """2**53 and 2**53 + 1 are one float, but two integers."""
    assert kind(want, got) == (None if want == got else "values")


@pytest.mark.parametrize(
    ("want", "got", "expected"),
    [
        (np.zeros(2), [0.0, 0.0], "type"),
        (np.zeros(2), 0.0, "type"),
        (np.zeros(2), None, "type"),
        (np.zeros(2), np.zeros(3), "shape"),
        (np.zeros(2), np.zeros((1, 2)), "shape"),
        (np.zeros(2), np.asarray(0.0), "shape"),
        (np.zeros(2), np.zeros(2, dtype=np.float32), "dtype"),
        (np.zeros(2), np.ones(2), "values"),
        (np.zeros((0, 3)), np.zeros((0, 3)), None),
        (np.zeros((0, 3)), np.zeros((3, 0)), "shape"),
        (np.array([True]), np.array([False]), "values"),
        (np.array([math.nan, math.inf]), np.array([math.nan, math.inf]), None),
        (np.array([math.inf]), np.array([-math.inf]), "values"),
        (np.array([math.inf]), np.array([0.0]), "values"),
        (np.array([math.nan]), np.array([0.0]), "values"),
        (np.array([0.0]), np.array([math.nan]), "values"),
        (1.0, 1, None),
        (1, 1.0, None),
        (1.0, np.asarray(1.0), None),
        (np.asarray(1.0), 1.0, None),
        (np.float64(1.0), np.asarray(1.0), None),
        (np.asarray(1.0), np.asarray(1.0, dtype=np.float32), "dtype"),
        (1.0, True, "type"),
        (1.0, "1.0", "type"),
        (1.0, Opaque("Loud"), "type"),
        (1.0, 1j, "type"),
        (1j, 1j, None),
        (1j, 2j, "values"),
        (0.0, -0.0, None),
        (math.nan, math.nan, None),
        (math.inf, math.inf, None),
        pytest.param(math.inf, 10**400, "values", id="inf and a longer integer than any float"),
        pytest.param(1.0, -(10**400), "values", id="1 and a longer integer than any float"),
        (True, True, None),
        (True, 1, "type"),
        (True, np.array([True])[0], None),
        (None, None, None),
        (None, 0, "type"),
        ("a", "b", "word"),
        ("a", "a", None),
        ("a", 1, "type"),
        ([1.0], (1.0,), "type"),
        ([1.0], [1.0, 2.0], "shape"),
        ([1.0], [2.0], "values"),
        ({"a": 1.0}, {"a": 1.0}, None),
        ({"a": 1.0}, {"b": 1.0}, "keys"),
        ({"a": 1.0}, {"a": 1.0, "b": 2.0}, "keys"),
        ({"a": 1.0}, [1.0], "type"),
        ({"a": 1.0}, {"a": 2.0}, "values"),
        (Opaque("A"), Opaque("A"), None),
        (Opaque("A"), Opaque("B"), "type"),
    ],
)
def test_what_is_wrong_is_named(want: object, got: object, expected: str | None) -> None:
    """First the type, then the shape, then the dtype, then the numbers."""
    with np.errstate(all="ignore"):
        assert kind(want, got) == expected


def test_of_keys_those_are_told_that_are_missing_and_those_that_nobody_asked_for() -> None:
    """Not all of them: the difference is what has to be found."""
    mismatch = compare({"a": 1.0, "b": 1.0, "d": 1.0}, {"a": 2.0, "c": 1.0, 3: 1.0})
    assert mismatch is not None
    assert (mismatch.kind, mismatch.expected, mismatch.got) == ("keys", "'b', 'd'", "'c', 3")


def test_beside_an_infinite_value_no_other_value_is_near() -> None:
    """A tolerance relative to inf is inf, and must not allow everything."""
    want = np.array([math.inf, -math.inf, 1.0])
    got = np.array([0.0, -math.inf, 1.0])
    allowed = 1e-12 * np.maximum(1.0, np.abs(want))
    mismatch = compare(want, got, allowed)
    assert mismatch is not None
    assert mismatch.right is not None
    assert mismatch.right.tolist() == [False, True, True]


def test_the_tolerance_is_meant_entry_by_entry() -> None:
    """A large error may be allowed in one entry and a small one not in another."""
    mismatch = compare(np.array([1.0, 1.0]), np.array([1.5, 1.5]), np.array([1.0, 0.1]))
    assert mismatch is not None
    assert mismatch.right is not None
    assert mismatch.right.tolist() == [True, False]


@pytest.mark.parametrize(
    ("want", "got", "expected", "seen"),
    [
        (np.zeros((2, 3)), np.zeros(3), "2 x 3", "3"),
        (np.zeros(2), np.asarray(0.0), "2", "()"),
        (np.zeros(2), np.zeros(2, np.float32), "float64", "float32"),
        (np.zeros(2), [0.0], "float64 array of shape (2,)", "list [0.0]"),
        (np.zeros(2), list(range(100)), "float64 array of shape (2,)", "list"),
        (np.zeros(2), Opaque("DataFrame"), "float64 array of shape (2,)", "DataFrame"),
        (1.0, (0.5, Opaque("RootResults")), "float 1.0", "tuple (0.5, RootResults)"),
        (np.zeros(2), {"a": 1}, "float64 array of shape (2,)", "dict with keys ['a']"),
        (1.0, None, "float 1.0", "NoneType None"),
        ({"a": 1, "b": 2}, {"a": 1}, "'b'", ""),
    ],
)
def test_what_is_wrong_is_described_shortly(want: object, got: object, expected: str, seen: str) -> None:
    """Arrays by dtype and shape, long values and unknown objects by the name of their type."""
    mismatch = compare(want, got)
    assert mismatch is not None
    assert (expected, seen) == (mismatch.expected, mismatch.got)


@pytest.mark.parametrize(
    ("want", "got", "expected"),
    [
        ({"a": [1.0, 2.0]}, {"a": [1.0, 3.0]}, "['a'][1]"),
        ([(1.0,), (2.0,)], [(1.0,), (0.0,)], "[1][0]"),
        (1.0, 2.0, ""),
    ],
)
def test_the_place_in_a_container_is_told(want: Any, got: Any, expected: str) -> None:  # noqa: ANN401 - any value
    """The first wrong entry is found by its way through dicts, lists and tuples."""
    mismatch = compare(want, got)
    assert mismatch is not None
    assert mismatch.key == expected
