"""Which installed packages a student may import: those that are named, each from its own folder.

All of site-packages on the path would offer the grader itself, and whatever else is installed there.
"""

from __future__ import annotations

import importlib.abc
import sys
from collections.abc import Mapping, Sequence
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType


class Offered(importlib.abc.MetaPathFinder):
    """Finds the named top-level packages; what lies below them is found by Python itself."""

    def __init__(self, folders: Mapping[str, str]) -> None:
        self.folders = dict(folders)

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Return the spec of an offered package."""
        folder = self.folders.get(fullname) if path is None else None
        return None if folder is None else PathFinder.find_spec(fullname, [folder], target)


def offer(folders: Mapping[str, str]) -> None:
    """Offer these packages: name -> the folder that holds it."""
    sys.meta_path.append(Offered(folders))
