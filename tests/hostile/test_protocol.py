"""Attacks on the conversation: forged frames, closed channels, ends of every kind, loops, and faults of ours.

A student's code shares its process with the code that answers for it, so whatever that code may say, an attacker may
say. Nothing of it may earn more than the values in it are worth, end in a fault of ours, or reach the next student.

The table is `submissions/protocol.txt`: a line with the name, the points, and how checks may end; then the code. Before
it stands `submissions/frames.py`, which holds a right answer and what attackers need.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from grader.exercise.exercise import Limits
from grader.fence import FenceError

Arena = Any  # these are made by the fixtures of this folder
Cells = Any

SUBMISSIONS = Path(__file__).parent / "submissions"
FRAMES = (SUBMISSIONS / "frames.py").read_text(encoding="utf-8")
ONCE = "in the first call"


@dataclass(frozen=True)
class Row:
    """One attack: what it earns, how its checks may end, and its code."""

    name: str
    points: float
    outcomes: frozenset[str]
    code: str

    def __str__(self) -> str:
        return self.name


def table() -> Iterator[Row]:
    """Read the table; what attacks in the first call only answers rightly in all others."""
    for part in ("\n" + (SUBMISSIONS / "protocol.txt").read_text(encoding="utf-8")).split("\n## ")[1:]:
        head, _, code = part.partition("\n")
        name, points, outcomes, *when = head.split(" | ")
        code = code.partition("\n####")[0]
        if when == [ONCE]:
            inner = textwrap.indent(code, " " * 8)
            code = f"def mean(x):\n    if len(x) == 1:\n{inner}\n    return right(x)\n"
        yield Row(name, float(points), frozenset(outcomes.split()), code)


@pytest.mark.parametrize("row", list(table()), ids=str)
def test_it_earns_what_its_values_are_worth(row: Row, arena: Arena) -> None:
    """No forged word earns a point, ends in a fault of ours, or changes what others get."""
    verdict = arena.attack(f"{FRAMES}\n{row.code}\n")
    assert (verdict.points, set(verdict.outcomes.values()) - row.outcomes) == (row.points, set()), verdict.told


def test_a_layer_that_fails_is_our_fault_and_nobody_elses(cells: Cells) -> None:
    """The one word that a student cannot forge: without its layers a child runs nothing, and the grader hears why."""
    with pytest.raises(FenceError, match="A layer of the sandbox failed in a child: "):
        cells.ask((), b"def f(): return 1", "f", limits=Limits(memory_mb=None))


def test_what_a_child_prints_below_python_goes_to_the_null_device(cells: Cells) -> None:
    """Its standard descriptors are open, so a C library may print, and lead nowhere."""
    code = b"import os\ndef f():\n    return [len(os.read(0, 9)), os.write(1, b'x' * 70_000), os.write(2, b'x')]"
    assert cells.ask((), code, "f").value == [0, 70_000, 1]
