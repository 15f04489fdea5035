"""Warm: the sandbox in which an author's known answers are tried.

It loads ahead what they import, too. To load scipy takes as long as to grade ten answers, and each would do it anew.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from grader.author.place import accepted, mistakes
from grader.exercise.exercise import Exercise
from grader.fence import Policy, Sandbox

LIBRARY: Final = "scipy"


def warm_sandbox(exercise: Exercise, folder: Path) -> Sandbox:
    """Return a sandbox for the known answers in an exercise's folder."""
    return Sandbox(policy=Policy.BEST, imports=(*exercise.imports, *imported(folder)))


def imported(folder: Path) -> list[str]:
    """Return the modules of scipy that the known answers in a folder import, in alphabetical order."""
    paths = (variant.path for variant in (*accepted(folder), *mistakes(folder)))
    return sorted({name for path in paths for name in _modules(path.read_bytes())} - {LIBRARY})


def _modules(source: bytes) -> Iterator[str]:
    nodes: Iterable[ast.AST] = ast.walk(ast.parse(source)) if LIBRARY.encode() in source else ()
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.partition(".")[0] == LIBRARY)
        elif isinstance(node, ast.ImportFrom) and node.module == LIBRARY:
            yield from (f"{LIBRARY}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith(f"{LIBRARY}."):
            yield str(node.module)
