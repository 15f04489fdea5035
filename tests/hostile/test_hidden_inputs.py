"""Hidden inputs and the student's page: what public calls say is shown, so they must find no hidden input to say.

Each row looks for hidden inputs wherever its process may hold them, and says them in another way. With public and
hidden calls in one batch, as they once were, every row succeeds.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.clock import family
from grader.author.new import new_exercise
from grader.exercise.call import call
from grader.exercise.course import load_author_course
from grader.exercise.exercise import Exercise, Limits
from grader.exercise.foresee import foresee
from grader.exercise.probe import probes
from grader.fence import Batch, Policy, Sandbox, SandboxedSubject, Sheet, sheet_of
from grader.judge import judge
from grader.report.feedback import render_feedback
from grader.report.look import Look

MARK = 987654321.25  # stands in every hidden input, and its digits in no attacker's code
SLUGS = ("mean", "total")
LIMITS = Limits(cpu_seconds=0.3, memory_mb=256, reply_mb=1)
HIDDEN = f"""
MARKED = probes("marked", [call("SLUG", [{MARK}, 1.0])])


@check(points=1)
def marked(subject):
    \"\"\"A long way off.\"\"\"
    expect(subject.SLUG([{MARK}, 3.0])).close({MARK + 3} / 2)
    expect(subject.SLUG([{MARK}, float(subject.SLUG([1.0]))])).close({MARK + 1} / 2)
"""
PUBLIC = """
@check(points=1)
def follows(subject):
    \"\"\"The mean of a mean and itself.\"\"\"
    mean = subject.SLUG([3.0, 1.0])
    expect(subject.SLUG([mean, mean])).close(mean)
"""
SEARCH = """
import gc, os, sys, warnings
FOUND = []

def right(x):
    return sum(map(float, x)) / len(x)

def flat(of):
    return [x for one in of for x in (one if type(one) is list else [one]) if type(x) is float]

def found():
    frame, seen = sys._getframe(), [one for one in gc.get_objects() if type(one) is list and len(one) < 9]
    while frame is not None:
        seen += [call.args for batch in getattr(frame.f_locals.get("self"), "batches", {}).values() for call in batch]
        frame = frame.f_back
    FOUND.extend(x for one in seen for x in flat(one) if 1e6 < x < 1e12 and int(x) % 10**6 == 654321)
    return FOUND[:1]
