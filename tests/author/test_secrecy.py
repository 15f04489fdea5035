"""Secrecy: a piece of a secret file is found in any wrapping, and a clean release is clean."""

from __future__ import annotations

import base64
import gzip
import io
import json
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from grader.author.laws.quotes import lists_in, nothing_quoted
from grader.author.laws.secrecy import Told, files_of, hidden_inputs, nothing_secret, nothing_secret_in_feedback
from grader.author.laws.windows import secrets_of
from grader.author.members import Member, members
from grader.author.prove import Proof
from grader.author.release import build_release, write_bundle
from grader.exercise.course import load_author_course

SOLUTION = '''"""The reference: a running mean that never overflows."""

import numpy as np


def mean(x):
    """Return the mean of the entries of a vector.

    Parameters
    ----------
    x : array_like of float
        At least one entry.
    """
    values = np.asarray(x, dtype=np.float64)
    running = 0.0
    for count, entry in enumerate(values, start=1):
        step = (entry - running) / count
        running = running + step if np.isfinite(step) else running + entry / count - running / count
    return float(running)
'''
BODY = SOLUTION.partition('    """\n    values')[2].partition("\n")[2]
LOOP = BODY.replace("    for", "for", 1).replace("\n    ", "\n")
REFORMATTED = """def g(x):
\trunning=0.0 ;
\tfor count , entry in enumerate(values,
\t\tstart = 1):
\t\tstep=(entry-running)/count"""
RENAMED = (
    LOOP.replace("running", "m")
    .replace("count", "i")
    .replace("entry", "v")
    .replace("values", "xs")
    .replace("step", "d")
    .replace("np.", "numpy.")
)


@pytest.fixture
def secret(solutions: Path) -> Path:
    """Return a course whose solution is worth hiding."""
    (solutions / "mean" / "solution.py").write_text(SOLUTION, encoding="utf-8")
    return solutions


