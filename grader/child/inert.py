"""What a notebook's cells expect of the notebook: `display`, widgets, our own check cards. Here they do nothing.

A cell that shows something must go on to what it defines, so whatever is asked of these objects is another of them.
"""

from __future__ import annotations

import importlib.abc
import sys
from collections.abc import Iterator, Sequence
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Final, Self

PACKAGES: Final = frozenset({"IPython", "ipywidgets", "grader"})


class Inert:
    """An object that can be called, entered, gone through and asked for anything, to no effect."""

    def __call__(self, *_given: object, **_named: object) -> Inert:  # noqa: D102 - as it says: nothing
        return self

    def __getattr__(self, name: str) -> Inert:
        if name.startswith("__"):  # Python asks for these itself, and an answer would mean something
            raise AttributeError(name)
        return self

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        return

    def __iter__(self) -> Iterator[object]:
        return iter(())


class InertModules(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Finds the packages that a notebook brings, and all that lies below them, as modules of inert names."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Return the spec of an inert module."""
        del path, target
        return ModuleSpec(fullname, self, is_package=True) if fullname.partition(".")[0] in PACKAGES else None

    def create_module(self, spec: ModuleSpec) -> None:
        """Leave the making of the module to Python."""
        del spec

    def exec_module(self, module: ModuleType) -> None:
        """Answer every name with an inert object."""
        module.__dict__["__getattr__"] = Inert().__getattr__


def furnish(module: ModuleType) -> None:
    """Give a notebook's namespace what it finds there in a kernel."""
    sys.meta_path.append(InertModules())
    nothing = Inert()
    module.__dict__.update(display=nothing, get_ipython=nothing)
