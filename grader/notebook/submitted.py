"""Submitted: the folder of a submission, made complete before nbgrader looks at it.

What is handed in by another way than nbgrader's exchange lacks what `release_feedback` reads, and may have a file of
another name. Only what is missing is added; nothing that a student handed in is changed or removed.

A submission without a time stays without one, for formgrader stops at an empty file. `release_feedback` stops where
there is none; so what was graded gets one, of long ago: it says that any other is newer.
"""

from __future__ import annotations

import secrets
import shutil
from itertools import islice
from pathlib import Path
from typing import Final

from nbgrader.utils import parse_utc
from traitlets.log import get_logger

from grader.notebook.received import Unreadable, read_notebook
from grader.notebook.released import CHECK, claimed

SECRET: Final = "submission_secret.txt"  # noqa: S105 - the name of a file
TIMESTAMP: Final = "timestamp.txt"
NO_TIME: Final = "timestamp-as-it-came.txt"
LONG_AGO: Final = "1970-01-01 00:00:00 UTC\n"
CHECKPOINTS: Final = ".ipynb_checkpoints"  # older states of a notebook, which Jupyter keeps
MOST_FILES: Final = 200  # of a submission, that are looked at for a notebook of another name


def complete(*, assignment: str, student: str, notebooks: list[str]) -> None:
    """Add what a submission lacks; nbgrader calls this for each, with the files that it found.

    Parameters
    ----------
    assignment, student : str
        As nbgrader was asked for them; a pattern, where several are graded.
    notebooks : list of str
        The submitted notebooks. It is nbgrader's own list: a file that is added here is graded.
    """
    del student
    for folder in {Path(notebook).parent for notebook in notebooks}:
        _add(folder / SECRET, secrets.token_hex(64))
        _set_aside(folder / TIMESTAMP)
        renamed = _renamed(folder, assignment)
        if renamed is not None:
            wanted = folder / f"{assignment}.ipynb"
            get_logger().warning("%s: %s is taken for %s", folder, renamed.name, wanted.name)
            shutil.copyfile(renamed, wanted, follow_symlinks=False)
            notebooks[:] = [str(wanted)]


def _add(path: Path, text: str) -> None:
    if not path.exists() and not path.is_symlink():
        path.write_text(text, encoding="ascii")


def _set_aside(path: Path) -> None:
    """Give a time that is none another name: nbgrader would stop at it, and remove what was graded before."""
    try:
        if path.exists():
            parse_utc(path.read_text(encoding="utf-8").strip())
    except (OSError, ValueError, OverflowError):
        kept = path.with_name(NO_TIME)
        get_logger().warning("%s is no time, so nothing counts as late; it is kept as %s", path, kept.name)
        path.replace(kept)


def _renamed(folder: Path, assignment: str) -> Path | None:
    """Return the one notebook of ours that was handed in, if none has the name that it was handed out under."""
    if (folder / f"{assignment}.ipynb").exists():
        return None
    ours = [path for path in notebooks_in(folder) if _is_ours(path)]
    return ours[0] if len(ours) == 1 else None


def notebooks_in(folder: Path) -> list[Path]:
    """Return all files of a submission that may be notebooks, whatever was added to their names on the way."""
    found = islice((path for path in folder.rglob("*") if path.is_file() and not path.is_symlink()), MOST_FILES)
    own = (path for path in found if CHECKPOINTS not in path.parts)
    return sorted(path for path in own if ".ipynb" in path.name.lower())


def _is_ours(path: Path) -> bool:
    """Say whether a notebook holds a check of ours; the notebooks of other assignments may be called anything."""
    try:
        cells = read_notebook(path).cells
    except Unreadable:
        return False
    return any(claimed(cell).endswith(CHECK) for cell in cells)
