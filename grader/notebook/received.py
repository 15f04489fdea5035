"""Received: a notebook as a student handed it in, read so that nothing in it is believed.

It may be huge, no JSON at all, half merged by git, of an older format, or forged. What comes out is a list of plain
cells that any notebook program can take, or the reason why there is none.

What lies there in place of a notebook is the student's doing, and is graded as none. What the system does not let us
read is not: then nothing is known of the answer, and whoever grades must give no mark for it.
"""

from __future__ import annotations

import codecs
import json
import os
import re
import stat
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, Final, NamedTuple

from grader.exercise.reply import Problem
from grader.notebook.note import note
from grader.report.look import Look
from grader.report.words import say

LARGEST: Final = 512 << 20  # bytes that are looked at, at all
PARSED: Final = 16 << 20  # bytes that are parsed as they are; of more, the outputs are cut out first
MOST_CELLS: Final = 1000
TOKENS: Final = 5_000_000  # of what is cut out: a text is one of them, however long
LONGEST: Final = 1 << 20  # letters of one cell, as of one file
OPEN: Final = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0)
UTF_16: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)  # as some programs of Windows save
OUTPUTS: Final = re.compile(r'"outputs"\s*:\s*(?=\[)')
TOKEN: Final = re.compile(r'"(?:[^"\\]++|\\.)*+"?|[\[\]{}]', re.DOTALL)  # a text that never ends goes on to the end
MARKERS: Final = {"<<<<<<<": "ours", "|||||||": "base", "=======": "theirs", ">>>>>>>": "both"}  # what follows each
KINDS: Final = ("code", "markdown", "raw")
Cell = dict[str, Any]


class Unreadable(Exception):
    """A notebook that no cell can be taken from: a sentence for the instructor, and the problem for the student."""

    def __init__(self, why: str, *, message: str = "", **given: str) -> None:
        said = say(Look(), f"why.{why}", **given)
        super().__init__(f"{said} ({message})" if message else said)
        self.problem = Problem("unreadable", message, why=why, given=given)


class Unread(Exception):
    """The system does not let us read what was handed in: which file or folder, why, and what to do about it."""

    def __init__(self, path: Path, error: OSError) -> None:
        super().__init__(note(f"{path} cannot be opened", f"{error.strerror}; make it readable, and run this again"))


class Received(NamedTuple):
    """The cells, what the instructor should be told about them, and what is wrong with the notebook as a whole."""

    cells: list[Cell]
    notes: list[str]
    problem: Problem | None = None


def read_notebook(path: Path) -> Received:
    """Return the cells of a file; whatever is wrong with it is an `Unreadable`, and with the system an `Unread`."""
    content = content_of(path, LARGEST)
    try:
        text = content.decode("utf-16" if content.startswith(UTF_16) else "utf-8-sig")
    except UnicodeDecodeError:
        raise Unreadable("no_text") from None
    notes = []
    if len(text) > PARSED:
        notes.append(f"it is {len(text) >> 20} MB large, so the outputs in it are left out")
        text = _without_outputs(text)
    if text.startswith("<<<<<<<") or "\n<<<<<<<" in text:
        return _merged(text, notes)
    return Received(_cells(_parsed(text)), notes)


def received_from(path: Path) -> Received:
    """Return the cells of a file; of one that is no notebook there are none, and it is told why."""
    try:
        return read_notebook(path)
    except Unreadable as unreadable:
        return Received([], [str(unreadable)], unreadable.problem)


def content_of(path: Path, most: int) -> bytes:
    """Return what is in a file of a student's, if it is a plain one of at most so many bytes; no link is followed."""
    try:
        descriptor = os.open(path, OPEN)
    except OSError as error:
        with suppress(OSError):  # a link, a socket, a closed pipe: the student's doing, whatever the system calls it
            _must_be_plain(path.lstat(), path.name)
        raise Unread(path, error) from None
    try:
        told = os.fstat(descriptor)
        _must_be_plain(told, path.name)
        if told.st_size > most:
            raise Unreadable("large", size=f"{told.st_size >> 20}", most=f"{most >> 20}")
        with os.fdopen(descriptor, "rb", closefd=False) as file:
            return file.read(most)
    except OSError as error:
        raise Unread(path, error) from None
    finally:
        os.close(descriptor)


