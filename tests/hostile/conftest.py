"""The arena: a class that an attacker is graded in, and what must be untouched afterwards.

Every attack is judged in a sandbox that it shares with two honest students, by an exercise with public, hidden and
computed checks. The secrets that it may look for are real: files, memory of a living process, a reference.
"""

from __future__ import annotations

import ctypes
import json
import os
import secrets
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from grader.author.bank import with_bank
from grader.author.new import new_exercise
from grader.exercise.call import Call, call
from grader.exercise.course import load_author_course
from grader.exercise.exercise import Exercise, Limits
from grader.exercise.probe import probes
from grader.exercise.reply import Reply
from grader.exercise.subject import Subject
from grader.fence import Batch, Policy, Sandbox, Sheet, sheet_of
from grader.judge import Report, judge
from grader.report.feedback import render_feedback
from grader.report.form import report_to_json
from grader.report.look import Look

SLOT = 77  # as root, children have a user id that no other sandbox of this machine has
QUICK = Limits(cpu_seconds=0.05, memory_mb=256, reply_mb=1)
SUBREAPER = 36  # prctl: orphans of ours become our children, so that none is out of sight
PLACES = (tempfile.gettempdir(), "/dev/shm", "/var/tmp", str(Path.home()), str(Path.cwd()))  # noqa: S108 - may be attacked
RIGHT = b"def mean(x):\n    if not x:\n        raise ValueError('no entries')\n    return sum(map(float, x)) / len(x)\n"
WRONG = b"def mean(x):\n    return float(sum(x))\n"
MORE_PUBLIC = """
EMPTY = probes("empty", [call("mean", []), call("mean", ())])


@check(points=1, needs=["means"])
def law(subject):
    \"\"\"Twice the entries have twice the mean.\"\"\"
    whole = round(float(subject.mean([3.0, 1.0])))  # which nan and infinity have not
    expect(subject.mean([6.0, 2.0])).close(2.0 * whole)
"""
MORE_SETTINGS = """
[[generic]]
use = "leaves_arguments"
name = "kept"
title = "The entries are left as they were"
points = 1
on = "ordinary"
needs = ["means"]
visibility = "public"

[[generic]]
use = "refuses_values"
name = "refused"
title = "No entries have no mean"
points = 1
on = "empty"
needs = ["means"]
visibility = "hidden"
"""
VICTIM = """
import ctypes, os, sys
secret = ctypes.create_string_buffer(sys.argv[1].encode())
other = os.memfd_create("x") if hasattr(os, "memfd_create") else os.dup(0)
os.write(other, sys.argv[1].encode())
print(ctypes.addressof(secret), other, flush=True)
sys.stdin.read()
"""


@dataclass(frozen=True)
class Verdict:
    """What an attacker got: points, the outcome of each check, the report, and the text of its feedback."""

    points: float
    outcomes: dict[str, str]
    report: Report
    page: str
    told: dict[str, Any] = field(repr=False)


def left_running() -> set[int]:
    """Return the processes below this one that live, except what waits to be taken away."""
    return {pid for pid in _below(os.getpid()) if _lives(pid)}


def _below(pid: int) -> Iterator[int]:
    for task in _listed(f"/proc/{pid}/task"):
        try:
            children = Path(f"/proc/{pid}/task/{task}/children").read_text(encoding="ascii").split()
        except OSError:
            continue
        for child in map(int, children):
            yield child
            yield from _below(child)


def _listed(folder: str) -> list[str]:
    try:
        return [path.name for path in Path(folder).iterdir()]
    except OSError:
        return []


