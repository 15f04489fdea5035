"""Warm: the sandbox in which an author's known answers are tried.

It loads ahead what they import, too. To load scipy takes as long as to grade ten answers, and each would do it anew.
An answer that is no Python is refused here: whoever is asked says nothing of it, and so would earn no name.
"""

from __future__ import annotations

import ast
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from grader.author.place import accepted, mistakes
from grader.exercise.check import MEND, AuthorError
from grader.exercise.exercise import Exercise
from grader.fence import Policy, Sandbox

LIBRARY: Final = "scipy"


def warm_sandbox(exercise: Exercise, folder: Path) -> Sandbox:
    """Return a sandbox for the known answers in an exercise's folder."""
    return Sandbox(policy=Policy.BEST, imports=(*exercise.imports, *imported(folder)))


def imported(folder: Path) -> list[str]:
    """Return the modules of scipy that the known answers in a folder import, in alphabetical order."""
    paths = (variant.path for variant in (*accepted(folder), *mistakes(folder)))
    return sorted({name for path in paths for name in _modules(_parsed(path))} - {LIBRARY})


def _parsed(path: Path) -> ast.Module:
    """Return an answer's code as a tree; one that Python would not load is an `AuthorError` that names the file."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a wrong answer may well be doubtful code
            tree = ast.parse(path.read_bytes(), path.name)
            compile(tree, path.name, "exec", dont_inherit=True)  # which finds more than the parser does
    except Exception as error:
        raise AuthorError(f"{path} cannot be imported: {type(error).__name__}: {error}; {MEND}") from error
    return tree


def _modules(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.partition(".")[0] == LIBRARY)
        elif isinstance(node, ast.ImportFrom) and node.module == LIBRARY:
            yield from (f"{LIBRARY}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith(f"{LIBRARY}."):
            yield str(node.module)