def is_there(path: Path) -> bool:
    """Say whether anything of that name was handed in; what cannot be known is an `Unread`, and no "no"."""
    try:
        path.lstat()
    except FileNotFoundError:
        return False
    except OSError as error:
        raise Unread(path.parent, error) from None
    return True


def _must_be_plain(told: os.stat_result, name: str) -> None:
    if stat.S_ISLNK(told.st_mode):
        raise Unreadable("link_to_file", name=name)
    if not stat.S_ISREG(told.st_mode):
        raise Unreadable("no_file")


def _without_outputs(text: str) -> str:
    """Return a notebook's text with empty lists of outputs; what is cut out is not parsed."""
    parts, at, tokens = [], 0, 0
    while (found := OUTPUTS.search(text, at)) is not None:
        depth = 0
        end = found.end()
        for token in TOKEN.finditer(text, found.end()):
            tokens += 1
            if tokens > TOKENS:
                raise Unreadable("much_output")
            depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(token[0], 0) if len(token[0]) == 1 else 0
            if depth == 0:
                end = token.end()
                break
        else:
            break  # they never end, so this is no JSON
        parts += [text[at : found.end()], "[]"]
        at = end
    made = "".join([*parts, text[at:]])
    if len(made) > PARSED:
        raise Unreadable("large_alone", size=f"{len(made) >> 20}")
    return made


def _parsed(text: str) -> Any:  # noqa: ANN401 - JSON
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Unreadable("no_json", message=str(error)[:200]) from None


def _merged(text: str, notes: list[str]) -> Received:
    """Return both sides of a merge as one: where they differ, the cell holds both, and says so."""
    try:
        ours, theirs = (_cells(_parsed(side)) for side in _sides(text))
    except Unreadable:
        raise Unreadable("conflict") from None
    if len(ours) != len(theirs):
        raise Unreadable("conflict_of_cells")
    for number, (one, other) in enumerate(zip(ours, theirs, strict=True), 1):
        if one["source"] != other["source"]:
            notes.append(f"cell {number} holds a merge conflict of git")
            one["source"] = f"<<<<<<<\n{one['source']}\n=======\n{other['source']}\n>>>>>>>"
    return Received(ours, notes)


def _sides(text: str) -> tuple[str, str]:
    """Return the text as it is on each side of git's markers, of which each begins a line."""
    sides: dict[str, list[str]] = {"ours": [], "theirs": []}
    now = "both"
    for line in text.split("\n"):
        if line[:7] in MARKERS:
            now = MARKERS[line[:7]]
            continue
        for side, lines in sides.items():
            if now in (side, "both"):
                lines.append(line)
    return "\n".join(sides["ours"]), "\n".join(sides["theirs"])


def _cells(notebook: Any) -> list[Cell]:  # noqa: ANN401 - JSON
    if not isinstance(notebook, dict):
        raise Unreadable("no_notebook")
    cells = notebook.get("cells")
    if cells is None and isinstance(notebook.get("worksheets"), list):  # version 3, of 2014
        sheets = notebook["worksheets"]
        cells = [cell for sheet in sheets if isinstance(sheet, dict) for cell in _listed(sheet.get("cells"))]
    if not isinstance(cells, list):
        raise Unreadable("no_cells")
    if len(cells) > MOST_CELLS:
        raise Unreadable("many_cells", count=f"{len(cells)}", most=f"{MOST_CELLS}")
    return list(_plain(cells))


def _plain(cells: list[Any]) -> Iterator[Cell]:
    for cell in cells:
        if not isinstance(cell, dict):
            continue
        kind = cell.get("cell_type")
        source = text_of(cell.get("source", cell.get("input")))[:LONGEST]
        told = cell.get("metadata")
        yield {
            "cell_type": kind if kind in KINDS else "raw",
            "source": source.replace("\r\n", "\n").replace("\r", "\n"),
            "outputs": _listed(cell.get("outputs")) if kind == "code" else [],
            "nbgrader": told.get("nbgrader") if isinstance(told, dict) else None,
            "attachments": cell.get("attachments"),
            "id": cell.get("id"),
        }


def text_of(value: object) -> str:
    """Return a text that may be given as a list of its lines; half characters are replaced."""
    whole = "".join(part for part in value if isinstance(part, str)) if isinstance(value, list) else value
    return whole.encode("utf-8", "replace").decode("utf-8") if isinstance(whole, str) else ""


def _listed(value: object) -> list[Any]:
    return value if isinstance(value, list) else []
