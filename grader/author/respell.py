"""Another spelling of the same code: other names, and a / b written as a * (1 / b).

It is the same function up to rounding, so a diagnosis must not depend on it.
"""

from __future__ import annotations

import ast
import builtins


def respell(source: bytes) -> bytes:
    """Return the module with its local names changed and its divisions turned into products."""
    tree = ast.parse(source)
    for function in tree.body:
        if isinstance(function, ast.FunctionDef):
            _Respeller(_local_names(function)).visit(function)
    return ast.unparse(ast.fix_missing_locations(tree)).encode()


def _local_names(function: ast.FunctionDef) -> dict[str, str]:
    """Return new names for what the function assigns; parameters keep theirs, callers use them."""
    stored = {n.id for n in ast.walk(function) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
    kept = {a.arg for a in ast.walk(function) if isinstance(a, ast.arg)} | set(dir(builtins))
    shared = {name for n in ast.walk(function) if isinstance(n, (ast.Global, ast.Nonlocal)) for name in n.names}
    bound = {n.name for n in ast.walk(function) if isinstance(n, (ast.ExceptHandler, ast.FunctionDef, ast.ClassDef))}
    bound |= {n.asname or n.name for n in ast.walk(function) if isinstance(n, ast.alias)}
    return {name: f"other_{index}" for index, name in enumerate(sorted(stored - kept - shared - bound))}


class _Respeller(ast.NodeTransformer):
    def __init__(self, names: dict[str, str]) -> None:
        self.names = names

    def visit_Name(self, node: ast.Name) -> ast.Name:
        node.id = self.names.get(node.id, node.id)
        return node

    def visit_BinOp(self, node: ast.BinOp) -> ast.AST:
        self.generic_visit(node)
        if not isinstance(node.op, ast.Div) or isinstance(node.right, ast.Constant):
            return node
        inverse = ast.BinOp(ast.Constant(1.0), ast.Div(), node.right)
        return ast.copy_location(ast.BinOp(node.left, ast.Mult(), inverse), node)
