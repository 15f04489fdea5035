"""A notebook's cell as Python: what only a notebook understands is blanked, and all lines keep their numbers.

Magics (``%``, ``%%``), shell lines (``!``), questions (``?``) and calls without parentheses (``;``, ``,``, ``/``) are
no Python. A line that begins with ``%`` may stand in a string, too, so a line is blanked only where Python itself
stopped reading. Before that, as in a kernel, indentation of the whole cell and prompts go away: see `pasted`.
"""

from __future__ import annotations

import ast
import re
from types import CodeType
from typing import Final

from .pasted import bare

FUTURE: Final = 0xFFF0000  # the bits of code objects that tell which `from __future__ import` is in force
LEADING: Final = re.compile(r"%%(\w+)")
DEEPEST: Final = 9  # cell magics above each other: more are somebody's attempt to keep us busy
PYTHON_FOLLOWS: Final = frozenset({"time", "timeit", "capture", "prun"})  # cell magics whose body is Python
TIMED: Final = re.compile(r"(\s*)%time[ \t]+(?=\S)")  # a line magic whose rest is Python that counts
ASSIGNED: Final = re.compile(r"(\s*[\w., \[\]()*]+?=[ \t]*)[%!]")
MAGIC: Final = re.compile(r"(\s*)(?:[%!?;]|[,/](?=[A-Za-z_])|[\w.*]+\?{1,2}\s*$)")


class TopLevelAwait(SyntaxError):
    """A cell that awaits outside any function: a kernel has a loop that does it, and here there is none."""


def lines_of(source: bytes) -> list[str]:
    """Return the lines of a cell as a kernel takes them, without cell magics."""
    lines = _split(source)
    for _ in range(DEEPEST):  # a kernel takes what stands below ``%%time`` as a cell of its own
        first = next((at for at, line in enumerate(lines) if line.strip()), None)
        if first is None:
            break
        lines[first:] = bare(lines[first:])
        if not _blank_cell_magic(lines, first):
            break
    return lines


def parse(source: bytes, name: str) -> ast.Module:
    """Return a cell as a syntax tree."""
    lines = lines_of(source)
    while True:
        try:
            return ast.parse("\n".join(lines), name)
        except SyntaxError as error:
            at = (error.lineno or 0) - 1
            if not 0 <= at < len(lines) or not _blank_line(lines, at):
                if error.offset and 0 <= at < len(lines):  # a caret stands below the line as it was written
                    error.offset += len(_split(source)[at]) - len(lines_of(source)[at])
                raise


def compiled(tree: ast.Module, name: str, flags: int) -> CodeType:
    """Return a cell's code; ``flags`` are what cells above it import from the future."""
    try:
        code: CodeType = compile(tree, name, "exec", flags, dont_inherit=True)
    except SyntaxError as error:
        try:
            compile(tree, name, "exec", flags | ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, dont_inherit=True)
        except SyntaxError:
            raise error from None
        raise TopLevelAwait(*error.args) from None
    return code


def _split(source: bytes) -> list[str]:
    return re.split(r"\r\n|\r|\n", source.decode("utf-8", "replace"))


def _blank_cell_magic(lines: list[str], first: int) -> bool:
    """Blank ``%%time``, or the whole of a cell in another language; say whether there was any."""
    found = LEADING.match(lines[first])
    if found is None:
        return False
    end = first + 1 if found[1] in PYTHON_FOLLOWS else len(lines)
    lines[first:end] = [""] * (end - first)
    return True


def _blank_line(lines: list[str], at: int) -> bool:
    """Blank a line that only a notebook understands, with the lines that continue it."""
    line = lines[at]
    timed, assigned, magic = TIMED.match(line), ASSIGNED.match(line), MAGIC.match(line)
    if timed is not None:
        lines[at] = timed[1] + line[timed.end() :]
    elif assigned is not None:
        lines[at] = f"{assigned[1]}get_ipython()"  # an inert object, as in `inert`
    elif magic is not None:
        lines[at] = f"{magic[1]}pass"
    else:
        return False
    while timed is None and line.rstrip().endswith("\\") and at + 1 < len(lines):
        at += 1
        line, lines[at] = lines[at], ""
    return True
