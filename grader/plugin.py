"""The pytest plugin: inert, until a path that pytest is given belongs to an exercise.

pytest imports whatever it collects, and the configuration beside it. A folder of exercises is a student's, so this
plugin takes it away from pytest's own collectors, and from conftest files in it, before anything of it is imported;
what is collected instead are checks, judged in a sandboxed child. Every run of pytest anywhere loads this module:
it imports nothing that pytest has not, and looks for one file name.

What pytest and Python import before any installed plugin is out of reach: ``-p NAME`` in an ini file, or a module that
hides one of Python's own from ``python -m pytest``. Both take a student who runs their own file on their own machine,
and where such a file is seen, nothing is judged; an instructor uses ``grader pytest``, which reads neither.
"""

from __future__ import annotations

import glob
import os
import sys
from collections.abc import Generator, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from grader.pytest_items.shelf import Shelf

COURSE = "course.json"
MARK = b"grader/course/"  # the schema's name, in whatever version


def pytest_load_initial_conftests(early_config: pytest.Config, args: list[str]) -> None:
    """Stand guard before the first conftest file is imported."""
    guard = Guard(early_config)
    early_config.pluginmanager.register(guard, "softmax_grader_guard")
    guard.look_at(args)


class Guard:
    """What stands between one run of pytest and the folders of exercises that it meets."""

    def __init__(self, config: pytest.Config) -> None:
        self._config = config
        self._known: dict[Path, Path | None] = {}
        self._shelves: dict[Path, Shelf] = {}

    def look_at(self, args: Sequence[str]) -> None:
        """Disarm the folders whose conftest files pytest would import first, and refuse what cannot be disarmed."""
        for anchor in self._anchors(args):
            folder = anchor if anchor.is_dir() else anchor.parent
            for one in (folder, *folder.glob("test*")):
                self._disarm(one)
            linked = self._course_of(anchor.resolve())
            if linked is not None and self._course_of(anchor) is None:
                raise pytest.UsageError(f"{anchor} is a link into the exercises in {linked}; name that folder")
        self._refuse_modules()

    @pytest.hookimpl(tryfirst=True)
    def pytest_collectstart(self, collector: pytest.Collector) -> None:
        """Disarm a folder before pytest imports the conftest files that go with it."""
        if isinstance(collector, pytest.Directory):
            self._disarm(collector.path)

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_collect_directory(
        self, path: Path, parent: pytest.Collector
    ) -> Generator[None, pytest.Collector | None, pytest.Collector | None]:
        """Collect a folder of exercises by what its course says, whatever else lies in it."""
        found = yield
        shelf = self._shelf(path)
        if shelf is None:
            return found
        from grader.pytest_items.items import Folder  # noqa: PLC0415 - only an exercise pays for these imports

        return Folder.from_parent(parent, path=path, shelf=shelf)

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_collect_file(
        self, file_path: Path, parent: pytest.Collector
    ) -> Generator[None, list[pytest.Collector], list[pytest.Collector]]:
        """Leave no file of a folder of exercises to any other collector: not Python's, not doctest's."""
        found = yield
        shelf = self._shelf(file_path)
        if shelf is None:
            return found
        from grader.pytest_items.items import files_of  # noqa: PLC0415 - the same

        return files_of(shelf, file_path, parent)

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:  # noqa: ANN401 - pytest names no public type
        """Say how many points the checks of this run earned."""
        reports = [report for reports in terminalreporter.stats.values() for report in reports]
        if any(name == "max_points" for report in reports for name, _ in getattr(report, "user_properties", ())):
            from grader.pytest_items.tally import tally_lines  # noqa: PLC0415 - the same

            for line in tally_lines(reports):
                terminalreporter.write_line(line)

    def pytest_unconfigure(self) -> None:
        """End the sandboxes."""
        for shelf in self._shelves.values():
            shelf.close()

    def _anchors(self, args: Sequence[str]) -> Iterator[Path]:
        """Yield each existing path in which pytest may look for conftest files, and a few more than those."""
        here = self._config.invocation_params.dir
        named = self._config.known_args_namespace.file_or_dir
        tested = [found for name in self._config.getini("testpaths") for found in glob.iglob(str(here / name))]  # noqa: PTH207 - the names may be absolute
        for word in (".", *args, *named, *tested):
            with suppress(OSError, ValueError):  # an option's value may be no path at all
                path = Path(os.path.abspath(here / word.partition("::")[0]))  # noqa: PTH100 - as pytest spells it
                if path.exists():
                    yield path

    def _refuse_modules(self) -> None:
        """Refuse to look exercises up by module name: Python imports the packages above a module to find it."""
        options = self._config.known_args_namespace
        for word in options.file_or_dir if options.pyargs else ():
            parts = word.partition("::")[0].split(".")
            if any(self._course_of(Path(entry or ".").absolute().joinpath(*parts)) for entry in sys.path):
                raise pytest.UsageError(f"--pyargs would import {word}; name the exercise's folder instead")

    def _disarm(self, folder: Path) -> None:
        """Let pytest believe that the conftest files of a course, from this folder up, are loaded already."""
        course = self._course_behind(folder)
        if course is None:
            return
        leave_import_path(course)
        plugins = self._config.pluginmanager
        for one in (folder, *(above for above in folder.parents if above.is_relative_to(course))):
            name = str(one / "conftest.py")
            if not plugins.has_plugin(name):
                plugins.register(ModuleType("conftest"), name)

    def _shelf(self, path: Path) -> Shelf | None:
        """Return the exercises of the course that a path belongs to."""
        course = self._course_behind(path)
        if course is None:
            return None
        if course not in self._shelves:
            leave_import_path(course)
            refuse_loaded(course)
            from grader.pytest_items.classwork import classwork  # noqa: PLC0415 - numpy is loaded only now

            self._shelves[course] = classwork(course)
        return self._shelves[course]

    def _course_behind(self, path: Path) -> Path | None:
        """Return the folder of exercises that a path belongs to, or that it is a link into."""
        return self._course_of(path) or (self._course_of(path.resolve()) if path.is_symlink() else None)

    def _course_of(self, path: Path) -> Path | None:
        """Return the nearest folder of exercises at or above a path."""
        if path not in self._known:
            above = None if path.parent == path else self._course_of(path.parent)
            self._known[path] = path if _is_course(path) else above
        return self._known[path]


