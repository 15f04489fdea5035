"""Notebooks: the check in a student's kernel, and the autograder of an instructor who uses nbgrader.

A student imports ``check``, ``hint`` and ``show``; none of them loads nbgrader, nor any room where solutions are read.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from grader.notebook.checking import check
    from grader.notebook.hinting import hint
    from grader.notebook.showing import show

_ROOMS = {"check": "checking", "hint": "hinting", "show": "showing"}

__all__ = ["check", "hint", "show"]


def __getattr__(name: str) -> object:
    """Import a name when it is first used: an instructor's autograder pays for no card's template."""
    if name not in _ROOMS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_ROOMS[name]}"), name)
