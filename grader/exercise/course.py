"""Course: exercises in order, read either from the author's folder or from what was released of it.

The two differ in one thing only: where the right answers come from. The author's course runs the
solution; the released one holds its recorded answers to the public probes, and no solution at all.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from grader.exercise.bank import Bank
from grader.exercise.check import AuthorError
from grader.exercise.declare import declare, read_toml
from grader.exercise.exercise import Exercise
from grader.exercise.modules import import_author_module, imported
from grader.exercise.recording import bank_from_json, reply_from_json
from grader.exercise.reference import Live, Recorded
from grader.exercise.settings import imports_of, refuse_unfound

Read = TypeVar("Read")

SCHEMA = "grader/course/v1"
PAGES = "pages"  # a folder beside the exercises: texts for readers, which decide no mark


@dataclass(frozen=True, slots=True)
class Assignment:
    """Exercises that are handed out together."""

    slug: str
    exercises: tuple[str, ...]


@dataclass(frozen=True)
class Course:
    """All exercises, in order; ``suite`` changes whenever anything that decides a mark does."""

    folder: Path
    titles: Mapping[str, str]
    assignments: tuple[Assignment, ...]
    exercises: tuple[Exercise, ...]
    suite: str

    def exercise(self, slug: str) -> Exercise:
        """Return one exercise; an unknown slug is an `AuthorError` that lists the known ones."""
        for exercise in self.exercises:
            if exercise.slug == slug:
                return exercise
        known = ", ".join(exercise.slug for exercise in self.exercises)
        raise AuthorError(f"there is no exercise {slug!r}; there are: {known}")


@dataclass(frozen=True, slots=True)
class Contents:
    """What a released course says of itself before any exercise is loaded: the imports of each, in order."""

    imports: Mapping[str, tuple[str, ...]]

    @property
    def slugs(self) -> tuple[str, ...]:
        """All exercises, in order."""
        return tuple(self.imports)

    def imports_of(self, slugs: Iterable[str]) -> list[str]:
        """Return what some exercises load, each name once."""
        return sorted({name for slug in slugs for name in self.imports[slug]})


def load_author_course(folder: Path) -> Course:
    """Read an author's course; the banks of its exercises are still empty."""
    settings = read_toml(folder / "course.toml")
    slugs = exercises_beside(folder)
    exercises = [load_author_exercise(folder, slug) for slug in slugs]
    return Course(
        folder=folder,
        titles=_titles(folder / "course.toml", settings.get("title", {})),
        assignments=_assignments(folder / "course.toml", settings.get("assignment", []), slugs),
        exercises=tuple(sorted(exercises, key=lambda exercise: (exercise.order, exercise.slug))),
        suite=fingerprint(folder),
    )


def read_assignments(folder: Path) -> tuple[Assignment, ...]:
    """Read only which exercises of an author's course are handed out together."""
    path = folder / "course.toml"
    return _assignments(path, read_toml(path).get("assignment", []), exercises_beside(folder))


def exercises_beside(folder: Path) -> tuple[str, ...]:
    """Return the names of the exercises in an author's folder; one that lost its settings is refused, not left out."""
    for solution in sorted(folder.glob("*/solution.py")):
        if not (solution.parent / "exercise.toml").exists():
            raise AuthorError(without_settings(solution.parent))
    return tuple(sorted(path.parent.name for path in folder.glob("*/exercise.toml")))


def without_settings(folder: Path) -> str:
    """Return that a folder is no exercise, for want of its settings."""
    return f"{folder / 'exercise.toml'} is missing; write it, or take the folder away"


def load_author_exercise(root: Path, slug: str) -> Exercise:
    """Read one exercise of an author, with its solution as the live reference."""
    folder = root / slug
    settings = read_toml(folder / "exercise.toml")
    for name in ("public.py", "hidden.py"):
        if not (folder / name).exists():
            raise AuthorError(f"{folder / name} is missing; an exercise without checks of this kind has an empty one")
    modules = [(name, import_author_module(folder / f"{name}.py", root)) for name in ("public", "hidden")]
    solution = folder / "solution.py"
    if not solution.exists():
        raise AuthorError(f"{solution} is missing; it is the reference")
    reference = import_author_module(solution, root)
    exercise = declare(folder, settings, modules, Live(reference), Bank())
    refuse_unfound(folder / "exercise.toml", settings, reference)
    return exercise


