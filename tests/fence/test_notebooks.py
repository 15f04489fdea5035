"""Notebooks in the sandbox: cells run one by one in one namespace, and what only a notebook understands is no error."""

# ruff: noqa: SIM300 - the order of this house is expected == actual

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from textwrap import indent
from typing import Any

import pytest

from grader.exercise.call import call
from grader.exercise.probe import probes
from grader.exercise.reply import Status
from grader.fence import Batch, Limits, Notebook, Policy, Sandbox

LIMITS = Limits(cpu_seconds=0.3, memory_mb=512, reply_mb=1)
FINE = "def f():\n    return 1"
PROMPTED = ">>> def f():\n...     return 1"
PLOT = "import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.show()\n"
OWN = {"work": 0}
Run = Callable[..., Any]  # the fixture: cells -> the subject and its reply to f()


@pytest.fixture(scope="module")
def furnished() -> Iterator[Sandbox]:
    """A warm server that has matplotlib, as notebooks are given."""
    with Sandbox(policy=Policy.BEST, imports=["numpy", "matplotlib"]) as made:
        yield made


@pytest.fixture
def run(furnished: Sandbox) -> Iterator[Run]:
    """Run cells, the first of which has the number 1, and call their function ``f``."""
    opened = []

    def running(
        *cells: str, until: int | None = None, own: dict[str, int] | None = None, calls: Sequence[str] = "f"
    ) -> Any:  # noqa: ANN401 - two things with names
        numbered = tuple((number, cell.encode()) for number, cell in enumerate(cells, 1))
        notebook = Notebook(numbered, {"work": len(cells) if until is None else until}, own or {})
        opened.append(furnished.submission(notebook))
        batch = Batch(probes("group", [call(name) for name in calls]))
        subject = opened[-1].exercise("work", calls=calls, batch=batch, limits=LIMITS)
        return subject, [subject.answer(probe) for probe in batch.probes]

    yield running
    for child in opened:
        child.close()


@pytest.mark.parametrize(
    ("expected", "cell"),
    [
        (1, "%matplotlib inline\n" + FINE),
        (1, FINE + "\n%timeit f()"),
        (1, "%%time\n" + FINE),
        (1, "\n%%capture out\n" + FINE),
        (1, "!pip install 'numpy\n" + FINE),
        (1, "!pip install \\\n    numpy\n" + FINE),
        (1, "files = !ls -l\n" + FINE),
        (1, "old = %timeit -o 1\n" + FINE),
        (1, FINE + "\nf?"),
        (1, FINE + "\n?f"),
        (1, "import numpy as np\nnp.exp??\n" + FINE),
        (1, "for _ in range(2):\n    %timeit 1\n" + FINE),
        (1, "for _ in range(2):\n    !ls\n" + FINE),
        (2, "%time a = 2\ndef f():\n    return a"),
        ("\n%time\n", "TEXT = '''\n%time\n'''\ndef f():\n    return TEXT"),
        (3, "def f():\n    return (10\n    %7)"),
        (1, "display(f'{1}')\n" + FINE),
        (1, "from IPython.display import HTML, display\ndisplay(HTML('<b>'))\n" + FINE),
        (1, "from IPython import get_ipython\nget_ipython().run_line_magic('matplotlib', 'inline')\n" + FINE),
        (1, "from ipywidgets import interact\n" + FINE + "\n@interact(a=(0, 1))\ndef g(a): pass"),
        (1, "from grader.notebook import check\n" + FINE + "\ncheck('work', f)"),
        (1, PLOT + FINE),
        (1, "from IPython.display import display\n" + PLOT + FINE),
        (1, PLOT + "plt.savefig('out.png')\nplt.gcf().savefig('out.svg')\n" + FINE),
        (8, PLOT + "import io\nmade = io.BytesIO()\nplt.savefig(made)\ndef f():\n    return len(made.getvalue()[:8])"),
        (1, "from matplotlib_inline.backend_inline import set_matplotlib_formats as s\ns('svg')\n" + FINE),
        (1, "if get_ipython().config['x']: pass\n" + FINE),
        (1, "out = %timeit -o 1\nprint(out.best / 2, f'{out.best:.2f}', round(out.best, 2), out.best < 3)\n" + FINE),
        (1, "files = !ls\nprint(len(files), files[0], float(files[1]))\n" + FINE),
        (1, ";ls\n,print a b\n/print 1\n" + FINE),
        (1, "print(_, In[0], Out)\n" + FINE),
        (1, "from ipywidgets import FloatSlider\nslider = FloatSlider(value=1)\n2 * slider.value + 1\n" + FINE),
        (1, "from grader.notebook import check\nassert check('work', None) == 16.0\n" + FINE),
        (4, "from tqdm.notebook import tqdm, trange\ndef f():\n    return sum(tqdm([1], unit=0)) + sum(trange(1, 3))"),
        (1, "import tqdm\nwith tqdm.tqdm(total=3) as bar:\n    bar.update(1)\n" + FINE),
        (1, "# coding: nonsense\n" + FINE),
        (1, (FINE + "\n").replace("\n", "\r\n")),
        (1, "if __name__ == '__main__':\n    " + FINE.replace("\n", "\n    ")),
        (1, "import inspect\n" + FINE + "\ninspect.getsource(f)\nassert inspect.getsource(f)"),
        (1, "from dataclasses import dataclass\n@dataclass\nclass A:\n    a: 'int' = 1\n" + FINE.replace("1", "A().a")),
        (1, FINE + "\n1 / 0"),
        (1, FINE + "\nraise SystemExit"),
        (1, indent(FINE, "    ")),
        (1, "\n" + indent(FINE + "\n  \n%matplotlib inline\n", "\t")),
        (1, "\n  %%time\n" + indent(FINE, "  ")),
        (1, "%%time\n" + indent(FINE, "    ")),
        (1, "%%capture\n\n  %%time\n" + indent(FINE, "  ")),
        ("\n  a\n\n", indent("def f():\n    return TEXT\nTEXT = '''\n  a\n \n'''", "    ")),
        (1, "In [3]: def f():\n   ...:     return 1\n   ...: "),
        (1, "In [3]: %matplotlib inline\n   ...: def f():\n   ...:     return 1"),
        (1, PROMPTED + "\n..."),
        (1, "\n    >>> %%time\n    ... def f():\n    ...     return 1\n"),
        (1, "# My answer:\n" + PROMPTED),
        (">>> f()\n", "def f():\n    '''>>> f()\n'''\n    return f.__doc__"),
        (True, "def f():\n    return (\n...\n) is ..."),
        (FINE, f"{PROMPTED}\nimport inspect\ng, f = f, lambda: inspect.getsource(g)[:-1]"),
    ],
)  # fmt: skip
def test_what_only_a_notebook_understands_does_no_harm(run: Run, expected: object, cell: str) -> None:
    """A cell with magics, shell lines, display, widgets or plots defines what it defines."""
    _, (reply,) = run(cell)
    assert (Status.VALUE, expected) == (reply.status, reply.value)


