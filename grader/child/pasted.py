"""Pasted: a cell's lines without the indentation that all of them share, and without the prompts of a paste.

A kernel takes both away before it looks at a cell, so a cell that ran there must run here. What is done is what
IPython does in ``inputtransformer2``, where it keeps its hands off, too; there is no IPython in a child, so it is
written down once more, and a test holds the two side by side. Every line keeps its number.
"""

from __future__ import annotations

import re
from itertools import groupby
from textwrap import dedent
from typing import Final

PYTHON: Final = re.compile(r"\s*>>>")
PYTHON_PROMPT: Final = re.compile(r"\s*(?:>>>|\.\.\.)[ \t]?")
IPYTHON_PROMPT: Final = re.compile(r"(?:(?:\[nav\]|\[ins\])? )?In \[\d+\]: |\s*\.{3,}: ?")
TRIPLE: Final = re.compile(r"(?<!\\)(\"\"\"|''')")
OPENS_LINE: Final = re.compile(r"((?:\s*>>>[ \t]?)?(?:\s*\.\.\.[ \t]?)?)\s*[rubf]*\s*", re.IGNORECASE)


def bare(lines: list[str]) -> list[str]:
    """Return the lines of a cell, the first of which says something, as a kernel reads them."""
    return _without_ipython(_without_python(_dedented(lines)))


def _dedented(lines: list[str]) -> list[str]:
    """Return lines without what all are indented by; lines of text in triple quotes count as any other."""
    return dedent("\n".join(lines)).split("\n")


def _without_python(lines: list[str]) -> list[str]:
    """Take ``>>>`` and ``...`` away, if any line has the first: without it, dots may be Python's own ``...``."""
    quoted = _quoted(lines)
    if not any(PYTHON.match(line) for line, text in zip(lines, quoted, strict=True) if not text):
        return lines
    made: list[str] = []
    for text, numbers in groupby(range(len(lines)), quoted.__getitem__):
        before = [lines[number] for number in numbers]
        after = before if text else [_cut(PYTHON_PROMPT, line) for line in before]
        made += before if after == before else _dedented(after)
    return made


def _without_ipython(lines: list[str]) -> list[str]:
    """Take ``In [1]:`` and ``...:`` away, if one of the first two lines has any."""
    if any(IPYTHON_PROMPT.match(line) for line in lines[:2]):
        return [_cut(IPYTHON_PROMPT, line) for line in lines]
    return lines


def _cut(prompt: re.Pattern[str], line: str) -> str:
    found = prompt.match(line)
    return line if found is None else line[found.end() :]


def _quoted(lines: list[str]) -> list[bool]:
    """Return which lines are text in triple quotes that begins a line, such as a docstring: its prompts are examples.

    Text that begins behind a prompt is pasted like the rest, unless no line above it has a prompt.
    """
    quoted, quote, keeps, prompted = [], "", False, False
    for line in lines:
        quoted.append(keeps)
        for found in TRIPLE.finditer(line):
            if not quote:
                opens = OPENS_LINE.fullmatch(line, 0, found.start())
                quote, keeps = found[1], opens is not None and not (opens[1] and prompted)
                quoted[-1] = keeps
            elif quote == found[1]:
                quote, keeps = "", False
        prompted = prompted or PYTHON.match(line) is not None
    return quoted
