"""Variants of a right answer: its code in other words, its arguments and its result in other forms."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from typing import Final

from hypothesis import strategies as st

FORMS: Final = Path(__file__).with_name("forms.py").read_text(encoding="utf-8")
MIRRORED: Final[dict[type[ast.cmpop], type[ast.cmpop]]] = {
    ast.Lt: ast.Gt,
    ast.Gt: ast.Lt,
    ast.LtE: ast.GtE,
    ast.GtE: ast.LtE,
}


@dataclass(frozen=True)
class Variation:
    """What is varied: the operations that are turned round, in rotation; arguments, rows, and the rounding."""

    turned: list[bool]
    form: str
    rows: str
    steps: int

    def of(self, source: str, calls: tuple[str, ...]) -> str:
        """Return the code of a variant."""
        turned = ast.unparse(ast.fix_missing_locations(Turner(self.turned).visit(ast.parse(source))))
        wrapped = [f"{name} = varied({name}, {self.form}, {self.rows}, {self.steps})" for name in calls]
        return "\n\n".join([turned, FORMS, *wrapped, ""])


VARIATIONS: Final = st.builds(
    Variation,
    turned=st.lists(st.booleans(), min_size=8, max_size=8),
    form=st.sampled_from(["as_it_is", "as_lists", "as_float32", "as_fortran"]),
    rows=st.sampled_from(["together", "one_by_one", "in_a_larger_batch"]),
    steps=st.integers(-2, 2),
)


class Turner(ast.NodeTransformer):
    """Operations turned round, here and there: a * b as b * a, a < b as b > a, a number times 1.0."""

    def __init__(self, turned: list[bool]) -> None:
        self.turned = cycle(turned)

    def visit_BinOp(self, node: ast.BinOp) -> ast.AST:
        """Turn a product round."""
        self.generic_visit(node)
        turned = isinstance(node.op, ast.Mult) and next(self.turned)
        return ast.BinOp(node.right, node.op, node.left) if turned else node

    def visit_Compare(self, node: ast.Compare) -> ast.AST:
        """Turn a comparison of two sides round."""
        self.generic_visit(node)
        mirrored = MIRRORED.get(type(node.ops[0]))
        if mirrored is None or len(node.ops) > 1 or not next(self.turned):
            return node
        return ast.Compare(node.comparators[0], [mirrored()], [node.left])

    def visit_Constant(self, node: ast.Constant) -> ast.AST:
        """Multiply a number with a fraction by 1."""
        turned = isinstance(node.value, float) and next(self.turned)
        return ast.BinOp(node, ast.Mult(), ast.Constant(1.0)) if turned else node
