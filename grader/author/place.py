"""Where things of an author are: the secret solutions, and the files of one exercise."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from grader.exercise.check import AuthorError

RELEASED = ("exercises", "source", "grader")  # folders of a project that leave it
NBGRADER = "nbgrader_config.py"
RECORDED = re.compile(r'^configure\(c, solutions=("[^"\n]*")', re.MULTILINE)


class NoSolutions(AuthorError):
    """There is no folder of solutions where one was looked for."""


@dataclass(frozen=True, slots=True)
class Variant:
    """A right or wrong answer kept beside the solution: ``diagnosis`` is empty for right ones."""

    path: Path
    name: str
    diagnosis: str = ""

    def source(self, slug: str) -> dict[str, bytes]:
        """Return it as a submission."""
        return {slug: self.path.read_bytes()}


def find_project(start: Path | None = None) -> Path:
    """Return the nearest folder at or above ``start`` that holds a ``pyproject.toml``."""
    here = (start or Path.cwd()).resolve()
    for folder in (here, *here.parents):
        if (folder / "pyproject.toml").is_file():
            return folder
    raise NoSolutions(
        f"no pyproject.toml at or above {here}; go to the project's folder, or name the solutions with --solutions"
    )


def find_solutions(explicit: Path | None = None) -> Path:
    """Return the folder of solutions: the one given, else beside the nearest pyproject.toml, else an nbgrader course's.

    The last is what `grader nbgrader init` wrote into the course's configuration.
    """
    folder = explicit or _recorded() or find_project() / "solutions"
    try:
        found = (folder / "course.toml").is_file()
    except OSError as error:
        raise AuthorError(f"{folder} cannot be read: {error.strerror}; make it readable, and run this again") from None
    if not found:
        raise NoSolutions(f"{folder} holds no course.toml, so it is no folder of solutions; name it with --solutions")
    return folder.resolve()


def _recorded() -> Path | None:
    """Return the folder that the configuration of an nbgrader course names, where there is no project."""
    here = Path.cwd()
    if any((folder / "pyproject.toml").is_file() for folder in (here, *here.parents)):
        return None
    paths = (folder / NBGRADER for folder in (here, *here.parents))
    text = next((path.read_text(encoding="utf-8") for path in paths if path.is_file()), "")
    found = RECORDED.search(text)
    return Path(json.loads(found[1])) if found else None


def private_folder(target: Path, project: Path) -> Path:
    """Return a folder for secret files; one whose files are released, or that git would commit, is refused."""
    folder = target.resolve()
    for name in RELEASED:
        if folder.is_relative_to((project / name).resolve()):
            raise AuthorError(f"{target} is in {name}/, which students get; name a folder outside of the project")
    if any((above / ".git").exists() for above in (folder, *folder.parents)) and not _ignored(folder):
        raise AuthorError(f"git would commit {target}; name a folder outside of the project, or one that git ignores")
    return folder


def _ignored(folder: Path) -> bool:
    """Return whether git leaves a folder alone; without git the answer is no."""
    here = next(above for above in (folder, *folder.parents) if above.is_dir())
    command = ["git", "check-ignore", "--quiet", str(folder / "solved")]
    try:
        return subprocess.run(command, cwd=here, capture_output=True, check=False).returncode == 0  # noqa: S603 - git
    except OSError:
        return False


def accepted(folder: Path) -> list[Variant]:
    """Return the right answers of an exercise."""
    return [Variant(path, path.stem) for path in sorted((folder / "accepted").glob("*.py"))]


def mistakes(folder: Path) -> list[Variant]:
    """Return the wrong answers: ``mistakes/<diagnosis>.py`` and ``mistakes/<diagnosis>/<variant>.py``."""
    return list(_mistakes(folder / "mistakes"))


def _mistakes(folder: Path) -> Iterator[Variant]:
    for path in sorted(folder.rglob("*.py")):
        parts = path.relative_to(folder).with_suffix("").parts
        if len(parts) > len(("diagnosis", "variant")):
            raise AuthorError(f"{path}: mistakes are mistakes/<diagnosis>.py or mistakes/<diagnosis>/<variant>.py")
        yield Variant(path, parts[-1], parts[0])
