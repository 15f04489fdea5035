"""Recordings: what was written as JSON is read back to the last bit."""

from __future__ import annotations

import json

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from grader.exercise.bank import Mistake
from grader.exercise.recording import bank_from_json, bank_to_json, reply_from_json, reply_to_json
from grader.exercise.reply import Opaque, Raised, Reply, Status

DTYPES = ("float64", "float32", "float16", "int64", "int8", "uint64", "bool", "complex128", "complex64")
LEAVES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.complex_numbers(),
    st.text(st.characters(exclude_categories=["Cs"])),
    st.text(min_size=1, max_size=3).map(Opaque),
    arrays.arrays(st.sampled_from(DTYPES), arrays.array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=3)),
)
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.lists(inner, max_size=3).map(tuple),
        st.dictionaries(st.text(max_size=2) | st.integers() | st.tuples(st.booleans()), inner, max_size=3),
    ),
    max_leaves=6,
)
CHANGED = st.sampled_from([(), ("z",), ("0", "tau")])
REPLIES = st.one_of(
    st.builds(lambda value, changed: Reply(Status.VALUE, value, changed=changed), VALUES, CHANGED),
    st.builds(
        lambda kind, changed: Reply(Status.RAISED, raised=Raised(kind, (kind, "Exception"), "said"), changed=changed),
        st.sampled_from(["ValueError", "KeyError"]),
        CHANGED,
    ),
    st.sampled_from([Status.TIMEOUT, Status.MEMORY, Status.CRASHED, Status.MISSING, Status.TAMPERED]).map(Reply),
)


def bits(value: object) -> object:
    """Return a value so that == compares it to the last bit, with its types."""
    if isinstance(value, np.ndarray):
        return "array", str(value.dtype), value.shape, [bits(item) for item in value.ravel().tolist()]
    if isinstance(value, complex):
        return "complex", repr(value.real), repr(value.imag)
    if isinstance(value, (list, tuple)):
        return type(value).__name__, [bits(item) for item in value]
    if isinstance(value, dict):
        return "dict", [(bits(key), bits(item)) for key, item in value.items()]
    return type(value).__name__, repr(value)


def through_json(reply: Reply) -> Reply:
    """Return a reply as it is read from a file that any JSON reader can read."""
    return reply_from_json(json.loads(json.dumps(reply_to_json(reply), allow_nan=False)))


@given(REPLIES)
def test_a_reply_survives_its_recording(reply: Reply) -> None:
    """The value to the last bit, the exception by its types, the changed arguments, or how it was stopped."""
    read = through_json(reply)
    assert read.status is reply.status
    assert bits(read.value) == bits(reply.value)
    assert read.changed == reply.changed
    known = None if reply.raised is None else (reply.raised.kind, reply.raised.family)
    assert known == (None if read.raised is None else (read.raised.kind, read.raised.family))


def test_what_differs_from_run_to_run_is_not_recorded() -> None:
    """Times, prints, warnings and the text of an exception would make every release another one."""
    reply = Reply(Status.RAISED, raised=Raised("E", ("E",), "at 0x7f"), printed="x", warned=("w",), seconds=0.3)
    assert reply_to_json(reply) == {"raised": ["E", ["E"]]}


def test_a_bank_survives_its_recording() -> None:
    """Names, variants and replies are read back."""
    mistakes = [Mistake("swapped", "plain", {"a[0]": Reply(Status.VALUE, 1.5)}), Mistake("hangs", "loop", {})]
    bank = bank_from_json(json.loads(json.dumps(bank_to_json(mistakes))))
    assert [(m.diagnosis, m.variant) for m in bank.mistakes] == [("swapped", "plain"), ("hangs", "loop")]
    assert bank.mistakes[0].replies["a[0]"].value == 1.5
    assert bank.diagnoses == ("swapped", "hangs")
