"""Files as students hand them in: with errors, in odd encodings, importing each other, ending the process."""

# ruff: noqa: SIM300 - the order of this house is expected == actual

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from grader.exercise.call import call
from grader.exercise.probe import probes
from grader.exercise.reply import FunctionFacts, Status
from grader.fence import Batch, Limits, Sandbox

FINE = "def f():\n    return 'ñ'\n"

Ask = Callable[..., Any]  # the fixture: a source and calls -> a subject together with its probes


def test_facts_say_what_is_in_a_file(ask: Ask) -> None:
    """Functions with their parameters and the lines that use them, imports, and the lines themselves."""
    source = (
        "import numpy as np\nfrom scipy import special\n\n"
        "def f(z, tau=1.0, *rest, axis=-1):\n    z = z / tau\n    return z\n"
    )
    told = ask(source).facts
    uses = {"z": (5, 6), "tau": (5,), "rest": (), "axis": ()}
    function = FunctionFacts(4, ("z", "tau", "rest", "axis"), {"z": (5, 6), "tau": (5,), "axis": (), "rest": ()})
    assert ("work.py", uses, ("numpy", "scipy"), None) == (
        told.file,
        dict(told.functions["f"].uses),
        told.imports,
        told.problem,
    )
    assert (function.line, set(function.parameters)) == (told.functions["f"].line, set(told.functions["f"].parameters))
    assert source.split("\n") == list(told.source)


def test_facts_are_known_although_the_file_ends_the_process(ask: Ask) -> None:
    """Parsing comes before running, so a file cannot hide what it holds."""
    told = ask("import os\ndef f(a): pass\nos._exit(0)\n").facts
    assert (("a",), "crashed") == (told.functions["f"].parameters, told.problem.kind)


@pytest.mark.parametrize(
    ("encoding", "head"),
    [("utf-8", ""), ("utf-8-sig", ""), ("latin-1", "# -*- coding: latin-1 -*-\n"), ("cp1252", "# coding: cp1252\n")],
)
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_encodings_and_line_ends_are_read_as_python_reads_them(
    ask: Ask, encoding: str, head: str, newline: str
) -> None:
    """Byte order marks, declared encodings and all line ends work."""
    subject = ask((head + FINE).replace("\n", newline).encode(encoding))
    assert ("ñ", "    return 'ñ'") == (subject.answer_first().value, subject.facts.source[-2])


@pytest.mark.parametrize(
    ("kind", "line", "source"),
    [
        ("SyntaxError", 2, b"x = 1\ndef f(:\n"),
        ("IndentationError", 2, b"def f():\nreturn 1\n"),
        ("SyntaxError", 1, "y = 'ñ'".encode("latin-1")),
        ("SyntaxError", 2, "y = 1\n# año\n".encode("latin-1")),
        ("SyntaxError", 3, "#\r\n\r\n# año".encode("latin-1")),
        ("SyntaxError", None, b"# coding: nonsense\n"),
        ("ZeroDivisionError", 2, b"def g():\n    return 1 / 0\ng()\n"),
        ("ModuleNotFoundError", 1, b"import torch\n"),
        ("SystemExit", 1, b"raise SystemExit\n"),
    ],
)
def test_a_broken_file_says_what_and_where(ask: Ask, kind: str, line: int | None, source: bytes) -> None:
    """The problem carries Python's own words and the line."""
    subject = ask(source)
    assert (kind, line, Status.RAISED) == (
        subject.facts.problem.kind,
        subject.facts.problem.line,
        subject.answer_first().status,
    )


@pytest.mark.parametrize(
    "source",
    [
        b"\x00",
        FINE.encode("utf-16"),
        b"x = " + b"(" * 5000,
        b"x = " + b"-" * 200_000 + b"1",
        b"x = " + b"not " * 100_000 + b"1",
        b"x = " + b"a." * 100_000 + b"b",
        b"if x:\n" * 150,
        b"x = " + b"1+" * 200_000 + b"1",
    ],
    ids=["nul", "utf-16", "parentheses", "minus", "not", "dots", "blocks", "plus"],
)
def test_a_file_that_the_parser_cannot_bear_is_a_problem(ask: Ask, source: bytes) -> None:
    """Whatever happens to the parser happens in the child, and is a problem of the file."""
    subject = ask(source)
    assert (True, True) == (subject.facts.problem is not None, subject.answer_first().value is None)


def test_a_missing_file_is_missing(sandbox: Sandbox) -> None:
    """An exercise without a file is answered without a child."""
    batch = Batch(probes("g", [call("f")]))
    with sandbox.submission({"other": b""}) as child:
        subject = child.exercise("work", calls=("f",), batch=batch)
    assert ("missing", Status.MISSING) == (subject.facts.problem.kind, subject.answer(batch.probes[0]).status)


