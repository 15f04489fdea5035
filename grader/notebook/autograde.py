"""nbgrader's autograde with our verdicts: preprocessors that never run a check beside a student's code.

`nbgrader_config.py` says ``configure(c)`` once, and the command line, NbGraderAPI and formgrader's button all grade in
the sandbox. What was handed in is first put in order by what was handed out, then its cells are asked through the
fence, and each check's output becomes the score and the card. Gradebook, feedback and export are nbgrader's own.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import nbformat
from nbconvert.exporters import NotebookExporter
from nbgrader.api import Gradebook
from nbgrader.preprocessors import NbGraderPreprocessor
from traitlets import Enum, Unicode
from traitlets.config import Config

from grader.author.place import find_solutions
from grader.exercise.check import AuthorError
from grader.exercise.course import read_assignments
from grader.exercise.reply import Problem
from grader.fence import Policy
from grader.notebook.note import note
from grader.notebook.received import received_from
from grader.notebook.released import CHECK, Released, put_in_order
from grader.notebook.room import Terms, open_room, seen_in
from grader.notebook.submitted import AS_IT_CAME, LONG_AGO, TIMESTAMP
from grader.report.look import language_of

Node = Any  # neither nbformat nor nbgrader is typed
OURS: Final = "grader"  # our key in the metadata of an autograded notebook
HERE: Final = "grader.notebook.autograde"
PROBLEM: Final = ("kind", "message", "why", "given")
PYTHON: Final = {"name": "python3", "display_name": "Python 3", "language": "python"}
SANITIZE: Final = (f"{HERE}.TakeIn", "nbgrader.preprocessors.CheckCellMetadata")
AUTOGRADE: Final = (
    "grader.notebook.execute.ExecuteInside",
    f"{HERE}.GradeOutside",
    "nbgrader.preprocessors.IgnorePattern",
    "nbconvert.preprocessors.ClearMetadataPreprocessor",
    "nbgrader.preprocessors.LimitOutput",
    "nbgrader.preprocessors.SaveAutoGrades",
    f"{HERE}.ExtraCredit",
    "nbgrader.preprocessors.AssignLatePenalties",
    "nbgrader.preprocessors.CheckCellMetadata",
)


def configure(config: Config, *, solutions: str | Path = "", language: str = "", sandbox: str = "require") -> None:
    """Let nbgrader grade outside the kernel: the one line of ``nbgrader_config.py``.

    Parameters
    ----------
    config : Config
        What ``get_config()`` returns.
    solutions : str or Path, optional
        The folder of hidden solutions; else the one beside the nearest ``pyproject.toml``.
    language : str, optional
        In which language cards are written; else GRADER_LANG, the locale, or English.
    sandbox : str
        ``require``, ``best`` or ``off``, as for ``grader grade``.
    """
    config.GradeOutside.solutions = str(solutions)
    config.GradeOutside.language = language
    config.GradeOutside.sandbox = sandbox
    config.ClearSolutions.enabled = False  # a source notebook holds stubs, and nothing to be cleared
    config.Autograde.sanitize_preprocessors = list(SANITIZE)
    config.Autograde.autograde_preprocessors = list(AUTOGRADE)
    config.Autograde.exporter_class = f"{HERE}.Submitted"
    config.Autograde.pre_convert_hook = "grader.notebook.submitted.complete"
    config.CourseDirectory.ignore.append(f"*{AS_IT_CAME}*")  # what was set aside may be a link to anything: not copied
    config.HTMLExporter.sanitize_html = True  # what a student displays must not run in the instructor's browser,
    shown = {"clean_html": "grader.notebook.reading.cleaned"}  # nor be taken for a part of the page;
    config.HTMLExporter.filters = {**shown, "markdown2html": "grader.notebook.reading.as_html"}  # nor what they write


class Submitted(NotebookExporter):
    """Reads what was handed in as data of a stranger, and what we wrote ourselves as nbformat does."""

    optimistic_validation = True  # once, at the end, and not after each preprocessor

    def from_filename(self, filename: str, resources: Node = None, **more: Node) -> tuple[Node, Node]:
        """Return the converted notebook of a file."""
        if resources is None or not any(isinstance(one, TakeIn) for one in self._preprocessors):
            return super().from_filename(filename, resources, **more)
        resources["nbgrader"]["received"] = received_from(Path(filename))
        if not Path(filename).with_name(TIMESTAMP).exists():
            resources["outputs"] = {TIMESTAMP: LONG_AGO.encode()}  # nbgrader writes it beside the notebook
        empty = nbformat.v4.new_notebook()
        return self.from_notebook_node(empty, resources, **more)  # type: ignore[no-any-return,no-untyped-call]


class TakeIn(NbGraderPreprocessor):  # type: ignore[misc]  # nbgrader is not typed
    """Puts a submitted notebook in order: what was handed out is what it was, all else is the student's."""

    def preprocess(self, nb: Node, resources: Node) -> tuple[Node, Node]:
        """Return the notebook that is graded."""
        told = resources["nbgrader"]
        with Gradebook(told["db_url"]) as gradebook:
            notebook = gradebook.find_notebook(told["notebook"], told["assignment"])
            released, kernel = dict(released_cells(notebook)), json.loads(notebook.kernelspec or "{}")
        cells, notes, problem = put_in_order(told.pop("received"), released)
        for said in notes:
            self.log.warning("%s", note(f"{told['student']}, {told['notebook']}.ipynb", said))
        del nb
        return as_notebook(cells, kernel, problem), resources


