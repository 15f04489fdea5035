"""Taking submissions in: whatever lies in a student's folder, it is read, or refused with its reason, at once."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from grader.exercise.reply import Problem
from grader.fence.intake import LARGEST, read_file, take_in

SOURCE = b"def mean(x): ...\n"


def nothing(folder: Path) -> None:
    """Leave the folder empty."""


def link_to_file(folder: Path) -> None:
    """Point at another student's file."""
    (folder.parent / "other.py").write_bytes(SOURCE)
    (folder / "mean.py").symlink_to("../other.py")


def broken_link(folder: Path) -> None:
    """Point at nothing."""
    (folder / "mean.py").symlink_to("nowhere")


def link_to_folder(folder: Path) -> None:
    """Point at another student's folder."""
    (folder.parent / "other").mkdir()
    (folder.parent / "other" / "mean.py").write_bytes(SOURCE)
    (folder / "mean").symlink_to("../other")


def pipe(folder: Path) -> None:
    """Leave a pipe that nobody writes to."""
    os.mkfifo(folder / "mean.py")


def inner_pipe(folder: Path) -> None:
    """Leave a pipe one folder down."""
    (folder / "mean").mkdir()
    os.mkfifo(folder / "mean" / "mean.py")


def folder_as_file(folder: Path) -> None:
    """Name a folder like a file."""
    (folder / "mean.py").mkdir()


def bound_socket(folder: Path) -> None:
    """Leave a socket."""
    with socket.socket(socket.AF_UNIX) as bound:
        bound.bind(os.path.relpath(folder / "mean.py"))


def too_large(folder: Path) -> None:
    """Leave a file with a byte too many."""
    (folder / "mean.py").write_bytes(b"#" * (LARGEST + 1))


def two_files(folder: Path) -> None:
    """Leave two files for one exercise."""
    (folder / "mean").mkdir()
    (folder / "mean" / "mean.py").write_bytes(SOURCE)
    (folder / "mean.py").write_bytes(SOURCE)


def empty_subfolder(folder: Path) -> None:
    """Leave an empty folder with the exercise's name."""
    (folder / "mean").mkdir()


def other_case(folder: Path) -> None:
    """Write the file's name with a capital letter."""
    (folder / "Mean.py").write_bytes(SOURCE)


def other_ending(folder: Path) -> None:
    """Write the ending large, one folder down."""
    (folder / "mean").mkdir()
    (folder / "mean" / "mean.PY").write_bytes(SOURCE)


MEAN = {"name": "mean.py"}
REFUSED = {
    nothing: Problem("missing", ""),
    empty_subfolder: Problem("missing", ""),
    other_case: Problem("misnamed", "", why="misnamed", given={"name": "Mean.py"}),
    other_ending: Problem("misnamed", "", why="misnamed", given={"name": "mean.PY"}),
    link_to_file: Problem("symbolic link", "", why="link_to_file", given=MEAN),
    broken_link: Problem("symbolic link", "", why="link_to_file", given=MEAN),
    link_to_folder: Problem("symbolic link", "", why="link_to_folder", given={"name": "mean"}),
    pipe: Problem("no file", "", why="pipe", given=MEAN),
    inner_pipe: Problem("no file", "", why="pipe", given=MEAN),
    folder_as_file: Problem("no file", "", why="folder", given=MEAN),
    bound_socket: Problem("no file", "", why="socket", given=MEAN),
    too_large: Problem("too large", "", why="too_large", given={**MEAN, "most": "1"}),
    two_files: Problem("two files", "", why="two_files", given={**MEAN, "other": "mean/mean.py"}),
}


@pytest.mark.parametrize("make", REFUSED, ids=lambda make: make.__name__)
def test_what_is_no_plain_file_is_refused_with_its_reason(make: Callable[[Path], None], tmp_path: Path) -> None:
    """Nothing is followed, waited for or guessed."""
    folder = tmp_path / "ana"
    folder.mkdir()
    make(folder)
    taken = take_in(folder, ["mean"])
    assert (taken.student, taken.sources, taken.problems) == ("ana", {}, {"mean": REFUSED[make]})


