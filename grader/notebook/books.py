"""Books: where the results of a lab are kept: nbgrader's gradebook first, then the autograded folder.

Only one thread writes, so a run never waits for itself. A folder appears whole, and after its marks: a run that is cut
off leaves nothing that looks graded and is not, and where the marks cannot be written, all is left as it was.
"""

from __future__ import annotations

import os
import shutil
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from nbgrader.api import InvalidEntry
from nbgrader.preprocessors import AssignLatePenalties
from nbgrader.utils import find_all_files
from sqlalchemy.exc import SAWarning, SQLAlchemyError

from grader.notebook.lab import Lab, converter, open_gradebook, unusable
from grader.notebook.marking import Marked
from grader.notebook.submitted import LONG_AGO, TIMESTAMP

Node = Any  # nbgrader is not typed


class Unkept(Exception):
    """A result that could not be written down, and why, in a sentence."""


class Books:
    """The gradebook of a lab, opened once."""

    def __init__(self, lab: Lab) -> None:
        self._lab = lab
        self._gradebook = open_gradebook(lab.course)
        self._late = AssignLatePenalties(parent=lab.app)
        self._late.init_plugin()
        self._converter = converter(lab)

    def keep(self, marked: Marked) -> None:
        """Write a result down, or say in an `Unkept` or an `OSError` why it cannot be."""
        lab, student = self._lab, marked.handed_in.student
        place = lab.folder(lab.course.autograded_directory, student)
        part, before = (place.with_name(f".{place.name}.{what}") for what in ("part", "before"))
        try:
            self._fill(part, marked)
            with _out_of_the_way(place, before):
                self._record(marked)
                part.replace(place)
        except (SQLAlchemyError, InvalidEntry) as error:
            raise Unkept(unusable(error)) from error
        finally:
            self._gradebook.db.rollback()  # nothing, where all was written
            shutil.rmtree(part, ignore_errors=True)
        self._converter.set_permissions(lab.name, student)

    def close(self) -> None:
        """Close the gradebook."""
        self._gradebook.close()

    def _record(self, marked: Marked) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", SAWarning)  # of how nbgrader makes a submission: we could not change it
            self._write_marks(marked)

    def _write_marks(self, marked: Marked) -> None:
        lab, student = self._lab, marked.handed_in.student
        told = {} if marked.when is None else {"timestamp": marked.when}
        self._gradebook.update_or_create_student(student)
        submission = self._gradebook.update_or_create_submission(lab.name, student, **told)
        notebook = next(one for one in submission.notebooks if one.name == lab.name)
        grades = {grade.name: grade for grade in notebook.grades}
        comments = {comment.name: comment for comment in notebook.comments}
        for mark in marked.marks:
            if mark.graded:
                grade = grades[mark.cell]
                grade.auto_score = mark.score
                grade.needs_manual_grade = grade.manual_score is not None or mark.score is None
                if mark.extra is not None:
                    grade.extra_credit = mark.extra
            if mark.commented:
                comments[mark.cell].auto_comment = mark.comment
        self._gradebook.db.flush()
        notebook.late_submission_penalty = self._penalty(submission, notebook, student)
        self._gradebook.db.commit()

    def _penalty(self, submission: Node, notebook: Node, student: str) -> float | None:
        """Return what being late costs, by the course's own rule."""
        late = submission.total_seconds_late
        if late <= 0:
            return None
        penalty = self._late.plugin_inst.late_submission_penalty(student, notebook.score, late)
        return None if penalty is None else self._late._check_late_penalty(notebook, penalty)  # noqa: SLF001 - nbgrader has no other name for it

    def _fill(self, part: Path, marked: Marked) -> None:
        """Write the folder beside its place."""
        lab = self._lab
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir(parents=True)
        source = Path(lab.course.format_path(lab.course.source_directory, ".", lab.name))
        for folder in (marked.handed_in.folder, source):  # what the instructor handed out wins
            for path, name in _others(folder, lab.course.ignore):
                (part / name).parent.mkdir(parents=True, exist_ok=True)
                (part / name).unlink(missing_ok=True)
                shutil.copy(path, part / name)
        if not (part / TIMESTAMP).exists():
            (part / TIMESTAMP).write_text(LONG_AGO, encoding="ascii")
        (part / f"{lab.name}.ipynb").write_text(marked.text.rstrip("\n") + "\n", encoding="utf-8")


@contextmanager
def _out_of_the_way(place: Path, before: Path) -> Iterator[None]:
    """Move what is in a place away, and back if nothing else comes there."""
    shutil.rmtree(before, ignore_errors=True)
    if os.path.lexists(place):
        place.replace(before)
    try:
        yield
    except BaseException:
        if os.path.lexists(before):
            before.replace(place)
        raise
    shutil.rmtree(before, ignore_errors=True)


def _others(folder: Path, ignored: list[str]) -> Iterator[tuple[Path, Path]]:
    """Yield the files beside the notebook, and their names in the folder; links are passed over."""
    for found in find_all_files(str(folder), [*ignored, "*.ipynb"]):
        path = Path(found)
        if path.is_file() and not path.is_symlink():
            yield path, path.relative_to(folder)
