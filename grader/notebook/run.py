"""Run: grade all that was handed in of a lab, several at a time.

Whatever ends a run early, what was graded by then is in the gradebook, and the same command goes on from there. A
submission that cannot be graded is named at the end, and stops no other.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field

from grader.classroom.crew import Crew
from grader.classroom.run import interruption
from grader.notebook.books import Books
from grader.notebook.lab import HandedIn, Lab, due
from grader.notebook.marking import Marked, Marker
from grader.notebook.submitted import complete, notebooks_in

Tell = Callable[[int, int], None]
NO_NOTEBOOK = "no notebook was handed in"


@dataclass
class Tally:
    """How a run ended."""

    students: int
    confinement: str = ""
    graded: int = 0
    before: int = 0  # graded by an earlier run
    notes: list[str] = field(default_factory=list)
    empty: list[str] = field(
        default_factory=list
    )  # students whose folder holds no notebook of the lab, and what it holds
    faults: dict[str, str] = field(default_factory=dict)  # student -> the story
    interrupted: bool = False


def grade_lab(lab: Lab, *, jobs: int, student: str, again: bool, tell: Tell) -> Tally:
    """Grade every submission of a lab that is due, and write all down as nbgrader does.

    Parameters
    ----------
    lab : Lab
        The assignment.
    jobs : int
        How many are graded at the same time.
    student : str
        Whose; ``*`` for all.
    again : bool
        Also those who were graded before.
    tell
        Called now and then with how far it is.
    """
    entries = lab.handed_in(student)
    tally = Tally(len(entries))
    waiting = list(_waiting(lab, entries, tally, again=again))
    if not waiting:
        return tally
    with interruption() as interrupted, closing(Books(lab)) as books:
        crew: Crew[HandedIn, Marked] = Crew(lambda slot: Marker(lab, slot), min(jobs, len(waiting)))
        try:
            tally.confinement = crew.start(interrupted)
            for marked in crew.mark(waiting, interrupted):
                if marked is not None:
                    _count(lab, marked, tally, books)
                    tell(tally.before + tally.graded + len(tally.faults), tally.students)
        finally:
            crew.dismiss()
        tally.interrupted = interrupted.is_set()
    return tally


def _waiting(lab: Lab, entries: list[HandedIn], tally: Tally, *, again: bool) -> Iterator[HandedIn]:
    for entry, is_due in due(lab, entries, again=again):
        wanted = entry.folder / f"{lab.name}.ipynb"
        try:
            complete(assignment=lab.name, student=entry.student, notebooks=[str(wanted)])
            others = [path.relative_to(entry.folder) for path in notebooks_in(entry.folder) if path != wanted]
        except OSError:
            tally.faults[entry.student] = traceback.format_exc()
            continue
        if not (wanted.exists() or wanted.is_symlink()):
            tally.empty.append(f"{entry.student} ({', '.join(map(str, others))})" if others else entry.student)
        elif is_due:
            tally.notes += [f"{entry.student}, {other}: it is not graded; {wanted.name} is" for other in others]
            yield entry
        else:
            tally.before += 1


def _count(lab: Lab, marked: Marked, tally: Tally, books: Books) -> None:
    student = marked.handed_in.student
    tally.notes += [f"{student}, {lab.name}.ipynb: {note}" for note in marked.notes]
    if marked.fault:
        tally.faults[student] = marked.fault
    else:
        books.keep(marked)
        tally.graded += 1
