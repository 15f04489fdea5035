"""Respelling: other names and other divisions, the same function up to rounding."""

from __future__ import annotations

import ast
import math
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.author.respell import respell

SOLUTIONS = Path(__file__).resolve().parents[2] / "solutions"
VECTORS = st.lists(st.floats(-50.0, 50.0), min_size=1, max_size=6)


def function(source: bytes) -> Callable[..., object]:
    """Return the function f of a module."""
    space: dict[str, object] = {}
    exec(compile(source, "module", "exec"), space)  # noqa: S102 - our own code
    return space["f"]  # type: ignore[return-value]


SOURCES = {
    "softmax": b"import numpy as np\ndef f(x):\n    x = np.asarray(x)\n"
    b"    e = np.exp(x - x.max())\n    return e / e.sum()\n",
    "loops": b"def f(x):\n    total = sum(abs(v) + 1.0 for v in x)\n    return [(v + 1.0) / total for v in x]\n",
    "nested": b"def f(x):\n    def inner(y):\n        z = y / len(x)\n        return z\n"
    b"    return [inner(v) for v in x]\n",
    "caught": b"def f(x):\n    try:\n        e = 1.0 / x[0]\n        return [e / len(x)]\n"
    b"    except ZeroDivisionError as e:\n        return [float(len(str(e)))]\n",
    "imported": b"def f(x):\n    from math import exp\n    scale = exp(0.5)\n    return [v / scale for v in x]\n",
    "keywords": b"def f(x, *, scale=3.0):\n    def g(*, scale):\n        return scale / 7.0\n"
    b"    return [g(scale=v) / scale for v in x]\n",
    "walrus": b"def f(x):\n    return [w / (w * w + 1.0) for v in x if (w := v) is not None]\n",
    "globals": b"count = 4.0\ndef f(x):\n    global count\n    count = 4.0\n    return [v / count for v in x]\n",
    "unpacked": b"def f(x):\n    (first, *rest), n = x, len(x)\n    return [first / n, *rest]\n",
    "shadowed": b"def f(x):\n    max = 2.0\n    return [v / max for v in x]\n",
}


@pytest.mark.parametrize("name", SOURCES)
@given(vector=VECTORS)
def test_the_function_stays_the_same_up_to_rounding(name: str, vector: list[float]) -> None:
    """Whatever binds names in it."""
    known, seen = function(SOURCES[name])(vector), function(respell(SOURCES[name]))(vector)
    np.testing.assert_allclose(seen, known, rtol=1e-12)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["softmax", "loops", "unpacked"])
def test_the_spelling_is_another_one(name: str) -> None:
    """Local names are gone, and so is the division by a name."""
    made = respell(SOURCES[name]).decode()
    stored = [n.id for n in ast.walk(ast.parse(made)) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)]
    assert all(found.startswith("other_") for found in stored if found != "x")
    assert "1.0 / " in made


def test_parameters_keep_their_names() -> None:
    """Callers use them."""
    made = function(respell(b"def f(z, tau=2.0):\n    tau = tau / z\n    return tau\n"))
    assert made(z=4.0, tau=2.0) == 0.5


def test_a_division_by_a_constant_stays() -> None:
    """Half of x is exact, and its other spelling is the same."""
    assert b"x / 2" in respell(b"def f(x):\n    return x / 2\n")


def test_the_solution_respelled_is_the_solution() -> None:
    """The real one, on a real input."""
    source = (SOLUTIONS / "softmax" / "solution.py").read_bytes()
    known, seen = ({}, {})  # type: dict[str, object], dict[str, object]
    exec(compile(source, "known", "exec"), known)  # noqa: S102 - our own code
    exec(compile(respell(source), "seen", "exec"), seen)  # noqa: S102 - our own code
    one, other = (space["softmax_temperature"]([1.0, 2.0, -math.inf], 0.7) for space in (known, seen))  # type: ignore[operator]
    np.testing.assert_allclose(other, one, rtol=1e-14)
