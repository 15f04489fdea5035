"""What comes back from a real child for what a student's function returns, raises, prints and changes."""

# ruff: noqa: SIM300 - the order of this house is expected == actual

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from grader.exercise.call import array, call, rng
from grader.exercise.probe import probes
from grader.exercise.reply import Opaque, Reply, Status
from grader.fence import Batch, Sandbox

Asking = Any  # what the fixture returns: a subject together with its probes
Ask = Callable[..., Asking]


def only(subject: Asking) -> Reply:
    """Return the reply to the first probe."""
    return subject.answer(subject.probes[0])


@pytest.mark.parametrize(
    ("expected", "source"),
    [
        (None, "None"),
        (True, "True"),
        (-7, "-7"),
        (2**200, "2**200"),
        (0.1, "0.1"),
        (math.inf, "float('inf')"),
        ("ñ\ud800", "'ñ\\ud800'"),
        ([1, [2.5, "a"]], "[1, [2.5, 'a']]"),
        ((1, ()), "(1, ())"),
        ({"a": [1], (1, "b"): None, 2: 3.0}, "{'a': [1], (1, 'b'): None, 2: 3.0}"),
    ],
)
def test_plain_values_come_back_with_their_types(ask: Ask, expected: object, source: str) -> None:
    """A plain value comes back equal and of the same type."""
    value = only(ask(f"def f():\n    return {source}\n")).value
    assert (type(expected), expected) == (type(value), value)


@pytest.mark.parametrize("dtype", ["bool", "int8", "uint64", "float16", "float32", "float64", "complex128"])
def test_arrays_come_back_with_dtype_and_shape(ask: Ask, dtype: str) -> None:
    """An array comes back with its dtype, shape and entries."""
    value = only(ask(f"import numpy as np\ndef f():\n    return np.arange(6).reshape(2, 3).astype('{dtype}')\n")).value
    expected = np.arange(6).reshape(2, 3).astype(dtype)
    assert (expected.dtype, expected.shape, expected.tolist()) == (value.dtype, value.shape, value.tolist())


def test_numpy_scalars_come_back_as_arrays_without_dimensions(ask: Ask) -> None:
    """A NumPy scalar is a 0-d array here, so that its dtype is kept."""
    value = only(ask("import numpy as np\ndef f():\n    return np.float32(0.5)\n")).value
    assert (np.ndarray, (), np.dtype("float32"), 0.5) == (type(value), value.shape, value.dtype, value[()])


def test_nan_comes_back(ask: Ask) -> None:
    """A nan is a nan, alone and in arrays."""
    value = only(ask("import numpy as np\ndef f():\n    return [float('nan'), np.array([np.nan, 1.0])]\n")).value
    assert [True, True, False] == [math.isnan(value[0]), *np.isnan(value[1]).tolist()]


def test_an_empty_array_keeps_its_shape(ask: Ask) -> None:
    """Zero entries may still have other lengths."""
    assert (0, 5) == only(ask("import numpy as np\ndef f():\n    return np.zeros((0, 5))\n")).value.shape


@pytest.mark.parametrize(
    ("expected", "source"),
    [
        ("Mine", "type('Mine', (float,), {'__eq__': lambda a, b: True})(1)"),
        ("Sub", "np.zeros(3).view(type('Sub', (np.ndarray,), {}))"),
        ("array of object", "np.array([1, None])"),
        ("array of longdouble", "np.zeros(3, np.longdouble)"),
        ("generator", "(x for x in [1])"),
        ("set", "{1}"),
        ("list", "(lambda a: (a.append(a), a)[1])([])"),
        ("dict", "{frozenset(): 1}"),
        ("int", "1 << 100000"),
    ],
)
def test_what_is_no_plain_value_is_only_named(ask: Ask, expected: object, source: str) -> None:
    """Of any other object nothing but the name of its type crosses."""
    value = only(ask(f"import numpy as np\ndef f():\n    return {source}\n")).value
    assert Opaque(expected.replace("longdouble", np.dtype(np.longdouble).name)) == value


@pytest.mark.parametrize(
    "source", ["np.broadcast_to(1.0, (10**6, 10**6))", "np.zeros(10**6)", "'a' * 10**7", "[0] * 10**6"]
)
def test_a_value_that_is_too_large_is_not_sent(ask: Ask, source: str) -> None:
    """A huge value is named, and the note says how large it is."""
    reply = only(ask(f"import numpy as np\ndef f():\n    return {source}\n"))
    assert (Status.VALUE, Opaque, True) == (reply.status, type(reply.value), bool(reply.note))


