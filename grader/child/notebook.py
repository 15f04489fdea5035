"""A student's notebook: cells that share one namespace, run one by one, so that a broken one does not hide the others.

An exercise sees what a kernel would have at its check: the cells above it have run, and those below have not, unless
the function is defined only there. Its functions are looked up then, so no later cell can take their names away.
"""

from __future__ import annotations

import ast
import linecache
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import ModuleType

from . import cells
from .inert import furnish
from .student import draws_unasked


@dataclass(frozen=True, slots=True)
class Cell:
    """A code cell; one that is skipped ended a child before."""

    name: str
    source: bytes
    skipped: bool


class SkippedCell(Exception):
    """What an exercise needs is defined in a cell that is not run any more."""

    def __init__(self, index: int) -> None:
        super().__init__(index)
        self.index = index


class Notebook:
    """The cells of one student, and how far they have been run.

    Parameters
    ----------
    written : sequence of Cell
        All code cells but the checks, in order.
    until : mapping
        For each exercise, how many cells stand above its check.
    own : mapping
        For each exercise, the cell that was handed out for it, if it is still there.
    tell
        Called with a cell's index before it is parsed or run, so that a cell that ends this child is known.
    """

    def __init__(
        self, written: Sequence[Cell], until: Mapping[str, int], own: Mapping[str, int], tell: Callable[[int], None]
    ) -> None:
        self.cells = tuple(written)
        self.until = until
        self.own = own
        self.files = frozenset(cell.name for cell in written)
        self._tell = tell
        self._module = ModuleType("__main__")  # as in a kernel
        self._trees: dict[int, ast.Module | Exception] = {}
        self._errors: dict[int, BaseException] = {}
        self._loaded: dict[str, ModuleType] = {}
        self._done = 0
        self._future = 0

    def install(self) -> None:
        """Take the place of the program, as a notebook does."""
        furnish(self._module)
        sys.modules["__main__"] = self._module

    def knows(self, slug: str) -> bool:
        """Return whether there may be an answer to an exercise: a name can be defined in any cell."""
        return slug in self.until

    def draws(self, _slug: str) -> bool:
        """Return whether any cell can draw from the global generators."""
        return any(draws_unasked(cell.source) for cell in self.cells)

    def parse(self, slug: str, calls: Sequence[str]) -> tuple[ast.Module, int | None]:
        """Return the cell that defines an exercise's functions, with the imports of all, and its index."""
        home = self._home(slug, calls)
        body: list[ast.stmt] = []
        for index, cell in enumerate(self.cells):
            tree = None if cell.skipped else self._tree(index)
            if isinstance(tree, ast.Module):
                body += tree.body if index == home else [node for node in tree.body if _imports(node)]
        return ast.Module(body, []), home

    def load(self, slug: str, calls: Sequence[str]) -> ModuleType:
        """Run the cells above an exercise's check, and return a module of its functions."""
        if slug not in self._loaded:
            self._run_until(self.until[slug], calls)
            missing = [name for name in calls if name not in self._module.__dict__]
            home = self._home(slug, calls)
            if missing and home is not None:
                self._say_why(home)
            self._loaded[slug] = ModuleType(slug)
            known = self._module.__dict__
            self._loaded[slug].__dict__.update({name: known[name] for name in calls if name in known})
        return self._loaded[slug]

    def _run_until(self, end: int, calls: Sequence[str]) -> None:
        known = self._module.__dict__
        while self._done < end or (self._done < len(self.cells) and not all(name in known for name in calls)):
            index, self._done = self._done, self._done + 1
            if not self.cells[index].skipped:
                self._run(index)

    def _run(self, index: int) -> None:
        name = self.cells[index].name
        self._tell(index)
        tree = self._tree(index)
        if isinstance(tree, Exception):
            self._errors[index] = tree
            return
        try:
            code = cells.compiled(tree, name, self._future)
            self._future |= code.co_flags & cells.FUTURE
            exec(code, self._module.__dict__)  # noqa: S102 - this is the place where a student's code runs
        except BaseException as error:  # noqa: BLE001 - sys.exit() in a cell ends that cell only
            self._errors[index] = error

    def _tree(self, index: int) -> ast.Module | Exception:
        """Parse a cell when it is first asked for."""
        if index not in self._trees:
            cell = self.cells[index]
            self._tell(index)
            lines = [f"{line}\n" for line in cells.lines_of(cell.source)]  # what `inspect` shows in a kernel, too
            linecache.cache[cell.name] = (len(cell.source), None, lines, cell.name)
            try:
                self._trees[index] = cells.parse(cell.source, cell.name)
            except Exception as error:  # noqa: BLE001 - whatever the parser says of a cell is told
                self._trees[index] = error
        return self._trees[index]

    def _home(self, slug: str, calls: Sequence[str]) -> int | None:
        """Return the cell that defines the functions: the last above the check, else the first below, else its own."""
        above = [index for index in range(self.until[slug]) if self._defines(index, calls)]
        below = (index for index in range(self.until[slug], len(self.cells)) if self._defines(index, calls))
        return above[-1] if above else next(below, self.own.get(slug))

    def _defines(self, index: int, calls: Sequence[str]) -> bool:
        cell = self.cells[index]
        if cell.skipped:  # it may have been the parser that ended a child
            lines = cells.lines_of(cell.source)
            return any(re.match(rf"def\s+{re.escape(name)}\b", line) for name in calls for line in lines)
        tree = self._tree(index)
        return isinstance(tree, ast.Module) and any(name in calls for name in _defined(tree))

    def _say_why(self, home: int) -> None:
        """Raise why a cell did not define what it should."""
        if self.cells[home].skipped:
            raise SkippedCell(home)
        if home in self._errors:
            raise self._errors[home]


def _imports(node: ast.stmt) -> bool:
    return isinstance(node, (ast.Import, ast.ImportFrom))


def _defined(tree: ast.Module) -> Iterator[str]:
    for node in tree.body:
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield node.name
        elif isinstance(node, ast.Assign):
            yield from (target.id for target in node.targets if isinstance(target, ast.Name))
