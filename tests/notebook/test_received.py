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