def test_a_value_hidden_in_a_container_is_named_there(ask: Ask) -> None:
    """An unknown object within a list does not spoil the list."""
    assert [1, Opaque("object")] == only(ask("def f():\n    return [1, object()]\n")).value


def test_an_exception_is_told_with_its_bases_place_and_values(ask: Ask) -> None:
    """The student's own line, function and local values come with an exception."""
    source = "class Bad(ValueError):\n    pass\ndef f(z, tau):\n    shifted = z - 1\n    raise Bad('no')\n"
    raised = only(ask(source, call("f", array([1.0, 2.0]), tau=0))).raised
    place = raised.trace[-1]
    assert ("Bad", ("Bad", "ValueError"), "no") == (raised.kind, raised.family[:2], raised.message)
    assert ("work.py", 5, "f", "array([0.0, 1.0])", "0") == (
        place.file,
        place.line,
        place.function,
        place.local_values["shifted"],
        place.local_values["tau"],
    )


def test_an_exception_does_not_say_where_the_grader_lies(ask: Ask) -> None:
    """A frame's text holds the whole path of its file; a page shows the part that is the same everywhere."""
    raised = only(ask("import sys\ndef f():\n    raise ValueError(str(sys._getframe(1)))\n")).raised
    assert "file 'grader/child/calling.py'" in raised.message


def test_the_values_at_a_line_are_told_a_few_times_in_each_group(sandbox: Sandbox) -> None:
    """A check shows its own group's first failure, so each has its values; more of them nobody reads."""
    groups = [probes(name, [call("f", start + n) for n in range(5)]) for start, name in ((0, "one"), (10, "two"))]
    batch = Batch([probe for group in groups for probe in group])
    with sandbox.submission({"work": b"def f(z):\n    return z / 0\n"}) as child:
        subject = child.exercise("work", calls=("f",), batch=batch)
        traces = [[subject.answer(probe).raised.trace[-1] for probe in group] for group in groups]
    told = [[place.local_values.get("z") for place in trace] for trace in traces]
    assert told == [["0", "1", "2", None, None], ["10", "11", "12", None, None]]


@pytest.mark.parametrize(
    ("kind", "source"),
    [
        ("SystemExit", "import sys; sys.exit(3)"),
        ("KeyboardInterrupt", "raise KeyboardInterrupt"),
        ("NotImplementedError", "raise NotImplementedError"),
        ("EOFError", "input()"),
        ("RecursionError", "(lambda g: g(g))(lambda g: g(g))"),
        ("Hostile", "raise type('Hostile', (Exception,), {'__str__': lambda s: 1 / 0})"),
    ],
)
def test_an_exception_of_any_kind_ends_the_call_only(ask: Ask, kind: str, source: str) -> None:
    """Even an exit is an answer, and the next call is made."""
    subject = ask(
        f"n = 0\ndef f():\n    global n\n    n += 1\n    if n > 1: return n\n    {source}\n", call("f"), call("f")
    )
    first, second = map(subject.answer, subject.probes)
    assert (kind, Status.VALUE) == (first.raised.kind, second.status)


def test_prints_are_captured_for_each_call_and_bounded_in_all(ask: Ask) -> None:
    """Printed text belongs to its call; a flood is cut off."""
    subject = ask("def f(n):\n    print('x' * n)\n", call("f", 3), call("f", 10**6), call("f", 3))
    printed = [subject.answer(probe).printed for probe in subject.probes]
    assert ("xxx\n", 64 * 1024, "") == (printed[0], len(printed[0] + printed[1]), printed[2])


def test_output_below_python_goes_nowhere(ask: Ask) -> None:
    """What is written to descriptor 1 reaches nobody."""
    reply = only(ask("import os\ndef f():\n    os.write(1, b'loud'); os.write(2, b'loud')\n"))
    assert ("", None) == (reply.printed, reply.value)


def test_warnings_are_told_and_no_call_silences_another(ask: Ask) -> None:
    """Filters, error states and standard output are set anew for each call."""
    source = """
import sys, warnings
import numpy as np
def f(x):
    made = np.float64(1.0) / x
    warnings.simplefilter("ignore"); np.seterr(all="ignore"); sys.stdout = None
    return made
"""
    subject = ask(source, call("f", np.float64(0.0)), call("f", np.float64(0.0)))
    warned = [subject.answer(probe).warned for probe in subject.probes]
    assert [("RuntimeWarning: divide by zero encountered in scalar divide",)] * 2 == warned


