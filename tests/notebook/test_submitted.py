"""A submission's folder is made complete, and what nbgrader would stop at is set aside."""

# ruff: noqa: SIM300 - the order of this house is expected == actual

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from grader.notebook.submitted import complete, make_complete


@pytest.mark.parametrize(
    ("came", "left", "aside"),
    [
        (b"2026-01-01 10:00:00 UTC\n", b"2026-01-01 10:00:00 UTC\n", None),
        (b"", None, b""),
        (None, None, None),
        (b"last night", None, b"last night"),
        (b"\xff\xfe2\x00", None, b"\xff\xfe2\x00"),
        (b"99999999999999999999", None, b"99999999999999999999"),
    ],
)
def test_a_time_that_is_none_is_set_aside(
    tmp_path: Path, came: bytes | None, left: bytes | None, aside: bytes | None
) -> None:
    """It is kept under another name, and the submission has no time, which is never late."""
    if came is not None:
        (tmp_path / "timestamp.txt").write_bytes(came)
    complete(assignment="lab-00", student="ana", notebooks=[str(tmp_path / "lab-00.ipynb")])
    now = tmp_path / "timestamp.txt"
    assert (now.read_bytes() if now.exists() else None) == left
    kept = tmp_path / "timestamp-as-it-came.txt"
    assert (kept.read_bytes() if kept.exists() else None) == aside


def dangling(path: Path) -> None:
    """Make a link to nothing."""
    path.symlink_to(path.with_name("nowhere"))


def endless(path: Path) -> None:
    """Make a link to a file that never ends."""
    path.symlink_to("/dev/zero")


ODD: dict[str, Callable[[Path], object]] = {
    "endless": endless,
    "dangling": dangling,
    "queue": os.mkfifo,
    "folder": Path.mkdir,
    "no text": lambda path: path.write_bytes(b"\xff\xfe"),
    "empty": lambda path: path.write_bytes(b""),
    "large": lambda path: path.write_bytes(b"2" * 5000),
}


@pytest.mark.parametrize("made", ODD.values(), ids=ODD)
@pytest.mark.parametrize("name", ["timestamp", "submission_secret"])
def test_what_nbgrader_cannot_read_is_set_aside(tmp_path: Path, name: str, made: Callable[[Path], object]) -> None:
    """It is named; a secret is made anew, for without one `release_feedback` gives nobody any."""
    path, kept = tmp_path / f"{name}.txt", tmp_path / f"{name}-as-it-came.txt"
    made(path)
    kind = path.lstat().st_mode
    taken, (said,) = make_complete(tmp_path, "lab-00")
    assert (None, True, True) == (taken, said.startswith(path.name), said.endswith(f"it is kept as {kept.name}"))
    assert (kind, name == "submission_secret") == (kept.lstat().st_mode, os.path.lexists(path))
    assert 128 == len((tmp_path / "submission_secret.txt").read_text(encoding="ascii"))


def test_a_link_in_the_place_of_the_notebook_is_not_written_through(tmp_path: Path) -> None:
    """Where it leads is none of the student's business."""
    folder = tmp_path / "ana"
    folder.mkdir()
    (folder / "lab-00.ipynb").symlink_to(tmp_path / "elsewhere")
    (folder / "other.ipynb").write_bytes(OURS)
    assert (None, []) == make_complete(folder, "lab-00")
    assert [folder] == list(tmp_path.iterdir())


OURS = b'{"cells": [{"cell_type": "code", "source": "", "metadata": {"nbgrader": {"grade_id": "softmax-check"}}}]}'


@pytest.mark.parametrize(
    ("files", "taken"),
    [
        ({"lab-00 (1).ipynb": OURS}, True),
        ({"lab-00 (1).ipynb": OURS, "Untitled.ipynb": b'{"cells": []}'}, True),
        ({"lab-00.ipynb.json": OURS}, True),
        ({"lab-00.IPYNB": OURS}, True),
        ({"work/lab-00.ipynb": OURS}, True),
        ({"lab-00 (1).ipynb": OURS, ".ipynb_checkpoints/lab-00 (1)-checkpoint.ipynb": OURS}, True),
        ({"lab-00 (1).ipynb": OURS, "lab-00 (2).ipynb": OURS}, False),
        ({"Untitled.ipynb": b'{"cells": []}'}, False),
        ({"answer.txt": OURS}, False),
    ],
    ids=lambda value: ", ".join(value) if isinstance(value, dict) else "",
)
def test_the_one_notebook_of_ours_is_taken_whatever_it_is_called(
    tmp_path: Path, files: dict[str, bytes], *, taken: bool
) -> None:
    """What was handed in stays as it is; of two, nobody can say which is meant."""
    for name, content in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(content)
    notebooks = [str(tmp_path / "Untitled.ipynb")]
    complete(assignment="lab-00", student="ana", notebooks=notebooks)
    wanted = tmp_path / "lab-00.ipynb"
    assert (wanted.exists(), notebooks == [str(wanted)]) == (taken, taken)
    assert {name: (tmp_path / name).read_bytes() for name in files} == files
