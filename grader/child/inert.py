"""What a notebook's cells expect of the notebook: `display`, widgets, our own check cards. Here they do nothing.

A cell that shows something must go on to what it defines, so whatever is asked of these objects is another of them.
"""

from __future__ import annotations

import importlib.abc
import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any, Final, Self

PACKAGES: Final = frozenset({"IPython", "ipywidgets", "matplotlib_inline", "tqdm", "grader"})
VERSION: Final = (9, 0, 0, "")  # of IPython: pyplot asks for it as soon as a cell has imported from there
GIVEN: Final = ("display", "get_ipython", "In", "Out", "_", "__", "___")  # what a kernel's cells find
OPERATORS: Final = """
    add sub mul truediv floordiv mod pow matmul radd rsub rmul rtruediv rfloordiv rmod rpow rmatmul
    neg pos abs round getitem setitem eq lt le gt ge
"""
TAKEN_AS: Final[Mapping[str, object]] = {"bool": True, "int": 0, "float": 0.0, "len": 0, "format": ""}


class Inert:
    """An object that can be called, entered, gone through, reckoned with and asked for anything, to no effect."""

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


for _operator in OPERATORS.split():
    setattr(Inert, f"__{_operator}__", Inert.__call__)
for _kind, _value in TAKEN_AS.items():
    setattr(Inert, f"__{_kind}__", lambda *_given, value=_value: value)


class Progress(Inert):
    """A bar of tqdm's: it shows nothing, and what it is put around is gone through all the same."""

    over: Iterable[object] = ()

    def __call__(self, *given: Any, **_named: object) -> Inert:  # noqa: ANN401, D102 - an iterable, or numbers
        made = Progress()
        made.over = range(*given) if given and all(isinstance(one, int) for one in given) else (*given, ())[0]
        return made

    def __iter__(self) -> Iterator[object]:
        return iter(self.over)


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
        package = module.__name__.partition(".")[0]
        answer = Progress() if package == "tqdm" else Inert()
        module.__dict__.update(__getattr__=answer.__getattr__, version_info=VERSION)


def furnish(module: ModuleType) -> None:
    """Give a notebook's namespace what it finds there in a kernel."""
    sys.meta_path.append(InertModules())
    module.__dict__.update(dict.fromkeys(GIVEN, Inert()))
    if "matplotlib.figure" in sys.modules:
        _save_nowhere(sys.modules["matplotlib.figure"])


def _save_nowhere(drawing: Any) -> None:  # noqa: ANN401 - a module that is not imported here
    """Let a cell save its picture under a name: there is no folder to write to, and nobody would look."""
    save = drawing.Figure.savefig

    def savefig(figure: object, to: object, *given: object, **named: object) -> None:
        if not isinstance(to, (str, os.PathLike)):
            save(figure, to, *given, **named)

    drawing.Figure.savefig = savefig
