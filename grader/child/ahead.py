"""What is loaded ahead where no file can be opened: all that a student may import, while it still can be.

Nobody is to lose a mark by it. So what was not loaded ahead and is needed after all, be it a module, a font or another
file of a library, ends the child with a word of its own, which the trusted side takes for a fault of the sandbox.
"""

from __future__ import annotations

import importlib
import importlib.abc
import os
import pkgutil
import sys
import warnings
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from importlib.machinery import BuiltinImporter, FrozenImporter, ModuleSpec
from pathlib import Path
from types import ModuleType
from typing import Any, Final

from .builders import make_axes
from .frames import CHANNEL, FAILED, pack
from .packages import Offered

NO_LIBRARY: Final = frozenset(  # what draws windows, opens a browser, prints, or is no library at all
    {
        *("antigravity", "ensurepip", "idlelib", "lib2to3", "pydoc_data", "test", "this"),
        *("tkinter", "turtle", "turtledemo", "venv"),
    }
)
PARTS: Final = {  # of the packages that are offered; "" is the package itself, with its modules
    "numpy": ("fft", "lib", "linalg", "ma", "matlib", "polynomial", "random", "testing"),
    "scipy": (
        *("cluster", "constants", "differentiate", "fft", "fftpack", "integrate", "interpolate", "linalg", "ndimage"),
        *("odr", "optimize", "signal", "sparse", "sparse.linalg", "spatial", "special", "stats"),
    ),
    "matplotlib": (
        *("animation", "backends.backend_pdf", "backends.backend_ps", "backends.backend_svg", "gridspec"),
        *("patheffects", "style", "widgets"),
    ),
    "PIL": ("",),
}
STYLES: Final = (("normal", "normal"), ("italic", "normal"), ("normal", "bold"), ("italic", "bold"))


def load(library: Iterable[Path], packages: Iterable[Path]) -> Late:
    """Import the standard library, and the packages that are offered; return what tells if anything is lacking."""
    offered = [name for finder in sys.meta_path if isinstance(finder, Offered) for name in finder.folders]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name in _names(offered):
            with suppress(Exception):  # not on this machine, or not in this version
                importlib.import_module(name)
    builtin: tuple[object, ...] = (BuiltinImporter, FrozenImporter)
    others = [finder for finder in sys.meta_path if finder not in builtin]
    for package in list(sys.modules.values()):
        for finder in others if hasattr(package, "__path__") else ():
            finder.find_spec(f"{package.__name__}.none", package.__path__)  # which reads its folder, and remembers it
    return Late(others, library, packages)


def _names(offered: Sequence[str]) -> Iterator[str]:
    yield "_strptime"
    for name in sorted(sys.stdlib_module_names):
        if not name.startswith("_") and name not in NO_LIBRARY:
            yield name
            yield from _below(name)
    for name in offered:
        yield name
        for part in PARTS.get(name, ()):
            package = f"{name}.{part}".rstrip(".")
            yield package
            yield from (module for module, _is_package in _modules(package))


def _below(package: str) -> Iterator[str]:
    """Yield what a package holds, and what its packages hold, each of which is loaded before it is looked into."""
    for module, is_package in _modules(package):
        yield module
        yield from _below(module) if is_package else ()


def _modules(package: str) -> Iterator[tuple[str, bool]]:
    """Return the public modules of a package that was loaded, and whether each is a package."""
    folders = getattr(sys.modules.get(package), "__path__", ())
    public = (found for found in pkgutil.iter_modules(folders) if not found.name.startswith(("_", "test")))
    return ((f"{package}.{found.name}", found.ispkg) for found in public)


def open_fonts() -> None:
    """Open the fonts of matplotlib: it opens each when a process first draws with it, forked or not."""
    if "matplotlib" not in sys.modules:
        return
    fonts = importlib.import_module("matplotlib.font_manager")
    own = importlib.import_module("matplotlib").get_data_path()
    for font in fonts.fontManager.ttflist:
        if font.fname.startswith(own):
            fonts.get_font(font.fname)
    axes = make_axes()
    for style, weight in STYLES:
        axes.text(0.5, 0.5, r"words and $\tau \to 0$", style=style, weight=weight)
    axes.figure.draw_without_rendering()


class Late(importlib.abc.MetaPathFinder):
    """Finds nothing: it tells what could have been found, or read, if only a file could be opened."""

    def __init__(self, others: Sequence[Any], library: Iterable[Path], packages: Iterable[Path]) -> None:
        self.others = others
        self.library = tuple(f"{folder}{os.sep}" for folder in library)
        self.packages = {f"{path}{os.sep}": path.name for path in packages}

    def install(self) -> None:
        """Be asked before the others, and hear of each file that is to be opened."""
        sys.meta_path.insert(sys.meta_path.index(self.others[0]), self)
        sys.addaudithook(self._heard)

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """End the child if others find a file; what nobody finds is the student's to explain."""
        del target
        if any((spec := finder.find_spec(fullname, path)) and spec.has_location for finder in self.others):
            _end(fullname)
        return None

    def _heard(self, event: str, given: tuple[Any, ...]) -> None:
        """End the child if a file of a library is to be opened; sources are read for tracebacks, which do without."""
        if event != "open" or not isinstance(given[0], str) or given[0].endswith(".py"):
            return
        for folder, name in self.packages.items():
            if given[0].startswith(folder):
                _end(name)
        for folder in self.library:
            if given[0].startswith(folder):
                _end(given[0].removeprefix(folder).partition(os.sep)[0])


def _end(lacking: str) -> None:
    os.write(CHANNEL, pack({"late": lacking}))
    os._exit(FAILED)
