"""The wire: every plain value makes the round trip, and hostile bytes are a WireError and nothing else."""

# ruff: noqa: SIM300 - the order of this house is expected == actual

from __future__ import annotations

import json
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from grader.child.builders import Array, Rng
from grader.child.frames import HEADER, TREE_BYTES, TooLarge, Tree, WireError, pack, parse, split
from grader.child.wire import DTYPES, Reader, Writer
from grader.exercise.reply import Opaque
from grader.fence import replies

DTYPE = st.sampled_from([dtype for dtype in DTYPES.values() if dtype.kind != "c"])
ARRAYS = DTYPE.flatmap(lambda dtype: hnp.arrays(dtype, hnp.array_shapes(min_dims=0, max_dims=3, max_side=4)))
SCALARS = st.none() | st.booleans() | st.integers(-(2**70), 2**70) | st.floats() | st.text(st.characters())
KEYS = st.text(max_size=3) | st.integers(-5, 5)
VALUES = st.recursive(
    SCALARS | ARRAYS,
    lambda inner: st.lists(inner, max_size=3) | st.tuples(inner, inner) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=8,
)


def carried(value: object) -> object:
    """Return a value as it arrives on the other side."""
    writer = Writer(1 << 20)
    frame = pack(writer.tree(value), writer.buffers)
    text, body = split(frame[: HEADER.size], 1 << 20)
    start = HEADER.size
    reader = Reader(frame[start + text :], opaque=Opaque)
    made = reader.value(parse(frame[start : start + text]))
    reader.end()
    assert len(frame) == start + text + body
    return made


def same(left: object, right: object) -> bool:
    """Return whether two values are equal in type, dtype, shape and every bit that counts."""
    if type(left) is not type(right):
        return False
    if isinstance(left, np.ndarray):
        equal = np.array_equal(left, right, equal_nan=left.dtype.kind == "f")
        return (left.dtype, left.shape) == (right.dtype, right.shape) and bool(equal)
    if isinstance(left, float):
        return left == right or (math.isnan(left) and math.isnan(right))
    if isinstance(left, (list, tuple)):
        return len(left) == len(right) and all(map(same, left, right))
    if isinstance(left, dict):
        return list(left) == list(right) and all(map(same, left.values(), right.values()))
    return left == right


@given(VALUES)
def test_every_plain_value_makes_the_round_trip(value: object) -> None:
    """What goes in comes out, with its type."""
    assert same(value, carried(value))


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=200))
def test_arbitrary_bytes_are_a_wire_error_or_a_tree(noise: bytes) -> None:
    """No bytes make the reading side raise anything else."""
    try:
        parse(noise)
    except WireError:
        return


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.sampled_from(["a", "l", "t", "d", "o", "<f8", "|b1", ""]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from("nvrscpwxm"), inner, max_size=4),
    max_leaves=10,
)


@settings(max_examples=500, deadline=None)
@given(JSON, st.binary(max_size=40))
def test_arbitrary_trees_are_a_wire_error_or_a_reply(tree: Tree, body: bytes) -> None:
    """No tree makes the trusted side raise anything else, whatever bytes come with it."""
    try:
        replies.reply(tree, Reader(body, opaque=Opaque), 0)
    except WireError:
        return


@settings(max_examples=300, deadline=None)
@given(JSON)
def test_arbitrary_facts_are_a_wire_error_or_facts(tree: Tree) -> None:
    """The facts may be forged, too."""
    for read in (lambda: replies.facts_of(tree, "x", b""), lambda: replies.problem_of(tree)):
        try:
            read()
        except WireError:
            continue


@pytest.mark.parametrize(
    ("tree", "body"),
    [
        (["a", "<f8", 2], b"\0" * 8),  # fewer bytes than entries
        (["a", "<f8", 1], b"\0" * 16),  # more bytes than entries
        (["a", "|b1", 1], b"\x02"),  # a truth value that is neither
        (["a", "|O", 1], b"\0" * 8),  # objects
        (["a", "<f8", -1], b""),
        (["a", "<f8", True], b"\0" * 8),
        (["a", "<f8", 0, 2**40], b""),
        (["a", "<f8", 0, *[2**31 - 1] * 20], b""),
        (["a", "<f8", *[1] * 60], b"\0" * 8),
        (["l", ["a", "<f8", 1], ["a", "<f8", 1]], b"\0" * 8),  # one buffer, used twice
        (["d", ["l"], 1], b""),  # a key that cannot be one
        (["d", 1], b""),
        (["A", 1.0, "plain", "float64"], b""),  # described arguments belong into requests
        (["R", 1], b""),
        (["s", "<f8"], b"\0" * 8),
        (["o", "x" * 100], b""),
        (["?"], b""),
        ([], b""),
        ({}, b""),
        (1 << 5000, b""),
    ],
)
def test_what_breaks_a_rule_is_a_wire_error(tree: Tree, body: bytes) -> None:
    """Each rule of the format, broken once."""
    reader = Reader(body, opaque=Opaque)
    with pytest.raises(WireError):
        reader.value(tree), reader.end()


def test_a_deep_tree_is_a_wire_error() -> None:
    """Neither the JSON reader nor ours can be driven into the stack's end."""
    with pytest.raises(WireError):
        parse(b"[" * 100_000 + b"]" * 100_000)
    deep: list[object] = ["l"]
    for _ in range(40):
        deep = ["l", deep]
    with pytest.raises(WireError):
        Reader(b"").value(deep)


def test_too_many_values_are_a_wire_error() -> None:
    """A tree of small items is counted while it is read."""
    wide = ["l", *[["l", *[0] * 1000] for _ in range(1000)]]
    with pytest.raises(WireError, match="too many"):
        Reader(b"").value(wide)


@pytest.mark.parametrize(("text", "body"), [(TREE_BYTES + 1, 0), (2, 101)])
def test_a_large_frame_is_refused_by_its_header(text: int, body: int) -> None:
    """Sizes are checked before anything is read."""
    with pytest.raises(WireError):
        split(HEADER.pack(text, body), 100)


@pytest.mark.parametrize("value", [np.zeros(1000), "x" * 1000, [np.zeros(60), np.zeros(70)]])
def test_a_large_value_is_refused_before_it_is_made(value: object) -> None:
    """The writer counts before it copies."""
    with pytest.raises(TooLarge):
        Writer(999).tree(value)


def test_a_request_carries_descriptions_and_scalars() -> None:
    """Described arguments and NumPy scalars reach the child as what they are."""
    writer = Writer(1000, request=True)
    trees = [writer.tree(v) for v in (Array([1, 2], kind="strided"), Rng(3), np.float32(0.5))]
    reader = Reader(b"".join(writer.buffers), request=True)
    described, generator, scalar = map(reader.value, json.loads(json.dumps(trees)))
    assert ([1.0, 2.0], "strided", 3) == (described.values.tolist(), described.kind, generator.seed)
    assert (np.float32, 0.5) == (type(scalar), scalar)


@pytest.mark.parametrize("value", [object(), {1, 2}, np.array([None]), 1 << 5000])
def test_a_request_refuses_what_is_no_plain_value(value: object) -> None:
    """An author's argument must not silently become something else."""
    with pytest.raises(TypeError, match="no plain value"):
        Writer(1000, request=True).tree(value)


def test_arrays_that_arrive_cannot_be_changed() -> None:
    """A reply is shared by many checks, so none may change it."""
    assert not carried(np.zeros(3)).flags.writeable
