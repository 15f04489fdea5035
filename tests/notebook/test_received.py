"""A notebook that cannot be read is told why in a sentence that its student understands."""

# ruff: noqa: SIM300 - the order of this house is expected == actual

from __future__ import annotations

import os
import re
import socket
from pathlib import Path

import pytest

from grader.notebook.received import Unread, Unreadable, is_there, read_notebook


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("link", "link is a link; hand in the file itself."),
        ("folder", "It is no file."),
        ("pipe", "It is no file."),
        ("socket", "It is no file."),
    ],
)
def test_what_is_no_file_is_called_what_it_is(tmp_path: Path, name: str, said: str) -> None:
    """A link is not followed, wherever it leads."""
    (tmp_path / "folder").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "folder")
    os.mkfifo(tmp_path / "pipe")
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(os.path.relpath(tmp_path / "socket"))  # the whole path may be too long for the name of a socket
        with pytest.raises(Unreadable, match=f"^{re.escape(said)}$"):
            read_notebook(tmp_path / name)


def test_a_closed_folder_in_the_place_of_the_notebook_is_still_a_folder(ordinary: Path) -> None:
    """What the system calls it does not matter: a student put it there."""
    (ordinary / "lab.ipynb").mkdir(mode=0)
    with pytest.raises(Unreadable, match=r"^It is no file\.$"):
        read_notebook(ordinary / "lab.ipynb")


def test_what_the_system_does_not_let_us_read_is_no_fault_of_the_notebook(ordinary: Path) -> None:
    """It is told which file, in the operating system's words, and what to do; a name in it is cleaned."""
    path = ordinary / "lab\x1b[2J.ipynb"
    path.touch(mode=0)
    with pytest.raises(Unread) as closed:
        read_notebook(path)
    said = "cannot be opened: Permission denied; make it readable, and run this again"
    assert f"{ordinary}/lab.ipynb {said}" == str(closed.value)


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="needs a file that opens and cannot be read")
def test_what_opens_and_cannot_be_read_is_no_fault_of_the_notebook_either() -> None:
    """As on a disk that is broken: the first bytes of a process are no memory."""
    said = "/proc/self/mem cannot be opened: Input/output error; make it readable, and run this again"
    with pytest.raises(Unread, match=f"^{re.escape(said)}$"):
        read_notebook(Path("/proc/self/mem"))


def test_whether_anything_is_there_is_not_guessed(ordinary: Path) -> None:
    """In a folder that cannot be entered there may be anything."""
    folder = ordinary / "ana"
    folder.mkdir()
    (folder / "lab.ipynb").symlink_to("nowhere")
    assert [True, False] == [is_there(folder / name) for name in ("lab.ipynb", "other.ipynb")]
    folder.chmod(0o444)
    with pytest.raises(Unread, match=f"^{re.escape(str(folder))} cannot be opened: Permission denied; "):
        is_there(folder / "lab.ipynb")
    folder.chmod(0o755)


PLAIN = '{"cells": [{"cell_type": "code", "source": "HERE"}]}'


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"<<<<<<<\n" * (1 << 17), "git left a merge conflict in it; settle it."),
        (b"<<<<<<< HEAD\n" + PLAIN.encode(), "git left a merge conflict in it; settle it."),
        (b'{"cells":[{"outputs": [' + b'\\"' * (9 << 20), "It is 18 MB large without its outputs."),
        (b'{"cells":[{"outputs": ["' + b'"outputs": [' * (3 << 19), "It is 18 MB large without its outputs."),
    ],
    ids=["markers", "half a conflict", "a text without end", "lists without end"],
)
def test_a_file_made_to_take_long_is_read_in_a_moment(tmp_path: Path, content: bytes, said: str) -> None:
    """It is looked at once, from its beginning to its end; to look anew at each mark would take hours."""
    path = tmp_path / "lab.ipynb"
    path.write_bytes(content)
    with pytest.raises(Unreadable, match=re.escape(said)):
        read_notebook(path)


def test_both_sides_of_a_conflict_are_kept(tmp_path: Path) -> None:
    """With what git writes between them where it shows the common ancestor, and with the line ends of Windows."""
    sides = '<<<<<<< HEAD\r\n"ours"\r\n||||||| base\r\n"base"\r\n=======\r\n"theirs"\r\n>>>>>>> main'
    path = tmp_path / "lab.ipynb"
    path.write_bytes(PLAIN.replace('"HERE"', f"\r\n{sides}\r\n").encode())
    (cell,) = read_notebook(path).cells
    assert cell["source"] == "<<<<<<<\nours\n=======\ntheirs\n>>>>>>>"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_byte_order_mark_tells_the_encoding(tmp_path: Path, encoding: str) -> None:
    """Some programs of Windows save so."""
    path = tmp_path / "lab.ipynb"
    path.write_bytes(PLAIN.replace("HERE", "ñ").encode(encoding))
    assert [cell["source"] for cell in read_notebook(path).cells] == ["ñ"]
