"""Submitted: the folder of a submission, made complete before nbgrader looks at it.

What is handed in by another way than nbgrader's exchange lacks what `release_feedback` reads, and may have a file of
another name. Only what is missing is added; nothing that a student handed in is changed or removed.

A submission without a time stays without one, for formgrader stops at an empty file. `release_feedback` stops where
there is none; so what was graded gets one, of long ago: it says that any other is newer.
"""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Callable
from filecmp import cmp
from itertools import islice
from pathlib import Path
from typing import Final

from nbgrader.utils import parse_utc
from traitlets.log import get_logger

from grader.notebook.note import note
from grader.notebook.received import Unread, Unreadable, content_of, is_there, read_notebook
from grader.notebook.released import CHECK, claimed

SECRET: Final = "submission_secret.txt"  # noqa: S105 - the name of a file
TIMESTAMP: Final = "timestamp.txt"
AS_IT_CAME: Final = "-as-it-came"  # is added to the name of a file that is not what nbgrader reads in it
LONG_AGO: Final = "1970-01-01 00:00:00 UTC\n"
CHECKPOINTS: Final = ".ipynb_checkpoints"  # older states of a notebook, which Jupyter keeps
SMALL: Final = 4096  # bytes of a time or a secret
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
        try:
            is_there(folder / f"{assignment}.ipynb")
        except Unread as unread:  # nbgrader would take it for not handed in, and write 0; with an empty list it fails
            get_logger().error("%s", note(str(folder), str(unread)))
            notebooks.clear()
            return
        taken, notes = make_complete(folder, assignment)
        for said in notes:
            get_logger().warning("%s", note(str(folder), said))
        if taken is not None:
            notebooks[:] = [str(folder / f"{assignment}.ipynb")]


def make_complete(folder: Path, assignment: str) -> tuple[Path | None, list[str]]:
    """Add what a submission lacks; return which file was taken for the notebook, if none has its name, and notes."""
    notes = []
    if _set_aside(folder / SECRET, _is_secret):
        notes.append(f"{SECRET} is no short text, so a new one was made; it is kept as {_aside(folder / SECRET).name}")
    if not (folder / SECRET).exists():
        (folder / SECRET).write_text(secrets.token_hex(64), encoding="ascii")
    if _set_aside(folder / TIMESTAMP, _is_time):
        kept = _aside(folder / TIMESTAMP).name
        notes.append(f"{TIMESTAMP} is no time, so nothing counts as late; it is kept as {kept}")
    taken = _renamed(folder, assignment)
    if taken is not None:
        wanted = folder / f"{assignment}.ipynb"
        notes.append(f"{taken.relative_to(folder)} is taken for {wanted.name}")
        shutil.copyfile(taken, wanted, follow_symlinks=False)
    return taken, notes


def others(folder: Path, assignment: str) -> list[Path]:
    """Return the names of the notebooks in a submission that say something else than the one that is graded."""
    wanted = folder / f"{assignment}.ipynb"
    there = (path for path in notebooks_in(folder) if path != wanted)
    return [path.relative_to(folder) for path in there if not (wanted.is_file() and cmp(path, wanted, shallow=False))]


def _set_aside(path: Path, is_right: Callable[[str], bool]) -> bool:
    """Give a file at which nbgrader would stop another name, and say whether it had to be."""
    if not is_there(path):
        return False
    try:
        right = is_right(content_of(path, SMALL).decode("utf-8"))
    except (Unreadable, ValueError, OverflowError):
        right = False
    if not right:
        path.replace(_aside(path))
    return not right


def _aside(path: Path) -> Path:
    return path.with_name(f"{path.stem}{AS_IT_CAME}{path.suffix}")


def _is_secret(text: str) -> bool:
    return text != ""


def _is_time(text: str) -> bool:
    return parse_utc(text.strip()) is not None


def _renamed(folder: Path, assignment: str) -> Path | None:
    """Return the one notebook of ours that was handed in, if none has the name that it was handed out under."""
    if is_there(folder / f"{assignment}.ipynb"):  # to write to a link would write to where it leads
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
