"""CPU time and memory of processes that live on: our server, the floor's, and all that they started.

A server's children are counted once it has waited for them, which it has by the time a submission is closed.
"""

from __future__ import annotations

import contextlib
import os
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

TICK: Final = os.sysconf("SC_CLK_TCK")
PRIVATE: Final = ("Private_Clean", "Private_Dirty")


@dataclass(frozen=True, slots=True)
class Spent:
    """What something took: CPU seconds of every process, and seconds on the wall."""

    cpu: float = 0.0
    wall: float = 0.0

    def __add__(self, other: Spent) -> Spent:
        return Spent(self.cpu + other.cpu, self.wall + other.wall)

    def __sub__(self, other: Spent) -> Spent:
        return Spent(self.cpu - other.cpu, self.wall - other.wall)

    def __truediv__(self, number: float) -> Spent:
        return Spent(self.cpu / number, self.wall / number)


def now() -> Spent:
    """Return this process's CPU time, of all its threads, and the time."""
    return Spent(time.process_time(), time.perf_counter())


def started(pid: int | str = "self") -> list[int]:
    """Return the processes that a process started and that still live; none if it ends meanwhile."""
    told = []
    for path in Path(f"/proc/{pid}/task").glob("*/children"):
        with contextlib.suppress(OSError):
            told += path.read_text(encoding="ascii").split()
    return [int(child) for child in told]


def family(pid: int) -> Iterator[int]:
    """Return a process and all below it."""
    yield pid
    for child in started(pid):
        yield from family(child)


def cpu_of(pid: int) -> float:
    """Return the CPU seconds of a process, of all below it, and of those that they have waited for."""
    return sum(_cpu(member) for member in family(pid))


def _cpu(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    waited_for = sum(map(int, fields[13:15])) / TICK  # cutime, cstime
    return time.clock_gettime((~pid << 3) | 2) + waited_for  # the kernel's name for another process's CPU clock


def private_mb(pid: int) -> float:
    """Return the memory that a process has to itself."""
    return sum(_rollup(pid, name) for name in PRIVATE)


def share_mb(pid: int) -> float:
    """Return a process's proportional share of the memory that it uses."""
    return _rollup(pid, "Pss")


def _rollup(pid: int, name: str) -> float:
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
    except ProcessLookupError:  # it has ended and holds no memory; nobody has waited for it yet
        return 0.0
    found = re.search(rf"^{name}:\s+(\d+) kB", text, re.MULTILINE)
    return int(found[1]) / 1024 if found else 0.0
