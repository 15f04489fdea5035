"""The stub: the signature and the docstring, byte for byte, and nothing of the body."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from grader.author.stub import build_stub
from grader.exercise.check import AuthorError

SOLUTION = '''"""The reference: a secret line."""

import math

SECRET = 7


def area(r, *,
         exact=False):  # may be shown
    """Return the area of a disc.

    Examples
    --------
    >>> area(1.0)  # doctest: +ELLIPSIS
    3.14...
    """
    # a secret comment
    return math.pi * r**2


def unasked(x):
    """Help nobody."""
    return x


@property
def length(r):
    "Return the length — 2πr."
    return 2 * math.pi * r
'''

STUB = '''"""The disc.

Write the functions below, then check the exercise disc.
"""

import numpy as np


def area(r, *,
         exact=False):  # may be shown
    """Return the area of a disc.

    Examples
    --------
    >>> area(1.0)  # doctest: +ELLIPSIS
    3.14...
    """
    raise NotImplementedError


def length(r):
    "Return the length — 2πr."
    raise NotImplementedError
'''


def stub(tmp_path: Path, source: str, *calls: str, title: str = "The disc") -> str:
    """Return the stub of a solution."""
    path = tmp_path / "solution.py"
    path.write_text(source, encoding="utf-8")
    return build_stub(path, "disc", calls, title)


def test_a_stub_holds_signatures_and_docstrings_to_the_byte(tmp_path: Path) -> None:
    """In the order of the calls, without decorators, bodies, comments and what is not asked."""
    assert stub(tmp_path, SOLUTION, "area", "length") == STUB


def test_a_title_ends_as_a_sentence_does(tmp_path: Path) -> None:
    """A question keeps its mark, and gets no full stop after it."""
    titles = ("The disc", "One disc, or two?", "A disc!", "A disc.")
    firsts = [stub(tmp_path, SOLUTION, "area", title=title).split("\n")[0] for title in titles]
    assert firsts == ['"""The disc.', '"""One disc, or two?', '"""A disc!', '"""A disc.']


def test_a_stub_is_code_that_is_not_written_yet(tmp_path: Path) -> None:
    """Whoever calls it learns that there is something to do."""
    space: dict[str, object] = {}
    exec(compile(ast.parse(stub(tmp_path, SOLUTION, "area")), "stub", "exec"), space)  # noqa: S102 - our own stub
    with pytest.raises(NotImplementedError):
        space["area"](1.0)  # type: ignore[operator]


@pytest.mark.parametrize("odd", ["\x0c", "\x1c", "\u2028", "\x85"])
def test_odd_line_ends_in_a_docstring_move_no_body_into_the_stub(tmp_path: Path, odd: str) -> None:
    """Python counts fewer lines than str.splitlines does."""
    first = f'def f(x):\n    """One{odd}two{odd}three."""\n    return 1\n'
    source = first + '\n\ndef g(x):\n    """Second."""\n    return "secret"\n'
    made = stub(tmp_path, source, "f", "g")
    assert f'    """One{odd}two{odd}three."""\n    raise NotImplementedError\n' in made
    assert '    """Second."""\n    raise NotImplementedError\n' in made
    assert "secret" not in made
    assert "return" not in made


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        ("def f(x):\n    return x\n", "solution.py: f has no docstring; it is the contract that a student reads"),
        ('def f(x):\n    ""\n    return x\n', "solution.py: f has no docstring"),
        ('def f(x):\n    f"Return {x}."\n    return x\n', "solution.py: f has no docstring"),
        ("def f(x):\n    7\n    return x\n", "solution.py: f has no docstring"),
        ('def g(x):\n    """G."""\n', "solution.py: calls lists f, but no such function is defined here"),
        ("f = abs\n", "solution.py: calls lists f, but no such function is defined here"),
        (
            'def f(x):\n    """F."""; return x\n',
            "solution.py: f has code on the line of its docstring; begin a new line",
        ),
        ('def f(x): "F."; return x\n', "solution.py: f has code on the line of its docstring; begin a new line"),
    ],
)
def test_a_solution_without_a_contract_is_refused(tmp_path: Path, source: str, sentence: str) -> None:
    """One sentence with the file, and nothing of a body is shown."""
    with pytest.raises(AuthorError, match=sentence):
        stub(tmp_path, source, "f")
