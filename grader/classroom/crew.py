"""Crew: the workers of a run. Each thread owns one sandbox, takes one job at a time, and answers each with one result.

The caller hands out jobs as results come in, so that nothing piles up, and may dismiss the crew at any moment: what
was not answered by then is not answered at all.
"""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

Job = TypeVar("Job")
Marked = TypeVar("Marked")
Given_contra = TypeVar("Given_contra", contravariant=True)
Returned_co = TypeVar("Returned_co", covariant=True)
AHEAD = 2  # jobs for each worker: one in work, one waiting
LOOK = 0.1  # seconds after which the caller may look at its clock, and at whether it was interrupted
GOODBYE = 2.0


class Worker(Protocol[Given_contra, Returned_co]):
    """One who marks, with a sandbox of their own."""

    @property
    def confinement(self) -> str:
        """What was verified to confine the students' code."""

    def mark(self, job: Given_contra, /) -> Returned_co:
        """Do a job; what goes wrong is told in the result."""

    def close(self) -> None:
        """End the sandbox."""


@dataclass(frozen=True, slots=True)
class _Answer(Generic[Marked]):
    """A result, told apart from whatever else a worker says."""

    marked: Marked


class Crew(Generic[Job, Marked]):
    """Workers that were started, or an exception of the first that could not be.

    Parameters
    ----------
    start
        Makes the worker of a slot, 0 and up.
    size : int
        How many workers there are.
    """

    def __init__(self, start: Callable[[int], Worker[Job, Marked]], size: int) -> None:
        self._start = start
        self._jobs: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._answers: queue.SimpleQueue[_Answer[Marked] | Worker[Job, Marked] | Exception] = queue.SimpleQueue()
        self._dismissed = threading.Event()
        self._workers: list[Worker[Job, Marked]] = []
        self._threads = [threading.Thread(target=self._work, args=(slot,), daemon=True) for slot in range(size)]

    def start(self, interrupted: threading.Event) -> str:
        """Start every sandbox, side by side, and return the status line of the first; nothing if interrupted."""
        for thread in self._threads:
            thread.start()
        while len(self._workers) < len(self._threads) and not interrupted.is_set():
            answer = self._next()
            if isinstance(answer, Exception):
                raise answer
            if answer is not None and not isinstance(answer, _Answer):
                self._workers.append(answer)
        return min((worker.confinement for worker in self._workers), key=len, default="")

    def mark(self, jobs: Iterable[Job | None], interrupted: threading.Event) -> Iterator[Marked | None]:
        """Yield each job's result as it is ready, and None now and then, so that the caller can look around.

        A None among the jobs is one that needs no work: it gives the caller its turn.
        """
        waiting = iter(jobs)
        out, more = 0, True
        while (out or more) and not interrupted.is_set():
            while more and out < AHEAD * len(self._threads) and not interrupted.is_set():
                try:
                    job = next(waiting)
                except StopIteration:
                    more = False
                    break
                if job is None:
                    yield None
                else:
                    self._jobs.put(job)
                    out += 1
            answer = self._next() if out else None
            if isinstance(answer, _Answer):
                out -= 1
                yield answer.marked
            else:
                yield None

    def dismiss(self) -> None:
        """Send everybody home: what is not answered by now is thrown away, and every sandbox is ended."""
        self._dismissed.set()
        for _ in self._threads:
            self._jobs.put(None)
        for worker in self._workers:
            worker.close()
        until = time.monotonic() + GOODBYE
        for thread in self._threads:
            thread.join(max(0.0, until - time.monotonic()))

    def _next(self) -> _Answer[Marked] | Worker[Job, Marked] | Exception | None:
        try:
            return self._answers.get(timeout=LOOK)
        except queue.Empty:
            return None

    def _work(self, slot: int) -> None:
        try:
            worker = self._start(slot)
        except Exception as error:  # noqa: BLE001 - it is raised again in the thread that waits for us
            self._answers.put(error)
            return
        self._answers.put(worker)
        while not self._dismissed.is_set() and (job := self._jobs.get()) is not None:
            marked = worker.mark(job)
            if not self._dismissed.is_set():
                self._answers.put(_Answer(marked))
        worker.close()
