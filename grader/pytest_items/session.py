"""Session: one submission, graded with hidden checks by a pytest that never learns where it lies.

pytest looks for configuration wherever a path on its command line, its root folder or its working directory points,
and runs what it finds. So it is given a room of its own, with its own ini file, and the submission as an object.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import chdir, contextmanager
from pathlib import Path
from typing import Any

import pytest

from grader.author.bank import cache_folder
from grader.classroom.exam import Exam
from grader.classroom.roll import name_of
from grader.exercise.check import AuthorError
from grader.fence.intake import take_in
from grader.pytest_items.items import Folder
from grader.pytest_items.shelf import Answer, Shelf
from grader.pytest_items.tally import tally_lines
from grader.report.look import Look

INI = "pytest.ini"
WORDS_FOR_PYTEST = ("PYTEST_ADDOPTS", "PYTEST_PLUGINS", "PYTEST_DEBUG")  # they may name paths, and plugins


class Session:
    """The plugin that ``pytest.main`` is given: the room is collected as answers, and nothing else is."""

    def __init__(self, room: Path, shelf: Shelf) -> None:
        self.room = room
        self.shelf = shelf

    @pytest.hookimpl(tryfirst=True)
    def pytest_collect_directory(self, path: Path, parent: pytest.Collector) -> pytest.Collector:
        """Collect the room."""
        return Folder.from_parent(parent, path=path, shelf=self.shelf)

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:  # noqa: ANN401 - pytest names no public type
        """Say how many points the checks of this run earned."""
        for line in tally_lines(report for reports in terminalreporter.stats.values() for report in reports):
            terminalreporter.write_line(line)

    def pytest_unconfigure(self) -> None:
        """End the sandbox."""
        self.shelf.close()


def shelf_of(folder: Path, room: Path, exam: Exam, look: Look) -> Shelf:
    """Return one student's answers to an exam, under the paths that they have in the room."""
    handed_in = take_in(folder, exam.slugs, student=name_of(folder))

    def answers() -> Mapping[Path, Answer]:
        return {room / f"{one.slug}.py": Answer(one, handed_in, f"{one.slug}.py") for one in exam.exercises}

    return Shelf(answers, policy=exam.policy, look=look, faults=room)


def make_room(folder: Path) -> Path:
    """Return the folder in which pytest remembers what it found in a submission, for ``--lf``."""
    name = hashlib.sha256(os.fsencode(folder.resolve())).hexdigest()[:16]
    room = cache_folder().resolve() / "pytest" / name
    try:
        room.mkdir(parents=True, exist_ok=True, mode=0o700)
        (room / INI).write_text("[pytest]\n", encoding="utf-8")
    except OSError as error:
        raise AuthorError(
            f"{room} cannot be written: {error.strerror}; set XDG_CACHE_HOME to a folder of yours"
        ) from None
    return room


def run_session(session: Session, args: Sequence[str]) -> int:
    """Run pytest in a room and return its exit code."""
    for path in session.shelf.answers:
        path.touch()  # pytest forgets the failures of a file that does not exist
    room = str(session.room)
    own = ["-c", str(session.room / INI), "--rootdir", room, "--noconftest", "-p", "no:doctest"]
    with _silent_environment(), chdir(room):
        return int(pytest.main([*own, *args, room], plugins=[session]))


@contextmanager
def _silent_environment() -> Iterator[None]:
    """Let no variable add options or plugins."""
    before = dict(os.environ)
    for name in WORDS_FOR_PYTEST:
        os.environ.pop(name, None)
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)
