"""What pytest collects of a course: folders, the file of an exercise, and its checks.

None of them opens a student's file as Python. They are made from what the course says, not from what lies in the
folder, so a file that nobody asked for is no item, and an answer that is missing is a failure and not a silence.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from grader.exercise.check import AuthorError
from grader.judge import Outcome, Report, Result
from grader.pytest_items.screens import failure_screen, fault_story, properties, skip_reason
from grader.pytest_items.shelf import Fault, Shelf

WAITING = frozenset({Outcome.TODO, Outcome.SKIPPED})


class NotPassed(Exception):
    """A check did not pass; its screen says the rest."""


class Folder(pytest.Directory):
    """A folder that holds answers, or folders of answers, in the course's order."""

    def __init__(self, *, shelf: Shelf, **given: Any) -> None:  # noqa: ANN401 - pytest's own arguments
        super().__init__(**given)
        self.shelf = shelf

    def collect(self) -> Iterator[pytest.Collector]:
        """Yield what the course has in this folder."""
        answers = known(self.shelf, self)
        inside = (path.relative_to(self.path) for path in answers if path.is_relative_to(self.path))
        for path in dict.fromkeys(self.path / one.parts[0] for one in inside):
            if self._ignored(path):
                continue
            kind = ExerciseFile if path in answers else Folder
            yield kind.from_parent(self, path=path, shelf=self.shelf)

    def _ignored(self, path: Path) -> bool:
        if self.session.isinitpath(path, with_parents=True):
            return False
        return bool(self.ihook.pytest_ignore_collect(collection_path=path, config=self.config))


class ExerciseFile(pytest.File):
    """A student's file, collected as the checks of its exercise."""

    def __init__(self, *, shelf: Shelf, **given: Any) -> None:  # noqa: ANN401 - pytest's own arguments
        super().__init__(**given)
        self.shelf = shelf

    def collect(self) -> Iterator[pytest.Item]:
        """Yield the checks, in order."""
        for check in known(self.shelf, self)[self.path].exercise.checks:
            yield CheckItem.from_parent(self, name=check.name, shelf=self.shelf)


class CheckItem(pytest.Item):
    """One check of one answer."""

    def __init__(self, *, shelf: Shelf, **given: Any) -> None:  # noqa: ANN401 - pytest's own arguments
        super().__init__(**given)
        self.shelf = shelf

    def setup(self) -> None:
        """Have the answer judged, once for all its checks; what is no verdict is told here."""
        try:
            report = self.shelf.report(self.path)
        except Fault as fault:
            pytest.fail(str(fault), pytrace=False)
        result = self._result(report)
        self.user_properties += properties(self.shelf, self.path, result)
        if result.outcome is Outcome.ERROR:
            pytest.fail(self.shelf.fault_screen(fault_story(result)), pytrace=False)
        if result.outcome in WAITING:
            raise pytest.skip.Exception(skip_reason(self.shelf, self.path, result), _use_item_location=True)

    def runtest(self) -> None:
        """Fail unless the check passed."""
        result = self._result(self.shelf.report(self.path))
        if result.outcome is not Outcome.PASSED:
            raise NotPassed

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:  # noqa: ANN401 - pytest asks only for toterminal()
        """Return the check's screen in place of a traceback."""
        if not isinstance(excinfo.value, NotPassed):
            return super().repr_failure(excinfo, style)
        return failure_screen(self.shelf, self.path, self._result(self.shelf.report(self.path)))

    def reportinfo(self) -> tuple[Path, int, str]:
        """Return where the check is: in the student's file, for there is nothing else to open."""
        return self.path, 0, self.name

    def _result(self, report: Report) -> Result:
        return next(result for result in report.results if result.check == self.name)


def known(shelf: Shelf, collector: pytest.Collector) -> Any:  # noqa: ANN401
    """Return the answers; a course that cannot be read is told in one sentence."""
    try:
        return shelf.answers
    except AuthorError as error:
        raise collector.CollectError(str(error)) from None


def files_of(shelf: Shelf, path: Path, parent: pytest.Collector) -> list[pytest.Collector]:
    """Return the collector of a file that is an answer, and none for any other file of a course."""
    return [ExerciseFile.from_parent(parent, path=path, shelf=shelf)] if path in known(shelf, parent) else []