def _lives(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


def settles(allowed: set[int], seconds: float = 10.0) -> set[int]:
    """Return what runs that should not, after giving what was killed some time to go."""
    end = time.monotonic() + seconds
    while (extra := left_running() - allowed) and time.monotonic() < end:
        time.sleep(0.02)
    return extra


@dataclass
class Arena:
    """One sandbox, one exercise, two honest students, and whoever attacks them."""

    exercise: Exercise
    sheet: Sheet
    sandbox: Sandbox
    canary: Path
    secret: str
    honest: list[Any] = field(default_factory=list)
    written: object = None

    def judged(self, source: bytes) -> Verdict:
        """Judge one submission, write it down, and render its page in both languages."""
        with self.asked(source) as subject:
            return told(self.exercise, subject)

    def marked(self, source: bytes) -> dict[str, Any]:
        """Judge one submission and write it down."""
        with self.asked(source) as subject:
            return report_to_json(judge(self.exercise, subject))

    @contextmanager
    def asked(self, source: bytes, limits: Limits = QUICK) -> Iterator[Subject]:
        """Return a submission as a subject whose declared probes have been answered."""
        with self.sandbox.submission({"mean": source}) as child:
            yield child.ask([replace(self.sheet, limits=limits)])[0]

    def attack(self, source: str | bytes) -> Verdict:
        """Judge an attacker, and see that nobody and nothing else was touched."""
        allowed = left_running()
        verdict = self.judged(source.encode() if isinstance(source, str) else source)
        assert settles(allowed) == set()
        assert [self.marked(honest) for honest in (RIGHT, WRONG)] == self.honest
        assert self.traces() == self.written
        return verdict

    def sweep(self) -> None:
        """Take away what an attack made whose layers were off."""
        for place in PLACES:
            for path in _marked(place):
                Path(path).unlink() if not Path(path).is_dir() else Path(path).rmdir()

    def traces(self) -> object:
        """Return all that the attacked folders hold that could be an attacker's."""
        inside = sorted((str(path), path.lstat().st_size, path.lstat().st_mtime_ns) for path in self.canary.rglob("*"))
        return inside, [path for place in PLACES for path in _marked(place)]


def _marked(place: str) -> list[str]:
    """Return what in a folder has an attacker's name, or, as root, an attacker's user."""
    found = []
    for name in _listed(place):
        path = Path(place) / name
        with suppress(FileNotFoundError):  # others work in these folders, too
            owner = path.lstat().st_uid if os.getuid() == 0 else None
            if name.startswith("hostile-") or owner == 60001 + SLOT:
                found.append(str(path))
    return sorted(found)


def told(exercise: Exercise, subject: Subject) -> Verdict:
    """Return the verdict on a subject; writing it down and showing it must never fail."""
    report = judge(exercise, subject)
    form = report_to_json(report)
    json.dumps(form, allow_nan=False).encode()
    pages = [
        render_feedback("ana", [(exercise, report)], Look(language=language, plain=True, audience=audience)).plain
        for language in ("en", "es")
        for audience in ("student", "instructor")
    ]
    assert all(page.isprintable() for page in "".join(pages).split("\n"))
    return Verdict(report.points, {one.check: str(one.outcome) for one in report.results}, report, pages[0], form)


@pytest.fixture(scope="package")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a course with one exercise: it has public, hidden and computed checks, and a secret in its solution."""
    root = tmp_path_factory.mktemp("hostile") / "solutions"
    root.mkdir()
    (root / "course.toml").write_text(
        '[title]\nen = "A"\nes = "A"\n\n[[assignment]]\nslug = "lab-00"\nexercises = ["mean"]\n', encoding="utf-8"
    )
    new_exercise("mean", root)
    public, settings = root / "mean" / "public.py", root / "mean" / "exercise.toml"
    text = public.read_text(encoding="utf-8").replace("6.0])])", "6.0])], observes_arguments=True)")
    public.write_text(text + MORE_PUBLIC, encoding="utf-8")
    settings.write_text(settings.read_text(encoding="utf-8") + MORE_SETTINGS, encoding="utf-8")
    solution = root / "mean" / "solution.py"
    refusing = solution.read_text(encoding="utf-8").replace(
        "    return float(", "    if not np.size(x):\n        raise ValueError('no entries')\n    return float("
    )
    solution.write_text(refusing + f"\n\nSECRET = '{SECRET}'\n", encoding="utf-8")
    return root


@pytest.fixture(scope="package")
def exercise(course: Path, tmp_path_factory: pytest.TempPathFactory) -> Exercise:
    """Return the exercise, with short limits."""
    made = load_author_course(course).exercise("mean")
    return replace(with_bank(made, course / "mean", cache=tmp_path_factory.mktemp("hostile-cache")), limits=QUICK)


SECRET = "hidden-" + secrets.token_hex(8)


@pytest.fixture(scope="package")
def arena(exercise: Exercise, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Arena]:
    """Return the arena, with the marks of the honest as they are without any attacker."""
    ctypes.CDLL(None).prctl(SUBREAPER, 1, 0, 0, 0)
    canary = tmp_path_factory.mktemp("canary")
    canary.chmod(0o777)
    (canary / "file").write_text(SECRET, encoding="utf-8")
    (canary / "file").chmod(0o666)
    sheet = sheet_of(exercise)
    before = left_running()
    with Sandbox(policy=Policy.REQUIRE, slot=SLOT) as fresh:
        honest = [Arena(exercise, sheet, fresh, canary, SECRET).marked(source) for source in (RIGHT, WRONG)]
    with Sandbox(policy=Policy.REQUIRE, slot=SLOT) as sandbox:
        made = Arena(exercise, sheet, sandbox, canary, SECRET, honest)
        made.written = made.traces()
        yield made
    assert settles(before) == set()
    ctypes.CDLL(None).prctl(SUBREAPER, 0, 0, 0, 0)


@dataclass
class Cells:
    """Sandboxes with some layers left out, each started once."""

    stack: ExitStack
    made: dict[frozenset[str], Sandbox] = field(default_factory=dict)

    def ask(self, without: Sequence[str], source: bytes, function: str, *args: object, limits: Limits = QUICK) -> Reply:
        """Return the reply to one call of an attacker's function."""
        return self._replies(without, source, [call(function, *args)], limits)[0]

    def ask_many(
        self, without: Sequence[str], source: bytes, function: str, count: int, *, limits: Limits
    ) -> list[Reply]:
        """Return the replies to many calls, with the numbers from 0 on."""
        return self._replies(without, source, [call(function, number) for number in range(count)], limits)

    def _replies(self, without: Sequence[str], source: bytes, calls: Sequence[Call], limits: Limits) -> list[Reply]:
        batch = Batch(probes("attack", calls))
        with self._sandbox(without).submission({"attack": source}) as child:
            functions = tuple({made.function for made in calls})
            subject = child.exercise("attack", calls=functions, batch=batch, limits=limits)
            return [subject.answer(probe) for probe in batch.probes]

    def server(self, without: Sequence[str]) -> int:
        """Return the process id of a sandbox's server, which lives: it has just answered."""
        self.ask(without, RIGHT, "mean", [1.0])
        return self._sandbox(without).server_pid

    def _sandbox(self, without: Sequence[str]) -> Sandbox:
        key = frozenset(without)
        if key not in self.made:
            self.made[key] = self.stack.enter_context(Sandbox(policy=Policy.BEST, without=without, slot=SLOT))
        return self.made[key]


@pytest.fixture(scope="package")
def cells(arena: Arena) -> Iterator[Cells]:
    """Return sandboxes with some layers left out."""
    del arena  # which makes orphans visible, and is to outlive them
    with ExitStack() as stack:
        yield Cells(stack)


@dataclass(frozen=True)
class Victim:
    """A process of ours whose memory, descriptors and life are attacked."""

    pid: int
    address: int
    descriptor: int
    lives: Callable[[], bool]

    def dies(self) -> bool:
        """Return whether it ends soon."""
        end = time.monotonic() + 5
        while self.lives() and time.monotonic() < end:
            time.sleep(0.01)
        return not self.lives()


@pytest.fixture
def victim(arena: Arena) -> Iterator[Victim]:
    """Start a process with a secret in its memory and in an open descriptor."""
    with subprocess.Popen(
        [sys.executable, "-c", VICTIM, arena.secret], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as running:
        assert running.stdout is not None
        address, descriptor = map(int, running.stdout.readline().split())
        yield Victim(running.pid, address, descriptor, lambda: running.poll() is None)
        running.kill()


@pytest.fixture(name="told", scope="package")
def _told() -> Callable[[Exercise, Subject], Verdict]:
    """Return the function that judges, writes down and shows."""
    return told