"""
LATE = "    if len(x) == 1: FOUND.extend([1e9])\n"
ROWS = {
    "in the text of an exception": "def SLUG(x):\n    raise ValueError(found())",
    "in the name of an exception": "def SLUG(x):\n    raise type(str(found()), (ValueError,), {})",
    "in the values of variables": "def SLUG(x):\n    seen = found()\n    raise ValueError",
    "in the name of a function": (
        "def SLUG(x):\n    def inner(): raise ValueError\n"
        "    inner.__code__ = inner.__code__.replace(co_name=str(found()))\n    inner()"
    ),
    "as a value": "def SLUG(x):\n    return (found() or [9.5])[0]",
    "as a list": "def SLUG(x):\n    return found()",
    "in a print": "def SLUG(x):\n    print(found())\n    return 9.5",
    "in a warning": "def SLUG(x):\n    warnings.warn(str(found()))\n    return 9.5",
    "where a loop was stopped": (
        "def SLUG(x):\n    def inner():\n        while True: pass\n"
        "    inner.__code__ = inner.__code__.replace(co_name=str(found()))\n    if len(x) == 1: inner()\n    return 9.5"
    ),
    "in a call that nobody foresaw": (
        "def SLUG(x):\n    if list(x) == [3.0, 1.0]: return 2.5\n"
        "    if list(x) == [2.5, 2.5]: raise ValueError(found())\n    found()\n    return right(x)"
    ),
    "from a hidden call before": (
        "def SLUG(x):\n    FOUND.extend(x)\n    if list(x) == [3.0, 1.0]: return 2.5\n"
        "    if list(x) == [2.5, 2.5]: raise ValueError(max(FOUND))\n    return right(x)"
    ),
    "while a file is loaded": "if found(): raise ValueError(FOUND)\ndef SLUG(x): return 9.5",
    "while a file is loaded again": (
        "if found(): raise ValueError(FOUND)\ndef SLUG(x):\n    if x[0] > 1e6: os._exit(1)\n    return 9.5"
    ),
}


@pytest.fixture(scope="module")
def exercises(tmp_path_factory: pytest.TempPathFactory) -> tuple[Exercise, ...]:
    """Return two exercises whose hidden inputs, declared and computed, all have the mark."""
    root = tmp_path_factory.mktemp("marked") / "solutions"
    root.mkdir()
    titles = '[title]\nen = "A"\nes = "A"\n\n[[assignment]]\nslug = "lab"\nexercises = ["mean", "total"]\n'
    (root / "course.toml").write_text(titles, encoding="utf-8")
    for slug in SLUGS:
        new_exercise(slug, root)
        for name, more in (("public.py", PUBLIC), ("hidden.py", HIDDEN)):
            path = root / slug / name
            path.write_text(path.read_text(encoding="utf-8") + more.replace("SLUG", slug), encoding="utf-8")
    course = load_author_course(root)
    return tuple(replace(course.exercise(slug), limits=LIMITS) for slug in SLUGS)


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    """Return a sandbox that nothing was asked of."""
    with Sandbox(policy=Policy.REQUIRE, slot=78) as made:
        yield made


def in_one(sheet: Sheet) -> Sheet:
    """Return a sheet as if nothing in it were hidden."""
    return replace(sheet, shown=Batch([*sheet.shown.probes, *sheet.hidden.probes]), hidden=Batch(()))


def said(exercises: Sequence[Exercise], sandbox: Sandbox, code: str, *, apart: bool) -> str:
    """Return the pages of a student, and all that came back from calls that a page may show."""
    foreseen = [foresee(exercise) for exercise in exercises]
    sheets = [sheet_of(exercise, known) for exercise, known in zip(exercises, foreseen, strict=True)]
    sheets = sheets if apart else list(map(in_one, sheets))
    sources = {slug: (SEARCH + code.replace("SLUG", slug)).encode() for slug in SLUGS}
    with sandbox.submission(sources) as child:
        subjects = child.ask(sheets)
        reports = [judge(one, known.of(it)) for one, known, it in zip(exercises, foreseen, subjects, strict=True)]
    looks = [Look(language=language, plain=True) for language in ("en", "es")]
    graded = list(zip(exercises, reports, strict=True))
    pages = [render_feedback("ana", graded, look).plain for look in looks]
    return "\n".join([*pages, *shown(sheets, subjects, exercises)])


def shown(sheets: Sequence[Sheet], subjects: Sequence[SandboxedSubject], exercises: Sequence[Exercise]) -> list[str]:
    """Return the facts, and the replies to all that public checks ask."""
    told = [repr(subject.facts) for subject in subjects]
    for sheet, subject, exercise in zip(sheets, subjects, exercises, strict=True):
        public = [probe for probe in sheet.shown.probes if not probe.call.hidden]
        told += [repr(subject.answer(one)) for one in public if one.group in {*exercise.public_groups, "(computed)"}]
    return told


@pytest.mark.parametrize("code", ROWS.values(), ids=list(ROWS))
def test_no_hidden_input_is_said(code: str, exercises: tuple[Exercise, ...], sandbox: Sandbox) -> None:
    """Whatever a public call says, and wherever it looks before, there is no hidden input in it."""
    assert "87654321" not in said(exercises, sandbox, code, apart=True)


@pytest.mark.parametrize("code", ROWS.values(), ids=list(ROWS))
def test_in_one_batch_it_would_be_said(code: str, exercises: tuple[Exercise, ...]) -> None:
    """Where a child is told public and hidden calls together, the same code finds one and says it."""
    with Sandbox(policy=Policy.REQUIRE, slot=78) as fresh:
        assert "87654321" in said(exercises, fresh, code, apart=False)


def test_a_child_is_enough_for_both(exercises: tuple[Exercise, ...], sandbox: Sandbox) -> None:
    """An ordinary submission has one child, for what is shown and for what is hidden, of all exercises."""
    code = "import os\ndef SLUG(x):\n    warnings.warn(str(os.getpid()))\n    return right(x)"
    sources = {slug: (SEARCH + code.replace("SLUG", slug)).encode() for slug in SLUGS}
    sheets = [sheet_of(exercise, foresee(exercise)) for exercise in exercises]
    with sandbox.submission(sources) as child:
        subjects = child.ask(sheets)
    probes = [[*sheet.shown.probes, *sheet.hidden.probes] for sheet in sheets]
    pids = {subject.answer(one).warned for subject, asked in zip(subjects, probes, strict=True) for one in asked}
    assert len(pids) == 1


@pytest.mark.skipif(os.getuid() != 0, reason="only root may read another process's memory")
def test_the_warm_server_holds_no_hidden_input(exercises: tuple[Exercise, ...], sandbox: Sandbox) -> None:
    """Children are its copies; so after a class of students its memory is searched for the number itself."""
    said(exercises, sandbox, ROWS["as a value"], apart=True)
    public = 2.0 + 2**-40  # an input that the server does hold shows that the search can find one
    sheet = Sheet("mean", ("mean",), LIMITS, Batch(probes("held", [call("mean", [public])])))
    with sandbox.submission({"mean": b"def mean(x): return 1.0"}) as child:
        child.ask([sheet])
    held = [part for pid in family(sandbox.server_pid) for part in memory(pid)]
    assert [any(struct.pack("<d", number) in part for part in held) for number in (public, MARK)] == [True, False]


def memory(pid: int) -> Iterator[bytes]:
    """Yield what a process has written to its memory, part by part; one that waits to be taken away has none."""
    try:
        lines = [line.split() for line in Path(f"/proc/{pid}/maps").read_text(encoding="ascii").splitlines()]
    except (FileNotFoundError, ProcessLookupError):  # it has been taken away since it was listed
        return
    ranges = [line[0].split("-") for line in lines if line[1].startswith("rw")]
    if not ranges:
        return
    with Path(f"/proc/{pid}/mem").open("rb", buffering=0) as file:
        for start, end in ranges:
            file.seek(int(start, 16))
            yield file.read(int(end, 16) - int(start, 16))
