"""Place: where a student's exercises are, which file is theirs, and where their history is kept.

The course is the one named, else the nearest one at or above the working directory, else the one that came with the
grader; with that one, the student's file lies in the working directory.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import grader
from grader.exercise.check import AuthorError

COURSE = "course.json"
KEPT = ".grader"


@dataclass(frozen=True, slots=True)
class Desk:
    """A course, the folder that holds the student's files, and the folder for what is remembered."""

    course: Path
    answers: Path
    memory: Path

    def answer(self, slug: str) -> Path:
        """Return the student's file: ``<slug>/<slug>.py``, or ``<slug>.py`` with the grader's own course."""
        flat, nested = self.answers / f"{slug}.py", self.answers / slug / f"{slug}.py"
        return nested if nested.exists() or self.answers == self.course else flat

    def here(self, slugs: tuple[str, ...]) -> str | None:
        """Return the exercise in whose folder the student is."""
        inside = [part.name for part in (Path.cwd(), *Path.cwd().parents) if part.parent == self.answers.resolve()]
        return next((name for name in inside if name in slugs), None)


def find_desk(explicit: Path | None = None) -> Desk:
    """Return the desk at which the student works."""
    if explicit is not None:
        for folder in (explicit, explicit / "exercises"):
            if (folder / COURSE).is_file():
                return _at(folder)
        raise AuthorError(f"{explicit} holds no {COURSE}, so it is no folder of exercises; name another with --course")
    here = Path.cwd()
    for above in (here, *here.parents):
        for folder in (above, above / "exercises"):
            if (folder / COURSE).is_file():
                return _at(folder)
    return Desk(_built_in(), here, here / KEPT)


def shown(path: Path) -> str:
    """Return a path as a student would type it: relative where that is shorter to read."""
    try:
        return str(path.resolve().relative_to(Path.cwd()))
    except ValueError:
        return str(path)


def _at(folder: Path) -> Desk:
    return Desk(folder, folder, folder / KEPT)


def _built_in() -> Path:
    """Return the course of the wheel; an editable install reads the repository's own."""
    package = Path(grader.__file__).resolve().parent
    for folder in (package / "course", package.parent / "exercises"):
        if (folder / COURSE).is_file():
            return folder
    raise AuthorError("this grader was installed without its exercises; name a folder of exercises with --course")