def zipped(member: Member) -> Member:
    """Return a member inside a zip."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(member.name, member.content)
    return Member("archive.zip", stream.getvalue())


def tarred(member: Member, *, mode: str = "w:gz", name: str = "archive.tar.gz") -> Member:
    """Return a member inside a tar."""
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode=mode) as archive:  # type: ignore[call-overload]
        info = tarfile.TarInfo(member.name)
        info.size = len(member.content)
        archive.addfile(info, io.BytesIO(member.content))
    return Member(name, stream.getvalue())


def notebook(text: str, *, as_lines: bool) -> Member:
    """Return a notebook with a text in a cell."""
    source = text.splitlines(keepends=True) if as_lines else text
    cells = [{"cell_type": "markdown", "source": ["# Lab\n"]}, {"cell_type": "code", "source": source}]
    return Member("mean.ipynb", json.dumps({"cells": cells, "nbformat": 4}).encode())


WRAPPED: dict[str, Callable[[], Member]] = {
    "as it is": lambda: Member("a.py", SOLUTION.encode()),
    "its body only": lambda: Member("a.md", f"# Notes\n\n{BODY}\n".encode()),
    "reformatted": lambda: Member("a.py", REFORMATTED.encode()),
    "renamed": lambda: Member("a.py", RENAMED.encode()),
    "with comments": lambda: Member("a.py", BODY.replace("\n", "  # so it is\n").encode() + BODY.encode()),
    "with other bytes": lambda: Member("a.py", b"\xff\xfe" + BODY.encode()),
    "its docstring": lambda: Member("a.md", b"He said: The reference: a running\nmean that  never overflows."),
    "in JSON": lambda: Member("a.json", json.dumps({"a": [{"b": BODY}]}).encode()),
    "in broken JSON": lambda: Member("a.json", b"{" + BODY.encode()),
    "in a cell": lambda: notebook(BODY, as_lines=False),
    "in a cell's lines": lambda: notebook(BODY, as_lines=True),
    "in base64": lambda: Member("a.toml", b'x = "' + base64.b64encode(BODY.encode()) + b'"'),
    "in base64 of many lines": lambda: Member("a.txt", b"Keep this\n" + base64.encodebytes(BODY.encode())),
    "in base64 after a word": lambda: Member("a.txt", b"abc\n" + base64.b64encode(BODY.encode())),
    "in base64 in JSON": lambda: Member(
        "a.json", json.dumps({"a": base64.encodebytes(BODY.encode()).decode()}).encode()
    ),
    "in base64 in a cell": lambda: notebook(base64.b64encode(SOLUTION.encode()).decode(), as_lines=True),
    "in a zip": lambda: zipped(Member("a.py", BODY.encode())),
    "in a zip in a zip": lambda: zipped(zipped(Member("a.py", BODY.encode()))),
    "in a tar in a zip": lambda: zipped(tarred(Member("a.py", BODY.encode()))),
    "in a tar of another name": lambda: tarred(Member("a.py", BODY.encode()), mode="w", name="a.bin"),
    "in a packed tar of another name": lambda: tarred(Member("a.py", BODY.encode()), mode="w:xz", name="a.bin"),
    "in gzip": lambda: Member("a.py.gz", gzip.compress(BODY.encode())),
    "in a notebook in a zip": lambda: zipped(notebook(BODY, as_lines=True)),
}


@pytest.mark.parametrize("wrapped", WRAPPED.values(), ids=WRAPPED)
def test_a_piece_of_a_solution_is_found_in_any_wrapping(secret: Path, wrapped: Callable[[], Member]) -> None:
    """However it was written, packed or renamed."""
    secrets = secrets_of(secret)
    assert [seen for member in members(wrapped()) for seen in secrets.seen_in(member)] != []


@pytest.mark.parametrize(
    "name", ["solution.py", "hidden.py", "truth.py", "accepted/plain_loop.py", "mistakes/sum_instead.py"]
)
def test_every_author_s_file_but_the_public_checks_is_secret(secret: Path, name: str) -> None:
    """Each is found as it is."""
    content = (secret / "mean" / name).read_bytes()
    assert list(secrets_of(secret).seen_in(Member("a.py", content))) != []
    public = (secret / "mean" / "public.py").read_bytes()
    assert list(secrets_of(secret).seen_in(Member("public.py", public))) == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        "def mean(x):\n    return sum(x) / len(x)\n",
        "Mean of x: the sum of the entries, divided by the number of entries.",
        '{"not": "secret"}',
        "QUJD" * 30,
    ],
)
def test_what_is_no_secret_is_not_found(secret: Path, text: str) -> None:
    """An own answer, prose, and letters that could be base64."""
    assert list(secrets_of(secret).seen_in(Member("a.json", text.encode()))) == []


def test_a_clean_release_is_clean(secret: Path, tmp_path: Path) -> None:
    """The stub shows the signature and the docstring, and those are no secret."""
    path = secret / "mean" / "solution.py"
    signature = "def mean(x, *, start=0.0, step=1.0, scale=(1, 2, 3), exact=False):"
    path.write_text(SOLUTION.replace("def mean(x):", signature), encoding="utf-8")
    files = build_release(load_author_course(secret))
    assert signature in files["mean/mean.py"]
    write_bundle(files, tmp_path / "bundle.zip")
    bundle = list(members(Member("bundle.zip", (tmp_path / "bundle.zip").read_bytes())))
    artefacts = {"exercises": list(files_of(files)), "bundle": bundle}
    assert [str(violation) for violation in nothing_secret(artefacts, secret)] == []


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("exercises", "mean/solution.py"),
        ("exercises", "mean/hidden.py"),
        ("exercises", "mean/mistakes/sum_instead.py"),
        ("exercises", "mean/public.py.bak"),
        ("exercises", "oracles.py"),
        ("source", "lab-00/solution.py"),
        ("bundle", "solutions/mean/solution.py"),
        ("bundle", "exercises/mean/hidden.py"),
        ("bundle", "exercises/../solutions/course.toml"),
        ("wheel", "solutions/mean/solution.py"),
        ("wheel", "tests/test_it.py"),
        ("sdist", "softmax_grader-0.1.0/solutions/course.toml"),
        ("sdist", "softmax_grader-0.1.0/tests/author/test_laws.py"),
    ],
)
def test_a_name_that_is_on_no_list_is_seen(whole: Path, kind: str, name: str) -> None:
    """Even of an empty file."""
    seen = [str(violation) for violation in nothing_secret({kind: [Member(name, b"")]}, whole)]
    assert seen == [f"law 7, nothing secret is released: {kind}: {name}: it is not on the list of what may be released"]


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("exercises", "course.json"),
        ("exercises", "mean/mean.py"),
        ("exercises", "mean/text/es.toml"),
        ("source", "lab-00/lab-00.ipynb"),
        ("bundle", "exercises/mean/public.py"),
        ("wheel", "grader/course/mean/answers.json"),
        ("wheel", "grader/author/template/solution.py.txt"),
        ("wheel", "grader/report/card/card.html"),
        ("wheel", "softmax_grader-0.1.0.dist-info/METADATA"),
        ("sdist", "softmax_grader-0.1.0/grader/__init__.py"),
    ],
)
def test_a_name_that_is_on_a_list_may_go(whole: Path, kind: str, name: str) -> None:
    """What students, and those who install it, need."""
    assert list(nothing_secret({kind: [Member(name, b"")]}, whole)) == []


def test_what_new_writes_is_no_secret_in_the_engine(whole: Path) -> None:
    """A new exercise still is the template, and the wheel holds the template."""
    content = (whole / "mean" / "accepted" / "plain_loop.py").read_bytes()
    for kind, name in {
        "wheel": "grader/author/template/a.py.txt",
        "sdist": "x-1/grader/author/template/a.py.txt",
    }.items():
        assert list(nothing_secret({kind: [Member(name, content)]}, whole)) == []
    assert list(nothing_secret({"wheel": [Member("grader/author/a.py", content)]}, whole)) != []


def test_feedback_shows_no_hidden_input_and_no_secret_code(proof: Proof, whole: Path) -> None:
    """Wrapped over lines or not; a student's own code may be shown to them."""
    (trials,) = proof.trials
    assert len(hidden_inputs(trials.exercise)) == 2
    (case,) = (case for case in hidden_inputs(trials.exercise) if "99.0" not in case)
    code = (whole / "mean" / "accepted" / "plain_loop.py").read_text(encoding="utf-8").partition("\n\n")[2]

    def told(text: str, own: str = "") -> list[str]:
        return [v.seen for v in nothing_secret_in_feedback(trials, [Told("ana", text, own)], whole)]

    assert told("Nothing was wrong with mean([1.0]).") == []
    wrapped = case.replace(", ", ",\n  ")
    assert told(f"On {wrapped} it failed.") == [f"it shows the hidden input {case}"]
    assert told(code, own=code) == []
    assert told(code) != []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Try [0, -1e-9] at tau = 1.", ["[0, -1e-9]"]),
        ("Try tau = [[1], [1 - 1e-9]].", ["[[1], [1 - 1e-9]]"]),
        ("[nan, -np.inf, 2 + 1]", ["[nan, -np.inf, 2 + 1]"]),
        ("[[1, 2], [3]], rows of unequal length", ["[1, 2]"]),
        ("z[0], taus[t], [5], [a, b], [1, 2], [1; 2], ] and [", ["[1, 2]"]),
        ("[[1, 2] - 1, 0]", ["[1, 2]"]),
    ],
)
def test_lists_of_numbers_are_found_in_a_text(text: str, found: list[str]) -> None:
    """At least two numbers in brackets, or columns of them, with sums; no index, no words."""
    assert [said for _, said in lists_in(text)] == found


