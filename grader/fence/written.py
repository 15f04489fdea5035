"""What a student wrote, as children are told of it: files under their exercises' names, or the cells of a notebook.

Either way it is bytes that nobody here parses, with the names under which a person finds them again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Protocol

from grader.child.wire import Tree, WireError, pack

CELL: Final = "cell {number}"  # how a cell is called, in tracebacks and on screens; people count from 1
NOTHING: Final[Mapping[int, object]] = {}


class Written(Protocol):
    """Files or cells."""

    def knows(self, slug: str) -> bool:
        """Return whether there may be an answer to an exercise."""

    def opening(self, skipped: Mapping[int, object] = NOTHING) -> bytes:
        """Return the frame that gives it to a child."""

    def home(self, slug: str, told: Tree) -> tuple[str, bytes]:
        """Return the name and the text of what holds an exercise's functions, by what a child told of it."""

    def cell(self, told: Tree) -> int:
        """Return the number of a cell that a child named."""


@dataclass(frozen=True)
class Files:
    """One file for each exercise."""

    sources: Mapping[str, bytes]

    def knows(self, slug: str) -> bool:
        """Return whether there is a file for an exercise."""
        return slug in self.sources

    def opening(self, skipped: Mapping[int, object] = NOTHING) -> bytes:
        """Return the frame that gives the files to a child."""
        del skipped
        return pack({"sources": {slug: len(text) for slug, text in self.sources.items()}}, list(self.sources.values()))

    def home(self, slug: str, told: Tree) -> tuple[str, bytes]:
        """Return the file of an exercise."""
        del told
        return f"{slug}.py", self.sources[slug]

    def cell(self, told: Tree) -> int:
        """Refuse: a file has no cells."""
        raise WireError(f"a cell of a file: {told!r}"[:80])


@dataclass(frozen=True)
class Notebook:
    """The code cells of a notebook but its checks.

    Parameters
    ----------
    cells : tuple of (int, bytes)
        Where each stands among all cells, counted from 1, and its text.
    until : mapping
        For each exercise, how many of these cells stand above its check.
    own : mapping
        For each exercise, which of these cells was handed out for it, where that is still known.
    """

    cells: tuple[tuple[int, bytes], ...]
    until: Mapping[str, int]
    own: Mapping[str, int]

    def knows(self, slug: str) -> bool:
        """Return whether the exercise is one of this notebook's."""
        return slug in self.until

    def opening(self, skipped: Mapping[int, object] = NOTHING) -> bytes:
        """Return the frame that gives the cells to a child."""
        sizes = [(CELL.format(number=number), len(text)) for number, text in self.cells]
        told = {"cells": sizes, "until": dict(self.until), "own": dict(self.own), "skip": list(skipped)}
        return pack(told, [text for _, text in self.cells])

    def home(self, slug: str, told: Tree) -> tuple[str, bytes]:
        """Return the cell that a child says holds an exercise's functions, else the one handed out for it."""
        index = self.own.get(slug) if told is None else self.cell(told)
        if index is None:
            return f"{slug}.py", b""
        number, text = self.cells[index]
        return CELL.format(number=number), text

    def cell(self, told: Tree) -> int:
        """Return the number of a cell that a child named."""
        if type(told) is not int or not 0 <= told < len(self.cells):
            raise WireError("a cell that is not there")
        return told