class GradeOutside(NbGraderPreprocessor):  # type: ignore[misc]  # nbgrader is not typed
    """Grades the checks of a notebook in the sandbox."""

    solutions = Unicode("", help="The folder of hidden solutions; else beside pyproject.toml.").tag(config=True)
    language = Unicode("", help="The language of cards: en or es; else the locale's.").tag(config=True)
    sandbox = Enum([*Policy], Policy.REQUIRE, help="How much confinement is needed to grade.").tag(config=True)

    def preprocess(self, nb: Node, resources: Node) -> tuple[Node, Node]:
        """Return the notebook with a score and a card in each check."""
        told = resources["nbgrader"]
        terms = self.terms()
        slugs = checked_in(nb.cells, terms.solutions)
        graded = open_room(terms, slugs, seen_in(terms.solutions)).grade(
            nb.cells, name=f"{told['notebook']}.ipynb", problem=_told(nb.metadata.pop(OURS, None))
        )
        for said in graded.notes:
            self.log.warning("%s", note(f"{told['student']}, {told['notebook']}.ipynb", said))
        told["extra_credit"] = graded.extra
        nb.cells = [nbformat.from_dict(cell) for cell in graded.cells]
        return nb, resources

    def terms(self, *, solutions: Path | None = None, language: str | None = None, sandbox: str | None = None) -> Terms:
        """Return what is configured; what is given here beats it."""
        folder = solutions or (Path(self.solutions) if self.solutions else None)
        spoken = language_of(os.environ, language or self.language or None)
        return Terms(find_solutions(folder), Policy(sandbox or self.sandbox), spoken)


class ExtraCredit(NbGraderPreprocessor):  # type: ignore[misc]  # nbgrader is not typed
    """Writes the points of optional exercises as extra credit, which no output of a cell can give."""

    def preprocess(self, nb: Node, resources: Node) -> tuple[Node, Node]:
        """Keep the points of each optional check in the gradebook."""
        told = resources["nbgrader"]
        extra = told.pop("extra_credit")
        if extra:
            with Gradebook(told["db_url"]) as gradebook:
                for name, points in extra.items():
                    grade = gradebook.find_grade(name, told["notebook"], told["assignment"], told["student"])
                    grade.extra_credit = points
                gradebook.db.commit()
        return nb, resources


def released_cells(notebook: Node) -> Iterator[tuple[str, Released]]:
    """Yield the cells that were handed out in a notebook, by name."""
    points = {cell.name: float(cell.max_score) for cell in (*notebook.grade_cells, *notebook.task_cells)}
    solutions = {cell.name for cell in notebook.solution_cells}
    tasks = {cell.name for cell in notebook.task_cells}
    for cell in notebook.source_cells:
        text = (cell.name, cell.cell_type, cell.source, cell.checksum, cell.locked)
        yield cell.name, Released(*text, cell.name in solutions, cell.name in tasks, points.get(cell.name))


def checked_in(cells: Node, solutions: Path) -> tuple[str, ...]:
    """Return the exercises whose checks a notebook holds, in order; a test that is none of them is refused."""
    known = {slug for assignment in read_assignments(solutions) for slug in assignment.exercises}
    told = [cell["metadata"].get("nbgrader", {}) for cell in cells if cell["cell_type"] == "code"]
    tests = [one["grade_id"] for one in told if one.get("grade") and not one["solution"]]
    slugs = tuple(name.removesuffix(CHECK) for name in tests)
    for name, slug in zip(tests, slugs, strict=True):
        if slug not in known:  # nbgrader takes a test without output for one that passed
            raise AuthorError(f"{name} is a test of no exercise in {solutions}, so it cannot be graded outside")
    return slugs


def as_notebook(cells: list[dict[str, Any]], kernel: dict[str, Any], problem: Problem | None = None) -> Node:
    """Return cells as a notebook, with what is wrong with it as a whole."""
    told = {} if problem is None else {OURS: {name: getattr(problem, name) for name in PROBLEM}}
    metadata = {"kernelspec": kernel or PYTHON, "language_info": {"name": "python"}, **told}
    return nbformat.from_dict({"nbformat": 4, "nbformat_minor": 5, "metadata": metadata, "cells": cells})


def _told(metadata: Any) -> Problem | None:  # noqa: ANN401 - JSON that we wrote ourselves
    return None if metadata is None else Problem(**{name: metadata[name] for name in PROBLEM})
