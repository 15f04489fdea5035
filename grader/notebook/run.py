"""Run: grade all that was handed in of a lab, several at a time.

Whatever ends a run early, what was graded by then is in the gradebook, and the same command goes on from there. A
submission that cannot be graded, or whose result cannot be kept, is named at the end, and stops no other.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field

from grader.classroom.crew import Crew
from grader.classroom.run import interruption
from grader.exercise.check import AuthorError
from grader.notebook.books import Books, Unkept
from grader.notebook.lab import HandedIn, Lab, is_due
from grader.notebook.marking import Marked, Marker
from grader.notebook.note import note
from grader.notebook.received import Unread, is_there
from grader.notebook.submitted import make_complete, others

Tell = Callable[[int, int], None]
NO_NOTEBOOK = "no notebook was handed in"


@dataclass
class Tally:
    """How a run ended."""

    students: int = 0
    confinement: str = ""
    graded: int = 0
    before: int = 0  # graded by an earlier run
    notes: list[str] = field(default_factory=list)
    empty: list[str] = field(
        default_factory=list
    )  # students whose folder holds no notebook of the lab, and what it holds
    refused: dict[str, str] = field(default_factory=dict)  # student -> what the system, or the gradebook, refused
    faults: dict[str, str] = field(default_factory=dict)  # student -> the story
    interrupted: bool = False

    @property
    def left(self) -> int:
        """How many are still to be graded."""
        return self.students - self.graded - self.before - len(self.empty) - len(self.refused) - len(self.faults)

    @contextmanager
    def alone(self, student: str) -> Iterator[None]:
        """Let what fails for one student cost nobody else anything."""
        try:
            yield
        except (Unkept, Unread) as told:
            self.refused[student] = str(told)
        except OSError as error:
            self.refused[student] = f"{error.strerror}: {error.filename}" if error.filename else str(error)
        except Exception:  # noqa: BLE001 - a fault of ours must cost one student an hour, not the class a night
            self.faults[student] = traceback.format_exc()


def grade_lab(lab: Lab, tally: Tally, *, jobs: int, student: str, again: bool, tell: Tell) -> None:
    """Grade every submission of a lab that is due, and write all down as nbgrader does.

    Parameters
    ----------
    lab : Lab
        The assignment.
    tally : Tally
        Where it is told how the run goes; what is in it counts, however the run ends.
    jobs : int
        How many are graded at the same time.
    student : str
        Whose; ``*`` for all. If it names nobody, that is an `AuthorError`.
    again : bool
        Also those who were graded before.
    tell
        Called now and then with how far it is.
    """
    entries = lab.handed_in(student)
    if not entries and student != "*":
        folder = lab.folder(lab.course.submitted_directory, student)
        raise AuthorError(f"--student {student} names nobody who has handed in: there is no folder {folder}")
    tally.students = len(entries)
    waiting = list(_waiting(lab, entries, tally, again=again))
    if not waiting:
        return
    with interruption() as interrupted, closing(Books(lab)) as books:
        crew: Crew[HandedIn, Marked] = Crew(lambda slot: Marker(lab, slot), min(jobs, len(waiting)))
        try:
            tally.confinement = crew.start(interrupted)
            for marked in crew.mark(waiting, interrupted):
                if marked is not None:
                    _count(lab, marked, tally, books)
                    tell(tally.students - tally.left, tally.students)
        finally:
            crew.dismiss()
        tally.interrupted = interrupted.is_set()


def _waiting(lab: Lab, entries: list[HandedIn], tally: Tally, *, again: bool) -> Iterator[HandedIn]:
    for entry in entries:
        with tally.alone(entry.student):
            if _is_waiting(lab, entry, tally, again=again):
                yield entry


def _is_waiting(lab: Lab, entry: HandedIn, tally: Tally, *, again: bool) -> bool:
    """Say whether a submission is to be graded, and tell what it is if not, and what is odd about it."""
    folder, wanted = entry.folder, f"{lab.name}.ipynb"
    if not _is_text(entry.student):
        raise Unkept("the name of the folder is no UTF-8; rename it")
    _, notes = make_complete(folder, lab.name)
    tally.notes += [note(entry.student, said) for said in notes]
    beside = others(folder, lab.name)
    if not is_there(folder / wanted):
        tally.empty.append(note(f"{entry.student} ({', '.join(map(str, beside))})" if beside else entry.student))
    elif is_due(lab, entry, again=again):
        tally.notes += [note(f"{entry.student}, {other}", f"it is not graded; {wanted} is") for other in beside]
        return True
    else:
        tally.before += 1
    return False


def _count(lab: Lab, marked: Marked, tally: Tally, books: Books) -> None:
    student = marked.handed_in.student
    tally.notes += [note(f"{student}, {lab.name}.ipynb", said) for said in marked.notes]
    if marked.fault:
        tally.faults[student] = marked.fault
        return
    if marked.refused:
        tally.refused[student] = marked.refused
        return
    with tally.alone(student):
        books.keep(marked)
        tally.graded += 1


def _is_text(name: str) -> bool:
    """Say whether the bytes of a name are UTF-8; Python makes half characters of those that are not."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True
