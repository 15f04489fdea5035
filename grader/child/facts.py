"""Facts of a student's file from parsing it, before any of its lines run.

The parser runs here, in the confined child, because it can be made to crash. What it says leaves the child before
the file is executed, so the file cannot change it.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from typing import Any

from .traces import message
from .wire import type_name

FUNCTIONS = 200
LINES = 200
NAMELESS = frozenset({"ctx", "op", "ops", "kind", "type_comment"})  # fields of a node that hold no name
HOLDERS = (ast.stmt, ast.excepthandler, ast.match_case)  # what may hold statements


def describe(tree: ast.Module) -> dict[str, Any]:
    """Return the functions at the top of the file, and what the whole file imports."""
    functions = {
        node.name: _function(node) for node in tree.body if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
    }
    return {
        "functions": dict(list(functions.items())[:FUNCTIONS]),
        "imports": list(dict.fromkeys(_imports(tree)))[:FUNCTIONS],
    }


def describe_error(error: BaseException) -> dict[str, Any]:
    """Return Python's own words for a file that cannot be loaded."""
    told: dict[str, Any] = {"kind": type_name(error), "message": message(error)[:500], "line": None, "column": None}
    if isinstance(error, SyntaxError):
        where = (("line", error.lineno), ("column", error.offset))
        told |= {key: value for key, value in where if type(value) is int and value > 0}
        told["message"] = error.msg[:500] if type(error.msg) is str else ""
    return told


def _function(node: ast.FunctionDef | ast.AsyncFunctionDef) -> dict[str, Any]:
    given = node.args
    every = [*given.posonlyargs, *given.args, given.vararg, *given.kwonlyargs, given.kwarg]
    names = [argument.arg for argument in every if argument is not None]
    uses: dict[str, list[int]] = {name: [] for name in names}
    for name, line in _names(node.body):
        lines = uses.get(name)
        if lines is not None and line not in lines and len(lines) < LINES:
            lines.append(line)
    return {"line": node.lineno, "parameters": names, "uses": {name: sorted(lines) for name, lines in uses.items()}}


def _names(body: list[ast.stmt]) -> Iterator[tuple[str, int]]:
    todo: list[ast.AST] = list(body)
    while todo:
        node = todo.pop()
        if type(node) is ast.Name:
            yield node.id, node.lineno
            continue
        for part in [getattr(node, field, None) for field in _fields(type(node))]:  # type: ignore[arg-type]  # a class is hashable
            if type(part) is list:
                todo += [item for item in part if isinstance(item, ast.AST)]
            elif isinstance(part, ast.AST):
                todo.append(part)


@cache
def _fields(kind: type[ast.AST]) -> tuple[str, ...]:
    """Return where names may be below a node; what else hangs on it may be IPython's, and lead round."""
    return tuple(field for field in kind._fields if field not in NAMELESS)


def _imports(tree: ast.Module) -> Iterator[str]:
    todo: list[ast.AST] = list(tree.body)
    while todo:
        node = todo.pop(0)
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield "." * node.level + (node.module or "")
        else:
            todo += (child for child in ast.iter_child_nodes(node) if isinstance(child, HOLDERS))
