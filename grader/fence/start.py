"""How the warm server is started: which Python, with which few variables, and where the offered packages lie.

By exec and never by fork: a forked server would hold the grader's memory, hidden checks and all.
"""

from __future__ import annotations

import importlib.util
import os
import sys
import sysconfig
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

import grader.child
from grader.fence.policy import FenceError

CHILD: Final = Path(grader.child.__file__).resolve().parent
ONE_THREAD: Final = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS")
KEPT: Final = ("LD_LIBRARY_PATH", "TZ", "SYSTEMROOT")
ALWAYS: Final = ("numpy", "scipy")  # offered even if an exercise does not load them ahead
COMPANIONS: Final = {
    "matplotlib": (
        *("mpl_toolkits", "PIL", "contourpy", "cycler", "dateutil", "fontTools"),
        *("kiwisolver", "packaging", "pyparsing", "six"),
    )
}


def command() -> list[str]:
    """Return the command: no site-packages, no user site, nothing of the current folder.

    ``-I`` would mean the same, but it ignores PYTHONHASHSEED, too, and the order of a set would differ between runs.
    """
    return [executable(), "-s", "-P", "-S", "-B", "-X", "utf8", str(CHILD)]


def executable() -> str:
    """Return the Python itself: a virtual environment's is a link to it, and packages are offered one by one."""
    path = getattr(sys, "_base_executable", None) or sys.executable
    if not path:
        raise FenceError("The sandbox needs the path of Python, and sys.executable is empty.")
    return str(Path(path).resolve())


def environment() -> dict[str, str]:
    """Return all variables of the server: an allow list, since the grader's own may hold secrets."""
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    return {**kept, **dict.fromkeys(ONE_THREAD, "1"), "PYTHONHASHSEED": "0", "LANG": "C.UTF-8", "PATH": os.defpath}


def packages(imports: Iterable[str]) -> dict[str, str]:
    """Return the folder that holds each package a student may import."""
    found: dict[str, str] = {}
    wanted = {name.partition(".")[0] for name in imports}
    for name in _with_companions(wanted):
        folder = _folder(name)
        if folder is not None:
            found[name] = folder
        elif name in wanted and name not in sys.stdlib_module_names:
            raise FenceError(f"An exercise needs {name}, which is not installed: install it and run this again.")
    return found


def readable(found: Mapping[str, str]) -> list[str]:
    """Return the files and folders of these packages, and of the libraries that their wheels carry beside them."""
    return [str(path) for name, folder in found.items() for path in _parts(Path(folder), name) if path.exists()]


def library() -> list[str]:
    """Return the folders of the standard library, and of what Python itself loads."""
    return sorted({str(Path(sysconfig.get_path(name)).resolve()) for name in ("stdlib", "platstdlib")})


def _with_companions(names: Iterable[str]) -> list[str]:
    every = [*ALWAYS, *sorted(names)]
    return list(dict.fromkeys(part for name in every for part in (name, *COMPANIONS.get(name, ()))))


def _folder(name: str) -> str | None:
    """Return the folder that a top-level package lies in; finding it does not import it."""
    if name in sys.stdlib_module_names:
        return None
    spec = importlib.util.find_spec(name)
    if spec is None:
        return None
    if spec.submodule_search_locations:
        return str(Path(next(iter(spec.submodule_search_locations))).parent)
    return str(Path(spec.origin).parent) if spec.origin else None


def _parts(folder: Path, name: str) -> Iterator[Path]:
    yield folder / name
    yield folder / f"{name}.py"
    yield folder / f"{name}.libs"
    yield folder / f"{name.lower()}.libs"
    yield folder / ("pillow.libs" if name == "PIL" else f"{name}.dylibs")
