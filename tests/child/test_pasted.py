"""What a kernel takes away from a cell before it reads it, beside IPython's own way of doing so."""

from __future__ import annotations

import ast
from textwrap import indent

import pytest
from hypothesis import given
from hypothesis import strategies as st
from IPython.core.inputtransformer2 import TransformerManager

from grader.child.cells import lines_of, parse

NO_PYTHON = "no Python"
FUNCTION = '''\
def f(x):
    """Return it.

    >>> f(1)
    1
    """
    for _ in range(2):
        x = (
            x
        )

    return x'''
CELLS = {
    "as it is": FUNCTION,
    "indented": indent(FUNCTION, "    "),
    "indented below blank lines": "\n   \n" + indent(FUNCTION, "  "),
    "indented, blank lines too": "\n".join(f"    {line}" for line in FUNCTION.split("\n")),
    "indented by a tab": indent(FUNCTION, "\t"),
    "indented by a tab and by blanks": "\tx = 1\n        y = 2",
    "indented but for a comment": "# mine\n" + indent(FUNCTION, "    "),
    "indented but for its last line": indent(FUNCTION, "    ") + "\nf(1)",
    "indented more in its first line": "      x = 1\n    y = 2",
    "text with a blank line": indent("x = '''\na\n   \n  b'''", "    "),
    "text at the edge": "    x = '''\na'''",
    "cell magic": indent("%%time\n" + FUNCTION, "    "),
    "cell magic, indented alone": "  %%time\n" + FUNCTION,
    "cell magic, its body indented": "%%time\n" + indent(FUNCTION, "    "),
    "cell magics": "%%capture\n\n  %%time\n" + indent(FUNCTION, "  "),
    "cell magic with prompts": ">>> %%time\n... x = 1",
    "cell magic with a prompt below": "%%time\nIn [1]: x = 1",
    "IPython": "In [3]: def f(x):\n   ...:     return x\n   ...: ",
    "IPython below a blank line": "\nIn [13]: def f(x):\n    ...:     return x",
    "IPython, indented": indent("In [3]: def f(x):\n   ...:     return x", "  "),
    "IPython from the second line on": "def f(x):\n   ...:     return x",
    "IPython from the third line on": "\nx = 1\ny = 2\nIn [3]: def f(x):\n   ...:     return x",
    "IPython with the keys of vi": "[ins] In [3]: x = 1\n         ...: y = 2",
    "IPython without a blank": "In [3]:x = 1",
    "IPython with an output": "In [3]: f(1)\nOut[3]: 1",
    "Python": ">>> def f(x):\n...     return x",
    "Python, indented": "    >>> def f(x):\n    ...     return x\n    ...",
    "Python, unevenly": ">>> x = 1\n  >>> y = 2",
    "Python without a blank": ">>>x = 1",
    "Python, later": "x = 1\n\n>>> def f(x):\n...     return x",
    "Python with an output": ">>> f(1)\n1",
    "Python with an output that is none": ">>> f(1)\n<object at 7>",
    "Python without its first prompt": "def f(x):\n...     return x",
    "Python around a docstring": indent(FUNCTION, "... ").replace("... ", ">>> ", 1),
    "Python in text": "x = '''\n>>> y\n'''",
    "dots": "...",
    "dots in brackets": "x = [\n...\n]",
    "one blank": " ",
    "nothing": "",
}
PIECES = [">>> ", ">>>", "... ", "...", "In [1]: ", "In [1]:", "   ...: ", "[nav] ", " ", "    ", "\t", "x = 1"]
PIECES += ["def f(): pass", '"""', "'''", 'r"""', "x = '''", "(", ")", "\\", "# "]
LINES = st.lists(st.lists(st.sampled_from(PIECES), max_size=5).map("".join), min_size=1, max_size=7)


def theirs(cell: str) -> str:
    """Return the syntax tree that IPython gives to Python; a cell magic gives it its body, as a cell."""
    try:
        tree = ast.parse(TransformerManager().transform_cell(cell))
    except SyntaxError:
        return NO_PYTHON
    match tree.body:
        case [ast.Expr(ast.Call(ast.Attribute(attr="run_cell_magic"), [_, _, ast.Constant(str() as body)]))]:
            return theirs(body)
    return ast.dump(tree)


def ours(cell: str) -> str:
    """Return the syntax tree that is run for a mark."""
    try:
        return ast.dump(parse(cell.encode(), "cell 1"))
    except SyntaxError:
        return NO_PYTHON


@pytest.mark.parametrize("cell", CELLS.values(), ids=CELLS)
def test_a_cell_is_read_as_a_kernel_reads_it(cell: str) -> None:
    """What it cannot read is no Python here, either."""
    assert theirs(cell) == ours(cell)


@given(LINES)
def test_what_is_taken_away_is_what_ipython_takes_away(lines: list[str]) -> None:
    """Blank lines above the rest stay here, so that all lines keep their numbers."""
    left = [f"{line}\n" for line in lines]
    for transform in TransformerManager().cleanup_transforms:
        left = transform(left)
    made = lines_of("\n".join(lines).encode())
    assert len(lines) == len(made)
    if "".join(lines).strip():
        first = next(number for number, line in enumerate(lines) if line.strip())
        assert [line.rstrip("\n") for line in left] == made[first:]


@pytest.mark.parametrize(
    ("line", "column", "cell"),
    [
        (2, 11, "    x = 1\n    def f(:\n        pass"),
        (3, 15, "\nIn [1]: x = 1\n   ...: def f(:\n   ...:     pass"),
        (2, 11, ">>> x = 1\n... def f(:\n...     pass"),
        (1, 7, "def f(:\n    pass"),
    ],
)
def test_what_is_no_python_is_told_where_the_student_wrote_it(line: int, column: int, cell: str) -> None:
    """A caret below the line as it was written points at the same letter."""
    with pytest.raises(SyntaxError) as caught:
        parse(cell.encode(), "cell 1")
    assert (line, column) == (caught.value.lineno, caught.value.offset)