@pytest.mark.parametrize(
    ("expected", "body"),
    [
        ((), "z + 1; rows[0] + tau"),
        (("0",), "z *= 2"),
        (("rows",), "rows[0] = 5"),
        (("0", "rows"), "z.sort(); rows.append(1)"),
        (("0",), "z.setflags(write=False)"),
        (("rows",), "rows.append(object())"),
    ],
)
def test_changed_arguments_are_named(ask: Ask, expected: object, body: str) -> None:
    """Arguments that a call changed are named by position or name."""
    subject = ask(f"def f(z, tau, rows):\n    {body}\n", call("f", np.array([2.0, 1.0]), 1.0, rows=[1, 2]))
    assert expected == only(subject).changed


def test_calls_do_not_see_each_others_arguments(ask: Ask) -> None:
    """The same array in two calls is two arrays."""
    shared = np.array([1.0])
    subject = ask("def f(z):\n    z += 1\n    return z\n", call("f", shared), call("f", shared))
    assert [2.0, 2.0] == [subject.answer(probe).value[0] for probe in subject.probes]


def test_described_arguments_arrive_as_described(ask: Ask) -> None:
    """Strides, flags, dtypes and generators are as the author described them."""
    source = "def f(x):\n    return [x.flags.c_contiguous, x.flags.writeable, x.dtype.name, x.tolist()]\n"
    subject = ask(
        source, *(call("f", array([1, 2], kind=kind, dtype="float32")) for kind in ("plain", "strided", "readonly"))
    )
    told = [subject.answer(probe).value for probe in subject.probes]
    expected = [[True, True], [False, True], [True, False]]
    assert [[*flags, "float32", [1.0, 2.0]] for flags in expected] == told


def test_a_generator_draws_the_same_on_both_sides(ask: Ask) -> None:
    """A described generator gives the same stream there as here."""
    value = only(ask("def f(g):\n    return g.random()\n", call("f", rng(7)))).value
    assert np.random.default_rng(7).random() == value


@pytest.mark.parametrize(
    ("imports", "drawn"),
    [
        ("import random", "random.random()"),
        ("from random import random", "random()"),
        ("from random import *", "gauss(0, 1)"),
        ("import numpy as np", "np.random.rand()"),
        ("import numpy as np", "np.random .random()"),
        ("import numpy", "getattr(numpy, 'random').normal()"),
        ("import numpy.random as nr", "nr.random()"),
        ("from numpy import random as r", "r.rand()"),
        ("from scipy import stats", "stats.norm.rvs()"),
        ("import scipy.stats as s", "s.norm.rvs()"),
    ],
)
def test_old_generators_are_seeded_for_each_call(ask: Ask, imports: str, drawn: str) -> None:
    """Two calls that draw from the global generators draw the same numbers, however those are named."""
    subject = ask(f"{imports}\ndef f():\n    return float({drawn})\n", call("f"), call("f"))
    first, second = (subject.answer(probe).value for probe in subject.probes)
    assert first == second


def test_a_function_that_is_not_there_is_missing(ask: Ask) -> None:
    """A name that the file does not define is answered with "missing"."""
    assert Status.MISSING == only(ask("g = 1\n")).status


def test_computed_inputs_are_answered_by_the_same_child(ask: Ask) -> None:
    """A check may ask for inputs that it computed; the module keeps its state."""
    subject = ask("n = 0\ndef f(x):\n    global n\n    n += 1\n    return [n, x]\n", call("f", 1))
    assert [2, 5.0] == subject.call(call("f", 5.0)).value


def test_a_name_that_is_not_among_the_calls_is_refused_here(ask: Ask) -> None:
    """Only the declared functions can be asked for."""
    with pytest.raises(ValueError, match="g is not among the calls of work: f"):
        ask("def f(): pass\n").call(call("g"))


def test_cpu_seconds_are_told(ask: Ask) -> None:
    """A call that works for a while says so."""
    source = "import time\ndef f():\n    end = time.thread_time() + 0.05\n    while time.thread_time() < end: pass\n"
    assert 0.04 < only(ask(source)).seconds < 0.2
