"""Memory while two workers grade: what a child has to itself, and the whole family's share of the machine."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass

from benchmarks.clock import family, private_mb, share_mb
from benchmarks.material import Submitted
from benchmarks.ways import Ours
from grader.exercise.exercise import Exercise

WORKERS = 2


@dataclass(frozen=True, slots=True)
class Memory:
    """Megabytes, at the worst moment."""

    child: float  # private to one child
    everything: float  # proportional share of the grader, its servers and their children


def measure_memory(exercise: Exercise, submitted: Sequence[Submitted]) -> Memory | None:
    """Grade with two workers, stop before each child ends, and look; None where the system does not tell.

    Submissions that load what no reference loads (scipy) are left out: that memory is theirs.
    """
    plain = [one for one in submitted if b"scipy" not in one.source]
    with ExitStack() as stack:
        workers = [stack.enter_context(Ours(exercise, slot=slot)) for slot in range(WORKERS)]
        try:
            seen = [_look(workers, one) for one in plain]
        except PermissionError:  # an ordinary user may not look into a process that cannot be dumped
            return None
    return Memory(max(one.child for one in seen), max(one.everything for one in seen))


def _look(workers: Sequence[Ours], one: Submitted) -> Memory:
    with ExitStack() as stack:
        idle = {pid for worker in workers for pid in family(worker.pid)}
        for worker in workers:
            stack.enter_context(worker.judged(one))
        every = {pid for worker in workers for pid in family(worker.pid)}
        child = max(private_mb(pid) for pid in every - idle)
        return Memory(child, sum(share_mb(pid) for pid in (os.getpid(), *every)))
