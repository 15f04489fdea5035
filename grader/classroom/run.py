"""Run: grade a class, from the folder of submissions to the files that people read.

Whatever ends a run early (Ctrl-C, a full disk, a power cut), what was graded by then is in the store, and the same
command goes on from there.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from grader.classroom.crew import Crew
from grader.classroom.exam import Exam
from grader.classroom.export import write_results
from grader.classroom.key import key_of
from grader.classroom.marking import Examiner, Job, Marked
from grader.classroom.roll import Entry, shown
from grader.classroom.store import Store, opened_store
from grader.fence.intake import take_in

Tell = Callable[[int, int], None]  # how many students have a result, and of how many


@dataclass
class Tally:
    """How a run ended: who has a result, and what went wrong on our side."""

    students: int
    confinement: str = ""
    graded: int = 0
    faults: dict[str, str] = field(default_factory=dict)  # student -> the story
    unread: dict[str, str] = field(default_factory=dict)  # student -> what the system did not let us read
    interrupted: bool = False

    @property
    def unmarked(self) -> list[str]:
        """Who has no mark, for no fault of theirs."""
        return sorted({*self.faults, *self.unread})


def grade_class(roll: Sequence[Entry], out: Path, exam: Exam, *, workers: int, tell: Tell) -> Tally:
    """Grade every student of a roll who has no result yet, and write the results of all.

    Parameters
    ----------
    roll : sequence of Entry
        The students and their folders.
    out : Path
        Where the store, ``results.jsonl`` and ``feedback/`` are kept.
    workers : int
        How many submissions are graded at the same time.
    tell
        Called now and then with how far it is.
    """
    with interruption() as interrupted, opened_store(out, exam.suite) as store:
        gone = store.restrict(entry.student for entry in roll)
        tally = _Grading(exam, roll, store, tell, interrupted).run(workers)
        write_results(store, out, {*gone, *tally.unmarked})
    return tally


@contextmanager
def interruption() -> Iterator[threading.Event]:
    """Turn Ctrl-C, and a polite request to end, into an event; a second one changes nothing."""
    asked = threading.Event()
    if threading.current_thread() is not threading.main_thread():
        yield asked
        return

    def stop(_number: int, _frame: FrameType | None) -> None:
        asked.set()

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield asked
    finally:
        for number, former in before.items():
            signal.signal(number, former)


class _Grading:
    """One run over a roll: which students wait for which result."""

    def __init__(
        self, exam: Exam, roll: Sequence[Entry], store: Store, tell: Tell, interrupted: threading.Event
    ) -> None:
        self.exam = exam
        self.roll = roll
        self.store = store
        self.tell = tell
        self.interrupted = interrupted
        self.tally = Tally(len(roll))
        self.waiting: dict[bytes, list[str]] = {}

    def run(self, workers: int) -> Tally:
        """Hand out what has no result yet, keep what comes back."""
        jobs = self._jobs()
        first = next((job for job in jobs if job is not None or self.interrupted.is_set()), None)
        if first is not None and not self.interrupted.is_set():
            self._crew(first, jobs, workers)
        self.store.flush()
        self.tally.interrupted = self.interrupted.is_set()
        return self.tally

    def _crew(self, first: Job, jobs: Iterator[Job | None], workers: int) -> None:
        """Let workers do it; where everything is graded already, not one of them is started."""
        crew: Crew[Job, Marked] = Crew(lambda slot: Examiner(self.exam, slot), min(workers, len(self.roll)))
        try:
            self.tally.confinement = crew.start(self.interrupted)
            for marked in crew.mark(_again(first, jobs), self.interrupted):
                if marked is not None:
                    students = self.waiting.pop(marked.job.key)
                    if marked.fault:
                        self.tally.faults |= dict.fromkeys(students, marked.fault)
                    else:
                        self.store.keep(marked.job.key, marked.body, marked.feedback, marked.pictures)
                        self.tally.graded += len(students)
                self.store.flush(due=True)
                self.tell(self.tally.graded + len(self.tally.unmarked), self.tally.students)
        finally:
            crew.dismiss()

    def _jobs(self) -> Iterator[Job | None]:
        """Yield what is to be graded, each different submission once, and None for what is not."""
        for entry in self.roll:
            handed_in = take_in(entry.folder, self.exam.slugs, student=entry.student)
            personal = self.exam.key_of(entry.student)
            key = key_of(handed_in, self.exam.suite, (*self.exam.terms, personal))
            self.store.enrol(entry.student, key)
            if handed_in.unread:
                self.tally.unread[entry.student] = shown(next(iter(handed_in.unread.values())))
                yield None
            elif self.store.has(key):
                self.tally.graded += 1
                yield None
            elif key in self.waiting:
                self.waiting[key].append(entry.student)
                yield None
            else:
                self.waiting[key] = [entry.student]
                yield Job(key, handed_in, personal)


def _again(first: Job, rest: Iterator[Job | None]) -> Iterator[Job | None]:
    yield first
    yield from rest
