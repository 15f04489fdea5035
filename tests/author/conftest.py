"""A tiny course to break: the exercise that `grader new` writes, and one proof of it that all tests of a run share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from grader.author.new import new_exercise
from grader.author.prove import Proof, prove
from grader.exercise.course import load_author_course

COURSE = '[title]\nen = "A course"\nes = "Un curso"\n\n[[assignment]]\nslug = "lab-00"\nexercises = ["mean"]\n'


def write_course(folder: Path) -> Path:
    """Write a course with one exercise, which proves itself."""
    (folder / "course.toml").write_text(COURSE, encoding="utf-8")
    new_exercise("mean", folder)
    return folder


@pytest.fixture
def solutions(tmp_path: Path) -> Path:
    """Return a course of this test alone, to be broken."""
    (tmp_path / "solutions").mkdir()
    return write_course(tmp_path / "solutions")


@pytest.fixture(scope="session")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a course that nobody breaks."""
    return write_course(tmp_path_factory.mktemp("whole"))


@pytest.fixture
def proved(capsys: pytest.CaptureFixture[str]) -> Callable[[Path], Proof]:
    """Return a function that proves the exercise of a course, without the artefacts of a project, and in silence."""

    def run(folder: Path) -> Proof:
        proof = prove(load_author_course(folder), ["mean"], None)
        assert capsys.readouterr() == ("", "")  # what an answer prints is not for its author's terminal
        return proof

    return run


@pytest.fixture(scope="session")
def proof(whole: Path) -> Proof:
    """Return the proof of the course that nobody breaks."""
    return prove(load_author_course(whole), ["mean"], None)


@pytest.fixture
def edit(solutions: Path) -> Callable[[str, str, str], None]:
    """Return a function that replaces a text in a file of the exercise."""

    def replace(name: str, old: str, new: str) -> None:
        path = solutions / "mean" / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")

    return replace