def test_a_cell_may_draw_after_another_has_imported_from_ipython(run: Run) -> None:
    """Pyplot looks for IPython among what is loaded, and asks it for its version."""
    _, (reply,) = run("from IPython.display import display, Math", PLOT + FINE)
    assert 1 == reply.value


@pytest.mark.parametrize(
    "broken",
    [
        "x = (",
        "1 / 0",
        "import torch",
        "await g()",
        "%%html\n<b>no Python</b>",
        "%%bash\nrm -r /",
        "raise SystemExit",
        "import sys\nsys.exit(3)",
        "import os\nos._exit(3)",
        "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)",
        "z = bytearray(1 << 40)",
        "x = " + "(" * 5000,
        "\x00",
    ],
)
def test_a_broken_cell_hides_no_other(run: Run, broken: str) -> None:
    """The cells above and below it are there all the same."""
    _, (reply,) = run("a = 1", broken, "b = 2", "def f():\n    return a + b")
    assert (Status.VALUE, 3) == (reply.status, reply.value)


def test_a_cell_that_never_ends_costs_only_what_it_defines(furnished: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is tried twice, as any slow code; its own exercise is told so, and the others are run without it."""
    monkeypatch.setattr("grader.fence.conversation.LOADING_SECONDS", 0.3)
    endless = b"def g():\n    return 1\nwhile True:\n    try:\n        1\n    except:\n        1"
    notebook = Notebook(
        ((1, b"a = 1"), (2, endless), (3, b"def f():\n    return a")), {"slow": 2, "work": 3}, {"slow": 1}
    )
    asked = {name: Batch(probes("group", [call(name)])) for name in "gf"}
    with furnished.submission(notebook) as child:
        slow = child.exercise("slow", calls="g", batch=asked["g"], limits=LIMITS)
        work = child.exercise("work", calls="f", batch=asked["f"], limits=LIMITS)
    assert ("cell 2", "timeout") == (slow.facts.file, slow.facts.problem.kind)
    assert (None, 1) == (work.facts.problem, work.answer(asked["f"].probes[0]).value)
    assert (("cell 2", "timeout"),) == work.facts.left_out


@pytest.mark.parametrize(
    ("kind", "line", "cell"),
    [
        ("SyntaxError", 2, "x = 1\ndef f(:\n    pass"),
        ("SyntaxError", 2, "%matplotlib inline\ndef f(:\n    pass"),
        ("SyntaxError", 3, "\n    x = 1\n    def f(:\n        pass"),
        ("SyntaxError", 2, "In [1]: x = 1\n   ...: def f(:\n   ...:     pass"),
        ("IndentationError", 1, "    def f():\n        return 1\nx = 1"),
        ("ZeroDivisionError", 2, "x = 0\n1 / x\n" + FINE),
        ("ModuleNotFoundError", 1, "import torch\n" + FINE),
        ("TopLevelAwait", 2, "import asyncio\nawait asyncio.sleep(0)\n" + FINE),
        ("TopLevelAwait", 1, "async with a:\n    pass\n" + FINE),
        ("crashed", None, "import os\nos._exit(0)\n" + FINE),
    ],
)
def test_a_broken_solution_cell_is_told_with_its_number_and_line(
    run: Run, kind: str, line: int | None, cell: str
) -> None:
    """What stops the cell of an exercise is the problem of that exercise, where the notebook shows it."""
    subject, _ = run("x = 1", cell, own={"work": 1})
    problem = subject.facts.problem
    assert ("cell 2", kind, line, tuple(cell.split("\n"))) == (
        subject.facts.file,
        problem.kind,
        problem.line,
        subject.facts.source,
    )


@pytest.mark.parametrize("pasted", [FINE, indent(FINE, "    "), PROMPTED])
def test_a_cell_that_ended_the_process_is_blamed_for_what_it_would_define(run: Run, pasted: str) -> None:
    """It is not parsed again; its own text says what that is, however it was pasted."""
    subject, _ = run("x = 1", "\n".join([pasted, pasted[: pasted.index("def")] + "__import__('os')._exit(0)"]))
    assert ("cell 2", "crashed") == (subject.facts.file, subject.facts.problem.kind)


def test_a_function_is_the_one_that_its_check_would_see(run: Run) -> None:
    """Cells below the check change nothing that was there already; what is only there is found there."""
    above = run(FINE, "f = 2", until=1)[1][0].value
    below = run("x = 1", FINE, until=1)[1][0].value
    last = run(FINE, FINE.replace("1", "2"))[1][0].value
    assert (1, 1, 2) == (above, below, last)


def test_a_function_defined_nowhere_is_missing(run: Run) -> None:
    """One of two functions may be there and the other not."""
    _, replies = run(FINE, calls=("f", "g"))
    assert [Status.VALUE, Status.MISSING] == [reply.status for reply in replies]


def test_lines_of_an_exception_name_the_cells_it_came_through(run: Run) -> None:
    """A helper in another cell is blamed by that cell."""
    _, (reply,) = run("def g(a):\n    return 1 / a", "def f():\n    return g(0)")
    assert [("cell 2", 2), ("cell 1", 2)] == [(place.file, place.line) for place in reply.raised.trace]


def test_what_a_cell_imports_from_the_future_holds_below(run: Run) -> None:
    """As in a kernel, where a cell's future is every later cell's."""
    _, (reply,) = run("from __future__ import annotations", "def f(a: not_defined = 1):\n    return a")
    assert 1 == reply.value


def test_too_many_cells_that_end_the_process_are_not_gone_on_with(run: Run) -> None:
    """Three are left out; the fourth is the reason why nothing is loaded."""
    ends = "import os\nos._exit(0)"
    assert 1 == run(*[ends] * 3, FINE)[1][0].value
    assert "crashed" == run(*[ends] * 4, FINE)[0].facts.problem.kind


@pytest.mark.parametrize(
    "said", ['{"at": 7}', '{"at": "0"}', '{"skipped": 0}', '{"at": true}', '{"at": 1}|{"at": 0}', '{"at": null}']
)
def test_a_forged_word_of_cells_is_tampering(run: Run, said: str) -> None:
    """Cells that are not there, that were not skipped, or that go backwards, are seen to be no word of ours."""
    frames = "".join(f"\nframe({part!r})" for part in said.split("|"))
    source = (
        "import os, struct\ndef frame(text):\n"
        "    os.write(3, struct.pack('<II', len(text), 0) + text.encode())" + frames
    )
    _, (reply,) = run(source, FINE, own={"work": 1})
    assert Status.TAMPERED == reply.status
