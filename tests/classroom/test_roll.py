"""The roll: every folder is a student, shown safely and filed under a name of its own."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from grader.classroom.roll import Entry, call_the_roll, file_names, passed_over, refuse_inside, shown
from grader.exercise.check import AuthorError

HOSTILE = ["a\x1b[2Jb", "a\nb", "\u202egnp", "ana\udcff", "a\\x1b", "..", "-rf", "ana ", "日本", "a\u2215b"]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_is_shown_without_anything_that_a_terminal_obeys(name: str) -> None:
    """What is printed can be printed, and read by every JSON reader."""
    assert shown(name).isprintable()
    assert shown(name).encode()


def test_names_stay_different() -> None:
    """No escaped name is another student's plain one."""
    names = ["a\x1b", "a\\x1b", "a\\u{1b}", "a\\\\u{1b}", "a\udcff", "a\\xff"]
    assert len({shown(name) for name in names}) == len(names)


def test_file_names_never_collide() -> None:
    """Names that differ in what a file name cannot hold, or in case, are files of their own."""
    students = ["ana", "Ana", "a:b", "a?b", "a_b", "a" * 300, "a" * 301, "é", "e\u0301", "..", ".", "日本" * 60]
    made = file_names(students)
    assert len({name.casefold() for name in made.values()}) == len(students)
    assert all(len(f"{name}.txt".encode()) < 255 and not name.startswith(".") for name in made.values())


def test_plain_names_are_kept() -> None:
    """Who looks for a student's page finds it by the student's name."""
    assert file_names(["Ruiz, Ana", "bob_7"]) == {"Ruiz, Ana": "Ruiz, Ana", "bob_7": "bob_7"}


def test_the_roll_is_sorted_and_passes_over_what_is_no_student(tmp_path: Path) -> None:
    """Plain files, hidden folders and what archives leave behind are nobody."""
    for name in ("bob", "ana", ".git", "__MACOSX", "__pycache__"):
        (tmp_path / name).mkdir()
    (tmp_path / "expected.csv").touch()
    assert call_the_roll(tmp_path) == [Entry("ana", tmp_path / "ana"), Entry("bob", tmp_path / "bob")]


def test_hidden_folders_with_an_answer_are_known(tmp_path: Path) -> None:
    """They may be students; what holds no file of an exercise is some program's own."""
    for file in (".git/config", ".ipynb_checkpoints/x.ipynb", ".eve/mean.py", ".dan/mean/mean.py", "ana/mean.py"):
        (tmp_path / file).parent.mkdir(parents=True)
        (tmp_path / file).touch()
    (tmp_path / ".mean.py").touch()
    assert passed_over(tmp_path, ["mean", "median"]) == [".dan", ".eve"]


@pytest.mark.skipif(os.name != "posix", reason="other systems have no such names")
def test_a_name_that_is_no_text_is_on_the_roll(tmp_path: Path) -> None:
    """A folder whose name is no UTF-8 is a student like any other."""
    (tmp_path / os.fsdecode(b"ana\xff")).mkdir()
    assert [entry.student for entry in call_the_roll(tmp_path)] == ["ana\\xff"]


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("nowhere", "there is no folder {}; name the one that holds one folder per student"),
        ("file", "{} is a file; name the folder that holds one folder per student"),
        ("empty", "{} holds no student; it must hold one folder per student, with the answers in it"),
    ],
)
def test_a_folder_without_students_is_refused(name: str, sentence: str, tmp_path: Path) -> None:
    """One sentence says what was wrong, where, and what to do."""
    (tmp_path / "file").touch()
    (tmp_path / "empty").mkdir()
    with pytest.raises(AuthorError) as raised:
        call_the_roll(tmp_path / name)
    assert str(raised.value) == sentence.format(tmp_path / name)


def test_a_class_that_cannot_be_opened_is_refused(ordinary: Path) -> None:
    """There is nobody to grade, so nothing is begun."""
    (ordinary / "class").mkdir(mode=0)
    with pytest.raises(AuthorError) as raised:
        call_the_roll(ordinary / "class")
    assert str(raised.value) == (
        f"{ordinary}/class cannot be read: Permission denied; make it readable, and run this again"
    )


def test_results_are_not_written_among_submissions(tmp_path: Path) -> None:
    """The next run would take the results for a student."""
    with pytest.raises(AuthorError, match="choose an --out elsewhere"):
        refuse_inside(tmp_path, tmp_path / "out")
