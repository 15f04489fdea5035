"""What an attacker may cost the class: memory and time of the grader, and room in its results, are bounded."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest

from grader.exercise.exercise import Limits
from grader.exercise.reply import Status

Arena = Any
Cells = Any

FRAMES = (Path(__file__).parent / "submissions" / "frames.py").read_text(encoding="utf-8")


@pytest.mark.parametrize("forged", [False, True], ids=["returned", "forged"])
def test_large_replies_do_not_fill_our_memory(cells: Cells, *, forged: bool) -> None:
    """Many replies of the largest size take seconds of ours and not minutes, and no half of a gigabyte."""
    written = "replies(lambda n: {'n': n, 'v': Writer(2**30).tree(MANY)})" if forged else ""
    many = "from fence_child.wire import Writer\nMANY = [[] for _ in range(140_000)]"
    code = f"{FRAMES}\n{many}\n{written}\ndef f(n):\n    return MANY\n"
    start, before = time.process_time(), resident()
    cells.ask_many((), code.encode(), "f", 20, limits=Limits(cpu_seconds=2.0, memory_mb=512, reply_mb=16))
    assert (time.process_time() - start < 60, resident() - before < 250) == (True, True)


def resident() -> int:
    """Return our memory, in megabytes."""
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * 4096 >> 20


def test_a_long_exception_does_not_fill_the_results(arena: Arena) -> None:
    """What one check tells is told again by every check, so each is bounded."""
    stories = [
        "raise ValueError('x' * 10**6)",
        "raise type('E', (ValueError,), {'__str__': lambda s: '\\u2028' * 10**6})",
        "replies(lambda n: {'n': n, 'r': ['E', ['E' * 900] * 900, 'm', []]})",
        "replies(lambda n: {'n': n, 'v': 9.5, 's': 0, 'w': ['w' * 900] * 900})",
    ]
    for story in stories:
        code = story if "replies" in story else f"def mean(x):\n    {story}"
        verdict = arena.judged(f"{FRAMES}\nmean = right\n{code}\n".encode())
        assert (verdict.points, len(str(verdict.told)) < 50_000) == (0, True)


@pytest.mark.parametrize(
    "code",
    [
        "def f(n):\n    time.sleep(0.4)\n    return n",
        "time.sleep(0.4)\ndef f(n):\n    os._exit(0)",
        "while time.process_time() < 0.2: pass\ndef f(n):\n    os._exit(0)",
        "def f(n):\n    end = time.thread_time() + 0.1\n    while time.thread_time() < end: pass\n    bytearray(2**40)",
    ],
    ids=[
        "sleep in every call",
        "sleep whenever it is loaded",
        "work whenever it is loaded",
        "work and too much memory in every call",
    ],
)
def test_a_little_again_and_again_is_bounded_in_all(code: str, cells: Cells, monkeypatch: pytest.MonkeyPatch) -> None:
    """No call is stopped by its own limit, but together they may not hold up the class."""
    monkeypatch.setattr("grader.exercise.losses.CPU_SECONDS", 1.0)
    monkeypatch.setattr("grader.fence.conversation.IDLE_SECONDS", 1.0)
    monkeypatch.setattr("grader.exercise.losses.WALL_SECONDS", 1.0)
    start = time.monotonic()
    said = cells.ask_many((), f"{FRAMES}\n{code}\n".encode(), "f", 100, limits=Limits(cpu_seconds=0.2, memory_mb=256))
    took = time.monotonic() - start
    ends = {Status.TIMEOUT, Status.CRASHED, Status.MEMORY}
    assert (said[-1].status in ends, said[-1].note[:7], took < 15) == (
        True,
        "not run",
        True,
    )
