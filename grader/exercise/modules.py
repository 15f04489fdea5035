"""Author's modules, imported from a folder under names of their own, so that two courses never mix.

``public.py`` and ``hidden.py`` become modules of a package that exists only in memory, which is why a
hidden check may say ``from .public import ORDINARY`` and ``from ..oracles import threshold``.
"""

from __future__ import annotations

import hashlib
import importlib.util
import sys
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType

from grader.exercise.check import MEND, AuthorError


def import_author_module(path: Path, root: Path) -> ModuleType:
    """Import a trusted file below ``root``; what goes wrong is an `AuthorError` that names the file."""
    name = _name(path, root)
    package, *parts = name.split(".")
    for depth in range(len(parts)):
        _add_package(".".join((package, *parts[:depth])), root.joinpath(*parts[:depth]))
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise AuthorError(f"{path}: this is no Python file")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    try:
        spec.loader.exec_module(module)
    except Exception as error:
        del sys.modules[name]
        raise AuthorError(f"{path} cannot be imported: {type(error).__name__}: {error}; {MEND}") from error
    return module


def imported(path: Path, root: Path) -> ModuleType:
    """Return the module of a trusted file that was imported before."""
    return sys.modules[_name(path, root)]


def _name(path: Path, root: Path) -> str:
    package = "course_" + hashlib.sha256(str(root.resolve()).encode()).hexdigest()[:12]
    return ".".join((package, *path.relative_to(root).with_suffix("").parts))


def _add_package(name: str, folder: Path) -> None:
    if name not in sys.modules:
        spec = ModuleSpec(name, None, is_package=True)
        spec.submodule_search_locations = [str(folder)]
        sys.modules[name] = importlib.util.module_from_spec(spec)
