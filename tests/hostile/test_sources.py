"""Files that are made to break whoever reads them: encodings, parsers, names, and what parsing tells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

Arena = Any

ALL = 5.0
RIGHT = "def mean(x):\n    if not x:\n        raise ValueError('ñ')\n    return sum(map(float, x)) / len(x)\n"
PLAIN = RIGHT.encode()
ODD_NAME = RIGHT.replace("mean", "ｍｅａｎ")  # noqa: RUF001 - Python reads these letters as the plain ones
UNREAD = frozenset({"crashed", "memory", "timeout"})


@dataclass(frozen=True)
class Row:
    """One file: what it earns, and how its checks may end."""

    name: str
    points: float
    outcomes: frozenset[str]
    source: bytes

    def __str__(self) -> str:
        return self.name


def read(name: str, source: bytes) -> Row:
    """Return a row of an odd file that is right."""
    return Row(name, ALL, frozenset({"passed"}), source)


def unread(name: str, source: bytes, outcomes: frozenset[str] = UNREAD) -> Row:
    """Return a row of a file that earns nothing."""
    return Row(name, 0, outcomes, source)


NO_FUNCTION = frozenset({"missing", "skipped"})
WRONG = frozenset({"crashed", "failed", "skipped"})
ROWS = [
    read("a byte order mark", b"\xef\xbb\xbf" + PLAIN),
    read("CRLF", PLAIN.replace(b"\n", b"\r\n")),
    read("CR", PLAIN.replace(b"\n", b"\r")),
    read("no newline at the end", PLAIN.rstrip(b"\n")),
    read("form feeds", PLAIN.replace(b"\n", b"\n\f")),
    read("Latin-1, declared", b"# coding: latin-1\n" + RIGHT.encode("latin-1")),
    read("Latin-1 in a comment, declared", b"# coding: latin-1\n# a\xf1o\n" + PLAIN),
    read("no UTF-8 in a comment after a byte order mark", b"\xef\xbb\xbf# a\xf1o\n" + PLAIN),
    read("UTF-8, declared, a lie in a comment", b"# coding: utf-8\n# a\xf1o\n" + PLAIN),
    read("Latin-1 beside its declaration", b"# a\xf1o, coding: latin-1\n" + PLAIN),
    read("a byte order mark, and UTF-8 in a comment", b"\xef\xbb\xbf# a\xc3\xb1o\n" + PLAIN),
    read("CRLF, and UTF-8 in a comment", b"# a\xc3\xb1o\r\n" + PLAIN.replace(b"\n", b"\r\n")),
    read("UTF-7, declared", b"# coding: utf-7\n" + RIGHT.encode("utf-7").replace(b"+AD0-", b"=")),
    read("letters that only look different", ODD_NAME.encode()),
    read("escape sequences in comments", b"# \x1b[2J\x1b]0;owned\x07 \xe2\x80\xae\n" + PLAIN),
    read("ten thousand imports", b"import os\n" * 10_000 + PLAIN),
    read("a thousand functions", b"".join(b"def f%d(a, b): return a\n" % n for n in range(1000)) + PLAIN),
    read("a line of half a megabyte", b"x = '" + b"a" * 500_000 + b"'\n" + PLAIN),
    read("a name of a hundred thousand letters", b"a" * 100_000 + b" = 1\n" + PLAIN),
    read("a thousand decorators", b"same = lambda f: f\n" + b"@same\n" * 1000 + PLAIN),
    read(
        "a lambda",
        b"def right(x):\n    if not x: raise ValueError\n    return sum(x) / len(x)\nmean = lambda x: right(x)\n",
    ),
    read(
        "something callable", PLAIN.replace(b"mean", b"m") + b"class C:\n    __call__ = lambda s, x: m(x)\nmean = C()\n"
    ),
    read("main is guarded", PLAIN + b"if __name__ == '__main__':\n    raise SystemExit\n"),
    read("annotations that lie", b"from __future__ import annotations\n" + PLAIN.replace(b"(x)", b"(x: exit(1))", 1)),
    read("a docstring of a megabyte's half", b'"""' + b"\\x1b" * 100_000 + b'"""\n' + PLAIN),
    unread("nothing", b"", NO_FUNCTION),
    unread("blanks", b" \t\n\x0c\n", NO_FUNCTION),
    unread("a comment", b"# def mean(x): ...", NO_FUNCTION),
    unread("another name", PLAIN.replace(b"mean", b"Mean"), NO_FUNCTION),
    unread("a name that is no function", b"mean = 3\n", WRONG),
    unread("a name that cannot be asked", b"class mean:\n    __new__ = None\n", WRONG),
    unread("a coroutine", PLAIN.replace(b"def", b"async def"), WRONG),
    unread("a generator", PLAIN.replace(b"return", b"yield"), WRONG),
    unread("no UTF-8", b"x = '\xff\xfe'\n" + PLAIN),
    unread("no UTF-8 in a comment", b"# a\xf1o\n" + PLAIN),
    unread("no UTF-8 in a comment, CRLF", b"# a\xf1o\r\n" + PLAIN.replace(b"\n", b"\r\n")),
    unread("no UTF-8 in the last line", PLAIN + b"# a\xf1o"),
    unread("half a letter in a comment", b"# \xed\xa0\x80\n" + PLAIN),
    unread("ASCII, declared, a lie", b"# coding: ascii\n# a\xf1o\n" + PLAIN),
    unread("declared too late", b"\n\n# coding: latin-1\n# a\xf1o\n" + PLAIN),
    unread("declared below a line of code", b"import os\n# coding: latin-1\n# a\xf1o\n" + PLAIN),
    unread("an encoding that nobody knows, and no UTF-8", b"# coding: nonsense\n# a\xf1o\n" + PLAIN),
    unread("UTF-16", RIGHT.encode("utf-16")),
    unread("UTF-32", RIGHT.encode("utf-32")),
    unread("an encoding that nobody knows", b"# coding: nonsense\n" + PLAIN),
    unread("an encoding that is none", b"# coding: hex\n" + PLAIN),
    unread("an encoding that is a path", b"# coding: ../../etc/passwd\n" + PLAIN),
    unread("two encodings that differ", b"\xef\xbb\xbf# coding: latin-1\n" + PLAIN),
    unread("a NUL byte", PLAIN + b"\0\n"),
    unread("NUL bytes", b"\0" * 10_000),
    unread("random bytes", bytes((n * 7919 + n * n) % 256 for n in range(10_000))),
    unread("a program", b"\x7fELF" + b"\0" * 100),
    unread("a compiled file", b"\xa7\r\r\n" + b"\0" * 100),
    unread("a ZIP file", b"PK\x03\x04" + b"\0" * 100),
    unread("brackets, five thousand deep", b"x = " + b"(" * 5000 + b")" * 5000),
    unread("brackets, not closed", b"x = " + b"[{(" * 60),
    unread("minus, two hundred thousand times", b"x = " + b"-" * 200_000 + b"1"),
    unread("not, a hundred thousand times", b"x = " + b"not " * 100_000 + b"1"),
    unread("dots, a hundred thousand times", b"x = a" + b".a" * 100_000),
    unread("calls, a hundred thousand times", b"x = f" + b"()" * 100_000),
    unread("lambdas, ten thousand deep", b"x = " + b"lambda: " * 10_000 + b"1"),
    unread("strings in strings", b"x = " + b"f'{" * 200 + b"1" + b"}'" * 200),
    unread(
        "blocks, a hundred and fifty deep", b"".join(b" " * n + b"if 1:\n" for n in range(150)) + b" " * 150 + b"pass\n"
    ),
    unread("a sum of two hundred thousand terms", b"x = " + b"1+" * 200_000 + b"1"),
    unread("a number of a hundred thousand digits", b"x = " + b"9" * 100_000),
    unread("a power for the optimiser", b"x = 9 ** 9 ** 9\n" + PLAIN),
    unread("ten million zeros for the optimiser", b"x = [0] * 10 ** 12\n" + PLAIN),
    unread("braces from the future", b"from __future__ import braces\n" + PLAIN),
    unread("another student's function", b"from solution import mean\n"),
    unread("the reference by its package", b"from solutions.mean.solution import mean\n"),
    unread("the reference by its name", b"from mean import mean\n"),
    unread("itself, deleted", PLAIN + b"import sys\ndel sys.modules[__name__], mean\n", NO_FUNCTION),
    unread(
        "a module in its place", b"import sys, math\nsys.modules[__name__] = math\nmean = None\n", WRONG | NO_FUNCTION
    ),
    unread(
        "an error that lies about its line", b"raise SyntaxError('x', ('mean.py', 10**9, -5, '\\x1b[2J', None, None))"
    ),
    unread(
        "an error whose line is no number",
        b"e = SyntaxError()\ne.lineno = e.offset = e.msg = e.text = object()\nraise e",
    ),
    unread(
        "a warning for every line",
        b"import warnings\nwarnings.simplefilter('error')\nx = '\\d'\nassert (1, 'x')\n1 / 0\n",
    ),
]


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_a_file_is_read_or_told_why_not(row: Row, arena: Arena, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is judged as Python reads it, or it is a problem of the file; the parser runs where students' code runs."""
    monkeypatch.setattr("grader.fence.conversation.LOADING_SECONDS", 1.0)
    verdict = arena.attack(row.source)
    outcomes = set(verdict.outcomes.values())
    assert (verdict.points, outcomes - row.outcomes) == (row.points, set()), verdict.told


@pytest.mark.parametrize("size", [1 << 20, 10 << 20])
@pytest.mark.parametrize("line", [b"x = 1;", b"(", b"\\\n", b"#", b"'", b"\t\n ", b"@x\n", b"def f(a=f(", b"{**a, "])
def test_a_large_file_is_no_danger(line: bytes, size: int, arena: Arena) -> None:
    """Whatever a parser does with a megabyte, or with ten, is over within the time for loading."""
    assert arena.judged((line * (size // len(line)))[:size]).points == 0