def test_a_hidden_input_is_quoted_unless_it_is_shown(edit: Callable[[str, str, str], None], solutions: Path) -> None:
    """However it is written: 3 is 3.0, 0 is -0.0, and float32 is compared as it was declared."""
    edit("hidden.py", "import call", "import array, call")
    edit("hidden.py", "DRAWN)])", '[0.0, 1.0]), call("mean", array([-0.0, 3.0, 0.1], dtype="float32"))])')
    edit("text/en.toml", "Try a vector of 100 entries.", "Try [0, 3, 0.1] and [0, 1].")
    exercise = load_author_course(solutions).exercise("mean")
    seen = ["it quotes the hidden input [0, 3, 0.1]"]
    assert seen == [violation.seen for violation in nothing_quoted(exercise, ["Nothing, or [0, 3]."])]
    assert list(nothing_quoted(exercise, ["Such as [0.0, 3.0, 0.1]."])) == []


@pytest.mark.parametrize("content", [b"", b"PK", b"\x00" * 100, b"plain text", b"BZh not really", b"\x7fELF"])
def test_what_is_no_archive_is_its_own_only_member(content: bytes) -> None:
    """Whatever its first bytes look like."""
    assert list(members(Member("a.bin", content))) == [Member("a.bin", content)]


def test_archives_are_opened_to_their_files() -> None:
    """Folders and links are no files; the innermost names are told."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("folder/", "")
        archive.writestr("folder/a.txt", "A")
        archive.writestr("b.tar.gz", tarred(Member("c/d.txt", b"D")).content)
    assert list(members(Member("x.whl", stream.getvalue()))) == [Member("folder/a.txt", b"A"), Member("c/d.txt", b"D")]
