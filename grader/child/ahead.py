"""What is loaded ahead where no file can be opened: all that a student may import, while it still can be.

Nobody is to lose a mark for an import. So what was not loaded ahead, and is asked for after all, ends the child with a
word of its own, which the trusted side takes for a fault of the sandbox.
"""

from __future__ import annotations

import importlib
import importlib.abc
import os
import pkgutil
import sys
import warnings
from collections.abc import Iterator, Sequence
from contextlib import suppress
from importlib.machinery import BuiltinImporter, FrozenImporter, ModuleSpec
from types import ModuleType
from typing import Any, Final

from .builders import make_axes
from .frames import pack
from .packages import Offered

CHANNEL: Final = 3
FAILED: Final = 70
NO_LIBRARY: Final = frozenset(  # what draws windows, opens a browser, prints, or is no library at all
    {
        *("antigravity", "ensurepip", "idlelib", "lib2to3", "pydoc_data", "test", "this"),
        *("tkinter", "turtle", "turtledemo", "venv"),
    }
)
PARTS: Final = {
    "numpy": ("fft", "linalg", "ma", "polynomial", "random", "testing"),
    "scipy": (
        *("cluster", "constants", "differentiate", "fft", "integrate", "interpolate", "linalg", "ndimage", "odr"),
        *("optimize", "signal", "sparse", "sparse.linalg", "spatial", "special", "stats"),
    ),
    "matplotlib": ("animation", "backends.backend_pdf", "backends.backend_svg", "gridspec", "widgets"),
    "PIL": tuple(f"{kind}ImagePlugin" for kind in ("Bmp", "Gif", "Jpeg", "Png", "Ppm")),  # what it loads to write a PNG
    "concurrent": ("futures.process", "futures.thread"),
    "logging": ("config", "handlers"),
    "importlib": ("metadata", "resources"),
}
FONTS: Final = (("normal", "normal"), ("italic", "normal"), ("normal", "bold"))


def load() -> Late:
    """Import the standard library, and the packages that are offered; return what tells if anything is lacking."""
    offered = [name for finder in sys.meta_path if isinstance(finder, Offered) for name in finder.folders]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name in _names(offered):
            with suppress(ImportError):  # not on this machine, or not in this version
                importlib.import_module(name)
    builtin: tuple[object, ...] = (BuiltinImporter, FrozenImporter)
    others = [finder for finder in sys.meta_path if finder not in builtin]
    for package in list(sys.modules.values()):
        for finder in others if hasattr(package, "__path__") else ():
            finder.find_spec(f"{package.__name__}.none", package.__path__)  # which reads its folder, and remembers it
    return Late(others)


def _names(offered: Sequence[str]) -> Iterator[str]:
    library = (name for name in sys.stdlib_module_names if name.strip("_") == name and name not in NO_LIBRARY)
    for name in (*sorted(library), *offered):
        yield name
        for package in (f"{name}.{part}" for part in PARTS.get(name, ())):
            yield package
            yield from _modules(package)
    yield from _modules("encodings")


def _modules(package: str) -> Iterator[str]:
    """Return the public modules of a package that was loaded."""
    folders = getattr(sys.modules.get(package), "__path__", ())
    public = (found.name for found in pkgutil.iter_modules(folders) if not found.name.startswith(("_", "test")))
    return (f"{package}.{name}" for name in public)


def open_fonts() -> None:
    """Draw every kind of letter once: matplotlib opens a font when a process first draws with it, forked or not."""
    if "matplotlib" not in sys.modules:
        return
    axes = make_axes()
    for style, weight in FONTS:
        axes.text(0.5, 0.5, r"words and $\tau \to 0$", style=style, weight=weight)
    axes.figure.draw_without_rendering()


class Late(importlib.abc.MetaPathFinder):
    """Finds nothing: it tells what could have been found if only a file could be opened."""

    def __init__(self, others: Sequence[Any]) -> None:
        self.others = others

    def install(self) -> None:
        """Be asked before the others."""
        sys.meta_path.insert(sys.meta_path.index(self.others[0]), self)

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """End the child if others find a file; what nobody finds is the student's to explain."""
        del target
        if any((spec := finder.find_spec(fullname, path)) and spec.has_location for finder in self.others):
            os.write(CHANNEL, pack({"late": fullname}))
            os._exit(FAILED)
        return None
