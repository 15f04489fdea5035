"""Values that lie: objects that answer every question as it suits them. They cross as plain values or not at all."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from grader.child.wire import HEADER, Reader, Writer, pack, parse, split
from grader.exercise.call import Call
from grader.exercise.course import load_author_exercise
from grader.exercise.exercise import Exercise
from grader.exercise.probe import Probe
from grader.exercise.reply import Facts, Opaque, Reply
from grader.exercise.subject import Subject
from grader.fence import replies
from grader.judge import Outcome

Arena = Any

SUBMISSIONS = Path(__file__).parent / "submissions"
LIARS = (SUBMISSIONS / "liars.py").read_text(encoding="utf-8")
ROOT = Path(__file__).resolve().parents[2]
ALL = 5.0
ALL_CHECKS = ("means", "law", "kept", "long_vectors", "refused")

WORTH_NOTHING = {
    "equal to everything": "type('E', (), {'__eq__': yes, '__ne__': no, '__le__': yes, '__hash__': one})()",
    "a float equal to everything": "type('F', (float,), {'__eq__': yes, '__sub__': zero, '__abs__': zero})(9.5)",
    "an int equal to everything": "type('I', (int,), {'__eq__': yes, '__sub__': zero})(9)",
    "an object that becomes an array": "type('A', (), {'__array__': lambda s, *a, **k: np.array(right(x))})()",
    "an object that becomes a float": "type('F', (), {'__float__': lambda s: right(x), '__index__': one})()",
    "an object with an array interface": "type('A', (), {'__array_interface__': np.array(1.0).__array_interface__})()",
    "an object that answers for numpy": "Numpy()",
    "an object of another class": "type('C', (), {'__class__': property(lambda s: float)})()",
    "an object that is pickled into a call": "type('R', (), {'__reduce__': lambda s: (exec, ('raise SystemExit',))})()",
    "an array that agrees": "np.array([9.5]).view(Agrees)",
    "a number that agrees": "np.array(9.5).view(Agrees)",
    "a masked array": "np.ma.masked_array([1.0], [True])",
    "a matrix": "np.asmatrix([[9.5]])",
    "a record": "np.rec.array([(1.0, 2)])",
    "an array of objects": "np.array([right, None], dtype=object)",
    "an array of one object": "objects(right)",
    "an array with fields": "np.zeros(2, dtype=[('a', 'f8'), ('b', 'O')])",
    "an array of texts": "np.array(['9.5'])",
    "an array of dates": "np.array(['2026-01-01'], dtype='M8[D]')",
    "an array of bytes": "np.array([b'x'])",
    "an array of long doubles": "np.array([9.5], dtype=np.longdouble)",
    "an array in the other byte order": "np.array([9.5]).astype('>f8')",
    "an array of 64 axes": "np.zeros((1,) * 64)",
    "an array without entries": "np.zeros((0, 2**20))",
    "an array of a terabyte": "np.broadcast_to(9.5, (2**20, 2**17))",
    "an array over foreign memory": "np.lib.stride_tricks.as_strided(np.zeros(1), (2**40,), (0,))",
    "an array of 2 MB": "np.zeros(2**18)",
    "a generator": "(right(x) for _ in [1])",
    "an endless generator": "iter(int, 1)",
    "a coroutine": "coroutine()",
    "a list of a million": "[9.5] * 10**6",
    "a list in a list, ten thousand deep": "deep(10_000)",
    "a list in a list, forty deep": "deep(40)",
    "a list of itself": "itself()",
    "a dict of itself": "itself_as_dict()",
    "a dict that lies": "type('D', (dict,), {'__getitem__': lambda s, k: right(x), '__eq__': yes})()",
    "a dict with liars for keys": "{Liar(): 1.0}",
    "a dict with nan twice": "{float('nan'): 1, float('nan'): 2}",
    "a list that lies": "type('L', (list,), {'__len__': one, '__iter__': lambda s: iter([1]), '__eq__': yes})()",
    "a tuple that lies": "type('T', (tuple,), {'__len__': one, '__eq__': yes})()",
    "a str that lies": "type('S', (str,), {'__eq__': yes, '__hash__': one})('9.5')",
    "a text": "'9.5'",
    "a text of ten million letters": "'x' * 10**7",
    "a text that no stream can write": "'\\ud800' * 10",
    "a text of escape sequences": "'\\x1b[2J\\x1b]0;owned\\x07\\u202e\\0' * 9",
    "bytes": "b'9.5'",
    "a number as a set": "{9.5}",
    "not a number": "float('nan')",
    "infinity": "float('inf')",
    "a whole number beyond all floats": "10**400",
    "a whole number of a thousand digits": "-10**1000",
    "a whole number of a hundred thousand digits": "10**100_000",
    "a complex number": "complex(right(x), 1e-300)",
    "a complex nan": "complex('nan')",
    "a truth": "True",
    "nothing": "None",
    "not implemented": "NotImplemented",
    "an ellipsis": "...",
    "a type": "float",
    "a type that lies": "type('M', (type,), {'__instancecheck__': yes, '__hash__': one})('float', (), {})",
    "a module": "np",
    "a function": "right",
    "an exception": "ValueError('no')",
    "a weak proxy": "proxy()",
    "a mock": "__import__('unittest.mock', fromlist=['x']).MagicMock()",
    "a decimal": "__import__('decimal').Decimal(9)",
    "a fraction": "__import__('fractions').Fraction(9, 2)",
    "a named tuple": "__import__('collections').namedtuple('N', 'a')(right(x))",
    "an enum": "__import__('enum').Enum('E', {'a': 9.5}).a",
    "memory of an array": "memoryview(np.array([9.5]))",
    "an array whose name lies": "type('ndarray', (np.ndarray,), {'__module__': 'numpy'})((1,))",
    "a class with a name that lies": "type('float64', (), {})()",
    "a class with a name of escape sequences": "type('\\x1b[2J' * 100, (), {})()",
    "what asks for evaluation": "type('X', (), {'__repr__': lambda s: 1 / 0, '__str__': lambda s: 1 / 0})()",
}
ODD_ONCE = [
    "float('nan')",
    "float('-inf')",
    "10**400",
    "None",
    "'x'",
    "[]",
    "{}",
    "np.zeros(3)",
    "np.array(np.nan)",
    "1j",
    "right",
]
WORTH_ALL = {
    "a NumPy number": "np.float64(right(x))",
    "an array without axes": "np.array(right(x))",
    "a whole number where it is one": "int(right(x)) if right(x) == int(right(x)) else right(x)",
}


@pytest.mark.parametrize("value", WORTH_NOTHING.values(), ids=WORTH_NOTHING)
def test_a_lie_earns_nothing(value: str, arena: Arena) -> None:
    """It fails where a plain wrong value fails, and asks no question on our side."""
    verdict = arena.attack(f"{LIARS}\ndef mean(x):\n    right(x)\n    return {value}\n")
    assert (verdict.points, set(verdict.outcomes.values())) == (0, {"failed", "skipped"})


@pytest.mark.parametrize("value", WORTH_ALL.values(), ids=WORTH_ALL)
def test_another_spelling_of_the_truth_earns_all(value: str, arena: Arena) -> None:
    """What is right is right in all plain types that a number has."""
    assert arena.attack(f"{LIARS}\ndef mean(x):\n    return {value}\n").points == ALL


@pytest.mark.parametrize("value", ODD_ONCE)
def test_an_odd_value_in_one_computed_call_is_no_fault_of_ours(value: str, arena: Arena) -> None:
    """The check that asked for it computes with it and breaks; it is the value that is wrong."""
    code = f"def mean(x):\n    return {value} if list(x) == [3.0, 1.0] else right(x)\n"
    assert arena.attack(f"{LIARS}\n{code}").outcomes == dict.fromkeys(ALL_CHECKS, "passed") | {"law": "failed"}


# --- values that are made to break a check ------------------------------------------------------------------------

FLOATS = st.floats() | st.sampled_from([0.0, -0.0, 1.0, 0.5, 1e308, -1e308, 5e-324, float("nan"), float("inf")])
NUMBERS = st.booleans() | st.integers(-(2**70), 2**70) | st.sampled_from([10**400, -(10**1200)]) | FLOATS
DTYPES = st.sampled_from(["f8", "f4", "f2", "i8", "u8", "i1", "?", "c16", "c8"])
ARRAYS = DTYPES.flatmap(
    lambda dtype: hnp.arrays(dtype, hnp.array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=4))
)
LEAVES = st.none() | NUMBERS | ARRAYS | st.text(max_size=5) | st.complex_numbers()
VALUES = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.tuples(inner)
        | st.dictionaries(st.text(max_size=2) | st.integers() | st.tuples(st.integers()), inner, max_size=3)
    ),
    max_leaves=5,
)
STORIES = st.sampled_from(["ValueError", "NotImplementedError", "MemoryError", "", "\x1b[2J", "E" * 80, "own"])
PLACES = st.lists(st.tuples(st.sampled_from(["softmax.py", "../x", ""]), st.integers(0, 2**52)), max_size=2)


@dataclass
class Said:
    """A subject that is right, but for each call of a few, to which it says what it was told to say."""

    right: Subject
    odd: list[Reply]
    every: int
    facts: Facts
    at: int = 0

    def answer(self, probe: Probe) -> Reply:
        """Return the reply to a probe."""
        place, odd = divmod(probe.index + 1, self.every)
        return self.right.answer(probe) if odd else self.odd[place % len(self.odd)]

    def call(self, made: Call) -> Reply:
        """Return the reply to a computed call."""
        self.at += 1
        place, odd = divmod(self.at, self.every)
        return self.right.call(made) if odd else self.odd[place % len(self.odd)]


def crossed(value: object) -> Reply:
    """Return a value as a reply that crossed the wire."""
    writer = Writer(1 << 22)
    frame = pack({"n": 0, "v": writer.tree(value)}, writer.buffers)
    text, _body = split(frame[: HEADER.size], 1 << 22)
    reader = Reader(frame[HEADER.size + text :], opaque=Opaque)
    return replies.reply(parse(frame[HEADER.size : HEADER.size + text]), reader, 0)


def story(kind: str, places: list[tuple[str, int]]) -> Reply:
    """Return an exception as a reply that crossed the wire."""
    trace = [[file, line, kind, {kind: kind}] for file, line in places]
    return replies.reply({"n": 0, "r": [kind, [kind], kind, trace]}, Reader(b""), 0)


ODD = st.lists(VALUES.map(crossed) | st.builds(story, STORIES, PLACES), min_size=1, max_size=4)
RAGGED = [crossed([np.array([1.0]), 2])]  # a list that no array can hold
EXERCISES = sorted(path.parent.name for path in (ROOT / "solutions").glob("*/exercise.toml"))


@pytest.fixture(scope="module", params=EXERCISES)
def course_exercise(request: pytest.FixtureRequest) -> Exercise:
    """Return an exercise of the course, whose checks compute with what a student returns."""
    return load_author_exercise(ROOT / "solutions", request.param)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
@example(odd=RAGGED, every=1)
@example(odd=[crossed(10**400), crossed(float("nan"))], every=2)
@given(odd=ODD, every=st.integers(1, 6))
def test_no_value_makes_a_fault_of_ours(course_exercise: Exercise, told: Any, odd: list[Reply], every: int) -> None:  # noqa: ANN401
    """Whatever a student returns or raises, each check ends in an outcome of theirs, and it can be written down."""
    facts = Facts(f"{course_exercise.slug}.py", source=("def f(): ...",))
    verdict = told(course_exercise, Said(course_exercise.reference, odd, every, facts))
    faults = [one.finding.note for one in verdict.report.results if one.outcome is Outcome.ERROR and one.finding]
    assert faults == []