@pytest.mark.parametrize("name", ["mean.py", "mean/mean.py"])
def test_a_file_is_found_beside_or_in_the_folder_of_its_exercise(name: str, tmp_path: Path) -> None:
    """Both places are right, as long as there is one file."""
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_bytes(SOURCE)
    assert take_in(tmp_path, ["mean"], student="ana").sources == {"mean": SOURCE}


def test_a_linked_student_is_refused(tmp_path: Path) -> None:
    """A link in place of a student's folder leads nowhere, wherever it points."""
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "mean.py").write_bytes(SOURCE)
    (tmp_path / "ana").symlink_to("elsewhere")
    assert take_in(tmp_path / "ana", ["mean"]).problems == {
        "mean": Problem("symbolic link", "", why="link_to_folder", given={"name": "ana"})
    }


def test_one_bad_file_does_not_hide_a_good_one(tmp_path: Path) -> None:
    """Each exercise is taken in by itself."""
    (tmp_path / "mean.py").write_bytes(SOURCE)
    taken = take_in(tmp_path, ["mean", "median"])
    assert (set(taken.sources), set(taken.problems)) == ({"mean"}, {"median"})


@pytest.mark.parametrize(
    ("closed", "mode", "named"),
    [
        ("mean/mean.py", 0, "mean.py"),
        ("mean", 0, "mean"),
        ("mean", 0o444, "mean.py"),
        (".", 0, "ana"),
        (".", 0o444, "mean"),
    ],
)
def test_what_we_may_not_read_is_no_problem_of_the_student_s(
    closed: str, mode: int, named: str, ordinary: Path
) -> None:
    """It is neither an answer nor a missing one, and is told in the operating system's words."""
    (ordinary / "ana" / "mean").mkdir(parents=True)
    (ordinary / "ana" / "mean" / "mean.py").write_bytes(SOURCE)
    (ordinary / "ana" / closed).chmod(mode)
    taken = take_in(ordinary / "ana", ["mean"])
    (ordinary / "ana" / closed).chmod(0o755)
    assert (taken.sources, taken.problems) == ({}, {})
    assert taken.unread == {"mean": f"{named} cannot be opened: Permission denied"}


def test_a_file_of_ones_own_that_is_closed_is_a_problem(ordinary: Path) -> None:
    """Whoever checks their own code can open it to themselves."""
    (ordinary / "mean.py").write_bytes(SOURCE)
    (ordinary / "mean.py").chmod(0)
    closed = Problem("unreadable", "Permission denied", why="unopened", given=MEAN)
    assert read_file(ordinary / "mean.py") == closed


def test_a_named_file_may_be_a_link_of_ones_own(tmp_path: Path) -> None:
    """A student who checks their own file may keep it where they like."""
    (tmp_path / "real.py").write_bytes(SOURCE)
    (tmp_path / "mean.py").symlink_to("real.py")
    assert read_file(tmp_path / "mean.py") == SOURCE


def test_a_link_in_a_circle_is_a_problem(tmp_path: Path) -> None:
    """A link to itself ends, too."""
    (tmp_path / "mean.py").symlink_to("mean.py")
    found = read_file(tmp_path / "mean.py")
    assert isinstance(found, Problem)
    assert found.kind in {"unreadable", "missing"}


def test_a_named_file_that_is_not_there_is_missing(tmp_path: Path) -> None:
    """A missing file has the kind that the screens know."""
    assert read_file(tmp_path / "mean.py") == Problem("missing", "")


def test_a_named_file_that_is_there_in_other_letters_is_named(tmp_path: Path) -> None:
    """Some systems take the two for one; where the answer is graded, they may be two."""
    (tmp_path / "mean.PY").write_bytes(SOURCE)
    assert read_file(tmp_path / "mean.py") == Problem("misnamed", "", why="misnamed", given={"name": "mean.PY"})