@pytest.mark.parametrize(
    ("kind", "status", "source"),
    [
        ("timeout", Status.TIMEOUT, "while True: pass\n"),
        ("crashed", Status.CRASHED, "import os; os.kill(os.getpid(), 6)\n"),
        ("memory", Status.MEMORY, "x = bytearray(2**40)\n"),
    ],
)
def test_a_file_that_never_loads_answers_nothing(
    ask: Ask, monkeypatch: pytest.MonkeyPatch, kind: str, status: Status, source: str
) -> None:
    """A loop, a crash or a huge allocation at import is the status of every call."""
    monkeypatch.setattr("grader.fence.conversation.LOADING_SECONDS", 0.1)
    subject = ask(source, call("f"), call("f"))
    assert (kind, [status, status]) == (subject.facts.problem.kind, [subject.answer(p).status for p in subject.probes])


def test_another_exercise_is_importable_by_its_name(ask: Ask) -> None:
    """One exercise may use the student's own function of another."""
    subject = ask("from entropy import h\ndef f():\n    return h()\n", entropy="def h():\n    return 3\n")
    assert 3 == subject.answer_first().value


def test_a_broken_other_exercise_is_blamed_by_name(ask: Ask) -> None:
    """The error says which file is broken, and where."""
    problem = ask("import entropy\ndef f(): pass\n", entropy="x = 1\nraise ValueError('no')\n").facts.problem
    assert ("ImportError", "entropy.py, line 2 cannot be imported: ValueError('no')") == (problem.kind, problem.message)


def test_other_files_of_theirs_are_not_importable(ask: Ask) -> None:
    """What is not among the sources is not found."""
    assert "ModuleNotFoundError" == ask("import notes\n").facts.problem.kind


def test_one_child_serves_all_exercises_of_a_submission(sandbox: Sandbox) -> None:
    """Two exercises of one submission run in the same child, and share modules as files in one folder do."""
    first, second = (Batch(probes(name, [call("f")])) for name in ("a", "b"))
    sources = {"one": b"import os\ndef f(): return os.getpid()\n", "two": b"import one\ndef f(): return one.f()\n"}
    with sandbox.submission(sources) as child:
        a = child.exercise("one", calls=("f",), batch=first).answer(first.probes[0]).value
        b = child.exercise("two", calls=("f",), batch=second).answer(second.probes[0]).value
    assert a == b


def test_an_exercise_that_crashed_does_not_spoil_the_next(sandbox: Sandbox) -> None:
    """The next exercise gets a new child."""
    batch = Batch(probes("a", [call("f")]))
    with sandbox.submission({"one": b"import os\ndef f(): os._exit(1)\n", "two": b"def f(): return 1\n"}) as child:
        got = [
            child.exercise(slug, calls=("f",), batch=batch).answer(batch.probes[0]).status for slug in ("one", "two")
        ]
    assert [Status.CRASHED, Status.VALUE] == got


@pytest.mark.parametrize(
    "body",
    [
        "import numpy as np; return float(np.linalg.det(np.eye(2)) + np.random.default_rng(1).random() * 0)",
        "import numpy as np; return float(np.fft.fft([1.0]).real[0])",
        "from scipy.special import softmax; return float(softmax([0.0]).sum())",
        "from dataclasses import make_dataclass; return make_dataclass('A', ['x'])(1.0).x",
        "import logging; logging.warning('hm'); return 1.0",
        "from concurrent.futures import ThreadPoolExecutor as T; return T(2).submit(lambda: 1.0).result()",
        "import zoneinfo, datetime; zoneinfo.ZoneInfo('Europe/Madrid'); return 1.0",
        "import inspect; return float('return' in inspect.getsource(f))",
        "import statistics, itertools, functools, collections, json, re, typing, decimal, fractions; return 1.0",
        "import sqlite3, ssl, lzma, bz2, hashlib, uuid, ctypes; return 1.0",
        "import traceback, pathlib, tempfile, subprocess, asyncio, unittest, doctest; return 1.0",
        "return 1.0 if __name__ == 'work' else 0.0",
    ],
)
def test_what_students_ordinarily_do_works(ask: Ask, body: str) -> None:
    """The layers are not in the way of ordinary code."""
    lines = "\n    ".join(body.split("; "))
    subject = ask(f"def f():\n    {lines}\n", limits=Limits(cpu_seconds=5.0))
    assert 1.0 == subject.answer_first().value