def redeclare(exercise: Exercise, root: Path) -> Exercise:
    """Read the hidden part of an author's exercise once more, with the reference and the bank that it has."""
    folder = root / exercise.slug
    modules = [
        ("public", imported(folder / "public.py", root)),
        ("hidden", import_author_module(folder / "hidden.py", root)),
    ]
    return declare(folder, read_toml(folder / "exercise.toml"), modules, exercise.reference, exercise.bank)


def read_contents(folder: Path) -> Contents:
    """Read only which exercises a released course has, and what their sandbox loads ahead."""
    return _within(folder, _contents)


def load_public_course(folder: Path, only: Collection[str] | None = None) -> Course:
    """Read a released course, or some exercises of it."""
    return _within(folder, lambda released: _released(folder, released, only))


def _within(folder: Path, read: Callable[[Mapping[str, Any]], Read]) -> Read:
    """Return what ``read`` makes of the content of ``course.json``."""
    path = folder / "course.json"
    try:
        released = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise AuthorError(f"{path} is missing; this is not a folder of exercises") from None
    except (OSError, ValueError) as error:
        raise AuthorError(f"{path} cannot be read: {error}; unpack the exercises again") from None
    schema = released.get("schema") if isinstance(released, dict) else None
    if schema != SCHEMA:
        raise AuthorError(f"{path}: its schema is {schema!r}, this grader reads {SCHEMA!r}")
    try:
        return read(released)
    except (KeyError, TypeError, AttributeError) as error:
        raise AuthorError(f"{path} is damaged ({type(error).__name__}: {error}); unpack the exercises again") from None


def _contents(released: Mapping[str, Any]) -> Contents:
    exercises = released["exercises"]
    return Contents({slug: imports_of(settings) for slug, settings in exercises.items()})


def _released(folder: Path, released: Mapping[str, Any], only: Collection[str] | None) -> Course:
    exercises = {slug: told for slug, told in released["exercises"].items() if only is None or slug in only}
    return Course(
        folder=folder,
        titles=released["titles"],
        assignments=tuple(Assignment(item["slug"], tuple(item["exercises"])) for item in released["assignments"]),
        exercises=tuple(_public_exercise(folder, slug, settings) for slug, settings in exercises.items()),
        suite=released["suite"],
    )


def fingerprint(folder: Path) -> str:
    """Return a hash of every file of a course that can decide a mark, so that results of two versions never mix."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder)
        if path.is_file() and path.suffix in {".py", ".toml", ".md", ".json"} and name.parts[0] != PAGES:
            for part in (str(name).encode(), path.read_bytes()):
                digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()


def _public_exercise(root: Path, slug: str, settings: Mapping[str, Any]) -> Exercise:
    folder = root / slug
    path = folder / "answers.json"
    try:
        answers = json.loads(path.read_text(encoding="utf-8"))
        reference = Recorded({name: reply_from_json(reply) for name, reply in answers["reference"].items()})
        bank = bank_from_json(answers["bank"])
    except (OSError, ValueError) as error:
        raise AuthorError(f"{path} cannot be read: {error}; unpack the exercises again") from None
    except (KeyError, TypeError, AttributeError) as error:
        raise AuthorError(f"{path} is damaged ({type(error).__name__}: {error}); unpack the exercises again") from None
    module = import_author_module(folder / "public.py", root)
    return declare(folder, settings, [("public", module)], reference, bank)


def _titles(where: Path, titles: object) -> Mapping[str, str]:
    if not isinstance(titles, dict):
        raise AuthorError(f"{where}: title is {titles!r}; write a table [title] with one line for each language")
    return titles


def _assignments(where: Path, entries: Iterable[Mapping[str, Any]], slugs: tuple[str, ...]) -> tuple[Assignment, ...]:
    try:
        assignments = tuple(Assignment(entry["slug"], tuple(entry["exercises"])) for entry in entries)
    except (KeyError, TypeError):
        raise AuthorError(f"{where}: every [[assignment]] has a slug and a list of exercises") from None
    for assignment in assignments:
        unknown = [slug for slug in assignment.exercises if slug not in slugs]
        if unknown and (where.parent / unknown[0]).is_dir():
            raise AuthorError(
                f"{where}: {assignment.slug} lists {unknown[0]!r}, but {unknown[0]}/exercise.toml is missing; write it"
            )
        if unknown:
            raise AuthorError(f"{where}: {assignment.slug} lists {unknown[0]!r}, but there is no such folder beside it")
    return assignments
