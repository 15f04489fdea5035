"""The stub that a student fills in, built from the solution's signature and docstring and nothing else.

It is built up from what may be shown, never cut down from what may not: the body of the solution is not read. Its first
lines name no command, for a notebook has the same stub.
"""

from __future__ import annotations

import ast
from pathlib import Path

from grader.exercise.check import AuthorError

HEAD = '''"""{sentence}

Write the {functions} below, then check the exercise {slug}.
"""

import numpy as np
'''
ENDS = (".", "?", "!")  # of a title that is a sentence by itself


def build_stub(solution: Path, slug: str, calls: tuple[str, ...], title: str) -> str:
    """Return the text of ``exercises/<slug>/<slug>.py``."""
    source = solution.read_text(encoding="utf-8")
    functions = {node.name: node for node in ast.parse(source).body if isinstance(node, ast.FunctionDef)}
    missing = [name for name in calls if name not in functions]
    if missing:
        raise AuthorError(f"{solution}: calls lists {missing[0]}, but no such function is defined here")
    named = "function" if len(calls) == 1 else "functions"
    sentence = title if title.endswith(ENDS) else f"{title}."
    parts = [HEAD.format(sentence=sentence, functions=named, slug=slug)]
    parts += [build_function(source, functions[name], solution) for name in calls]
    return "\n\n".join(parts)


def build_function(source: str, function: ast.FunctionDef, solution: Path) -> str:
    """Return one function with its docstring and an empty body."""
    first = function.body[0]
    documented = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and first.value.value
    if not documented or not isinstance(documented, str):
        raise AuthorError(f"{solution}: {function.name} has no docstring; it is the contract that a student reads")
    if len(function.body) > 1 and function.body[1].lineno == first.end_lineno:
        raise AuthorError(f"{solution}: {function.name} has code on the line of its docstring; begin a new line")
    lines = source.split("\n")[function.lineno - 1 : first.end_lineno]  # as Python counts lines, unlike splitlines
    return "\n".join([*lines, "    raise NotImplementedError", ""])