def _is_course(folder: Path) -> bool:
    try:
        return MARK in (folder / COURSE).read_bytes()
    except OSError:
        return False


def leave_import_path(course: Path) -> None:
    """Import nothing from a course's folder, where a student's ``numpy.py`` may lie, unless it is Python's own."""
    sys.path[:] = [entry for entry in sys.path if not _lies_in(course, entry or ".")]


def refuse_loaded(course: Path) -> None:
    """Judge nothing in a process that has run a file of a student's: what ``-p`` names is loaded before any plugin."""
    names = (str(course), str(course.resolve()))
    for module in list(sys.modules.values()):
        file = getattr(module, "__file__", None)
        if isinstance(file, str) and file.startswith(names) and _lies_in(course, file):
            raise pytest.Collector.CollectError(
                f"{file} runs in pytest itself, so nothing is judged; leave out what loads it (-p, a conftest.py)"
            )


def _lies_in(course: Path, entry: str) -> bool:
    """Return whether a path leads into a course's folder, and not to Python's own libraries in there."""
    import sysconfig  # noqa: PLC0415 - pytest has not imported it, and few of its runs meet a course

    path = Path(entry).resolve()
    paths = (sysconfig.get_path(name) for name in ("stdlib", "platstdlib", "purelib", "platlib", "scripts"))
    return path.is_relative_to(course.resolve()) and not any(path.is_relative_to(Path(one).resolve()) for one in paths)
