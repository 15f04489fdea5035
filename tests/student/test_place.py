"""Where a student's exercises are: the course that is named, the nearest one, or the grader's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.exercise.check import AuthorError
from grader.student.place import Desk, find_desk, shown


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """Return a folder of exercises."""
    (tmp_path / "exercises" / "mean" / "deep").mkdir(parents=True)
    (tmp_path / "exercises" / "course.json").touch()
    return tmp_path / "exercises"


@pytest.mark.parametrize("where", [".", "exercises", "exercises/mean", "exercises/mean/deep"])
def test_the_nearest_course_is_found(where: str, course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From beside it, in it and below it."""
    monkeypatch.chdir(course.parent / where)
    assert find_desk() == Desk(course, course, course / ".grader")


def test_the_exercise_is_the_one_whose_folder_one_is_in(course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """At the top it is none of them."""
    monkeypatch.chdir(course / "mean" / "deep")
    assert find_desk().here(("mean",)) == "mean"
    monkeypatch.chdir(course)
    assert find_desk().here(("mean",)) is None


@pytest.mark.parametrize("named", [".", "exercises"])
def test_a_named_course_may_be_the_folder_or_the_one_around_it(named: str, course: Path) -> None:
    """An unpacked bundle has exercises/ in it."""
    assert find_desk(course.parent / named).course.resolve() == course


def test_a_folder_without_a_course_is_refused(tmp_path: Path) -> None:
    """One sentence says what is missing."""
    with pytest.raises(AuthorError, match=r"holds no course\.json, so it is no folder of exercises"):
        find_desk(tmp_path)


def test_the_graders_own_course_checks_files_of_the_working_directory(tmp_path: Path) -> None:
    """Flat files and folders are both found there; history is kept beside them."""
    desk = Desk(tmp_path / "wheel", tmp_path, tmp_path / ".grader")
    assert desk.answer("mean") == tmp_path / "mean.py"
    (tmp_path / "mean").mkdir()
    (tmp_path / "mean" / "mean.py").touch()
    assert desk.answer("mean") == tmp_path / "mean" / "mean.py"


def test_a_path_is_shown_as_it_is_typed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Relative below the working directory, whole elsewhere."""
    monkeypatch.chdir(tmp_path)
    assert shown(tmp_path / "a" / "b.py") == "a/b.py"
    assert shown(Path("/elsewhere/b.py")) == "/elsewhere/b.py"
