"""A notebook that cannot be read is told why in a sentence that its student understands."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from grader.notebook.received import Unreadable, read_notebook


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("link", "link is a link; hand in the file itself."),
        ("folder", "folder cannot be opened. (Is a directory)"),
        ("missing", "missing cannot be opened. (No such file or directory)"),
    ],
)
def test_what_is_no_file_is_called_what_it_is(tmp_path: Path, name: str, said: str) -> None:
    """A link is not followed, wherever it leads."""
    (tmp_path / "folder").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "folder")
    with pytest.raises(Unreadable, match=f"^{re.escape(said)}$"):
        read_notebook(tmp_path / name)


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
