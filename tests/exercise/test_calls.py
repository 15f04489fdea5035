"""Calls: data that becomes fresh arguments, and Python that a student can paste."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from grader import array, call, rng
from grader.child.builders import KINDS, Array, build
from grader.exercise.python import as_python

DTYPES = ("float64", "float32", "float16", "int64", "int8", "uint8", "bool", "complex128")
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.complex_numbers(allow_nan=True, allow_infinity=True),
    st.text(),
    st.floats().map(np.float64),
    st.floats(width=32).map(np.float32),
    st.integers(-100, 100).map(np.int8),
    st.booleans().map(np.bool_),
)
NDARRAYS = arrays.arrays(st.sampled_from(DTYPES), arrays.array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=3))
PLAIN = st.recursive(
    SCALARS | NDARRAYS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.lists(inner, max_size=3).map(tuple),
        st.dictionaries(st.text(max_size=3) | st.integers(), inner, max_size=3),
    ),
    max_leaves=6,
)
DESCRIBED = st.builds(
    array,
    st.lists(st.lists(st.floats(-1024, 1024, width=16), min_size=2, max_size=2), min_size=1, max_size=3)
    | st.lists(st.floats(-1024, 1024, width=16), max_size=3),
    kind=st.sampled_from(KINDS),
    dtype=st.sampled_from(("float64", "float32", "float16")),
)


def evaluated(text: str) -> object:
    """Return the value of a text that our own code wrote."""
    return eval(text, {"np": np})  # noqa: S307 - this is what a student does with it


def alike(one: object, other: object) -> bool:
    """Return whether two arguments are the same, to the last bit."""
    if isinstance(one, (np.ndarray, np.generic)) and not isinstance(one, float):
        known = np.asarray(one)
        seen = np.asarray(other)
        bits = known.tobytes() == seen.tobytes() or np.array_equal(known, seen, equal_nan=known.dtype.kind in "fc")
        return known.dtype == seen.dtype and known.shape == seen.shape and bits
    if isinstance(one, float):
        return isinstance(other, float) and repr(float(one)) == repr(float(other))
    if isinstance(one, complex):
        return isinstance(other, complex) and alike([one.real, one.imag], [other.real, other.imag])
    if isinstance(one, dict):
        return isinstance(other, dict) and list(one) == list(other) and all(alike(one[key], other[key]) for key in one)
    if isinstance(one, (list, tuple)):
        return type(one) is type(other) and len(one) == len(other) and all(map(alike, one, other))
    return type(one) is type(other) and one == other


@given(PLAIN)
def test_a_plain_value_is_shown_as_python_that_makes_it_again(value: object) -> None:
    """Whatever plain value is shown, pasting it gives the same value, nan, inf and -0.0 included."""
    assert alike(value, evaluated(as_python(value)))


@given(DESCRIBED)
def test_a_described_array_is_shown_with_its_layout(described: Array) -> None:
    """The pasted text makes the same numbers, the same order in memory, and the same right to write."""
    built, pasted = build(described), evaluated(as_python(described))
    assert isinstance(built, np.ndarray)
    assert isinstance(pasted, np.ndarray)
    assert alike(built, pasted)
    assert built.flags.writeable == pasted.flags.writeable
    if built.size > 1:
        assert built.flags.c_contiguous == pasted.flags.c_contiguous
        assert built.flags.f_contiguous == pasted.flags.f_contiguous


@given(st.lists(PLAIN, max_size=3), st.dictionaries(st.sampled_from(["tau", "axis"]), PLAIN))
def test_a_call_is_one_line_that_can_be_pasted(args: list[object], kwargs: dict[str, object]) -> None:
    """The text of a call gives the function the same arguments, by place and by name."""
    seen: list[tuple[list[object], dict[str, object]]] = []

    def f(*given: object, **named: object) -> None:
        seen.append((list(given), named))

    made = call("f", *args, **kwargs)
    eval(made.text, {"np": np, "f": f})  # noqa: S307 - this is what a student does with it
    assert "\n" not in made.text
    assert alike(made.arguments()[0], seen[0][0])
    assert alike(made.arguments()[1], seen[0][1])


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_array_can_be_pasted_when_it_is_empty(kind: str) -> None:
    """An array without entries keeps its other axes."""
    described = array(np.zeros((0, 4)), kind=kind)
    assert evaluated(as_python(described)).shape == (0, 4)


def test_a_generator_is_shown_by_its_seed() -> None:
    """The pasted generator draws the numbers that the built one draws."""
    built, pasted = build(rng(7)), evaluated(as_python(rng(7)))
    assert isinstance(built, np.random.Generator)
    assert built.random() == pasted.random()


def test_arguments_are_fresh_each_time() -> None:
    """Code that changes its arguments changes nothing for the next call, however deep they lie."""
    made = call("f", [1.0, [2.0]], {"a": [3.0]}, np.array([4.0]), array([5.0]), option=[6.0])
    (first, second, third, fourth), named = made.arguments()
    first[1].append(0.0)
    second["a"].clear()
    third[0] = fourth[0] = 0.0
    named["option"].append(0.0)
    assert made.text == "f([1.0, [2.0]], {'a': [3.0]}, np.array([4.0]), np.array([5.0]), option=[6.0])"
    assert made.arguments()[0][0] == [1.0, [2.0]]
    assert made.arguments()[0][1] == {"a": [3.0]}
    assert made.arguments()[0][2][0] == 4.0
    assert made.arguments()[0][3][0] == 5.0
    assert made.arguments()[1] == {"option": [6.0]}


def test_long_inputs_may_be_shown_in_another_way() -> None:
    """What the author wrote stands in the brackets instead of ten thousand numbers."""
    assert call("f", list(range(10_000)), shown="list(range(10_000))").text == "f(list(range(10_000)))"


def test_an_unknown_kind_of_array_is_refused_with_the_known_ones() -> None:
    """A spelling mistake in a declaration is told with what could have been meant."""
    with pytest.raises(ValueError, match="kind is 'sparse'; it must be one of plain, strided, readonly, fortran"):
        build(array([1.0], kind="sparse"))


def test_special_numbers_are_written_with_numpy_names() -> None:
    """Nan and inf have no literal in Python, so they are named."""
    assert as_python([math.nan, math.inf, -math.inf, -0.0]) == "[np.nan, np.inf, -np.inf, -0.0]"
