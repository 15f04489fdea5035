"""Figures in a real child, with every layer that works here: drawn there, described, and the same as in process."""

# ruff: noqa: SIM300 - the order of this house is expected == actual

from __future__ import annotations

import subprocess
import sys
import types
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from grader import axes, call, drawing
from grader.exercise.call import Call
from grader.exercise.compare import compare
from grader.exercise.probe import probes
from grader.exercise.reference import Live
from grader.exercise.reply import Reply, Status
from grader.fence import Batch, Limits, Policy, Sandbox

DRAWS = """
import matplotlib.pyplot as plt
import numpy as np

def f(ax, x, y=(1.0, 2.0)):
    ax.semilogx(x, y, label="curve")
    ax.axhline(np.log(2), linestyle="--", label="log V")
    ax.set(xlabel="tau", ylabel="H", title="entropy")
    ax.legend()
    return ax
"""
LIMITS = Limits(cpu_seconds=5.0)


@pytest.fixture(scope="module")
def easel() -> Iterator[Sandbox]:
    """One warm server that has matplotlib."""
    with Sandbox(policy=Policy.BEST, imports=["numpy", "matplotlib"]) as made:
        yield made


def answers(easel: Sandbox, source: str, *calls: Call) -> list[Reply]:
    """Return the replies of a source to declared calls."""
    with easel.submission({"work": source.encode()}) as child:
        batch = Batch(probes("group", calls or [call("f", axes())]))
        subject = child.exercise("work", calls=("f",), batch=batch, limits=LIMITS)
        return [subject.answer(probe) for probe in batch.probes]


def body(*lines: str) -> str:
    """Return the source of a function of an Axes."""
    return "\n    ".join(["def f(ax):", *lines]) + "\n"


def test_a_drawing_is_the_answer_and_the_same_as_in_process(easel: Sandbox) -> None:
    """Whatever is returned, the description is what comes back, to the last digit what our own process says."""
    module: Any = types.ModuleType("work")
    exec(DRAWS, module.__dict__)  # noqa: S102 - the same code on our side, as a reference is
    made = [call("f", axes(), [0.1, 10.0]), call("f", x=[1.0, 2.0, 3.0], y=[0.0, 1e-8, 1e12], ax=axes())]
    for one, reply in zip(made, answers(easel, DRAWS, *made), strict=True):
        assert (Status.VALUE, "", ()) == (reply.status, reply.printed, reply.warned)
        assert compare(Live(module).call(one).value, reply.value) is None
        drawn = drawing(reply.value)
        assert ("log", "tau", ("curve", "log V")) == (drawn.xscale, drawn.xlabel, drawn.legend)
        assert ["line", "horizontal"] == [line.kind for line in drawn.lines]


def test_a_computed_call_has_an_axes_of_its_own(easel: Sandbox) -> None:
    """Two calls do not draw on each other's Axes."""
    with easel.submission({"work": DRAWS.encode()}) as child:
        subject = child.exercise("work", calls=("f",), batch=Batch([]), limits=LIMITS)
        seen = [len(drawing(subject.call(call("f", axes(), [1.0, 2.0])).value).lines) for _time in range(2)]
    assert [2, 2] == seen


@pytest.mark.parametrize(
    ("lines", "count"),
    [
        (("pass",), 0),
        (("return 1.0",), 0),
        (("import matplotlib.pyplot as plt", "plt.plot([1.0, 2.0])"), 0),
        (("import matplotlib.pyplot as plt", "plt.sca(ax)", "plt.plot([1.0, 2.0])"), 1),
        (("import matplotlib.pyplot as plt", "fig, other = plt.subplots()", "other.plot([1.0])", "plt.show()"), 0),
        (("ax.plot([1.0, 2.0])", "ax.figure.tight_layout()", "ax.figure.canvas.draw()"), 1),
        (("import matplotlib", "matplotlib.use('agg')", "ax.plot([1.0, 2.0])"), 1),
    ],
)
def test_students_draw_as_they_do(easel: Sandbox, lines: tuple[str, ...], count: int) -> None:
    """Drawing works without a screen or a folder, and what is not drawn on the Axes is not there."""
    (reply,) = answers(easel, body(*lines))
    assert (Status.VALUE, count) == (reply.status, len(drawing(reply.value).lines))


def test_a_picture_cannot_be_kept(easel: Sandbox) -> None:
    """Writing a file is refused, as any writing is, and the exception is the student's."""
    (reply,) = answers(easel, body("ax.plot([1.0])", "ax.figure.savefig('/tmp/picture.png')"))
    assert (Status.RAISED, True) == (reply.status, "OSError" in (reply.raised.family if reply.raised else ()))


@pytest.mark.parametrize(
    "lines",
    [
        ("ax.get_lines = lambda: 3",),
        ("ax.__class__.get_xscale = lambda self: {}['no']",),
        ("line, = ax.plot([1.0])", "line.set_data(['a', 'b'], [1.0, 2.0])"),
        ("line, = ax.plot([1.0])", "line.get_xdata = lambda orig=True: object()"),
    ],
)
def test_an_axes_that_cannot_be_described_is_an_exception_of_the_students(
    easel: Sandbox, lines: tuple[str, ...]
) -> None:
    """Whoever breaks the Axes has an answer that is none; nothing of ours breaks."""
    (reply,) = answers(easel, body(*lines))
    assert reply.status in (Status.RAISED, Status.VALUE)
    assert isinstance(drawing(reply.value).lines, tuple)


def test_many_points_are_capped_before_they_cross(easel: Sandbox) -> None:
    """A line of a million points is an answer of two thousand."""
    (reply,) = answers(easel, body("ax.plot(list(range(1_000_000)))"))
    (line,) = drawing(reply.value).lines
    assert (2000, 1_000_000) == (line.ydata.size, line.points)


def test_an_axes_is_shown_as_python() -> None:
    """The case on the screen can be pasted."""
    assert "f(plt.figure().add_subplot(), 1.0)" == call("f", axes(), 1.0).text


def test_nobody_loads_matplotlib_who_does_not_draw(sandbox: Sandbox) -> None:
    """A batch is sent, and a server without matplotlib runs, as if there were no figures at all."""
    command = (
        "import sys; from grader import axes, call, probes; from grader.fence import Batch, Sandbox; "
        "Batch(probes('g', [call('f', axes(), [1.0])])); print('matplotlib' in sys.modules)"
    )
    ran = subprocess.run([sys.executable, "-c", command], capture_output=True, text=True, check=True, cwd=Path.cwd())
    assert "False\n" == ran.stdout
    source = "import sys\ndef f():\n    return 'matplotlib' in sys.modules\n"
    (reply,) = answers(sandbox, source, call("f"))
    assert reply.value is False


def test_where_matplotlib_is_not_offered_it_cannot_be_imported(sandbox: Sandbox) -> None:
    """An exercise says what its students may import."""
    (reply,) = answers(sandbox, "def f():\n    import matplotlib\n", call("f"))
    assert reply.raised is not None
    assert "ModuleNotFoundError" == reply.raised.kind
