"""What is measured: submissions, and the cases of the exercise, ours as probes and theirs as plain Python.

Every right and every wrong answer that lies beside the solution is a submission. Most are wrong somewhere, which is
the harder case for us: a wrong answer is diagnosed, and the rivals only say that it is wrong.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from grader.author.bank import with_bank
from grader.author.place import Variant, accepted, find_project, mistakes
from grader.exercise.call import Call
from grader.exercise.course import load_author_exercise
from grader.exercise.exercise import Exercise
from grader.exercise.probe import Group, Probe
from grader.exercise.python import as_python
from grader.exercise.reply import Facts, Reply, Status
from grader.exercise.subject import Subject
from grader.judge import judge

SLUG: Final = "softmax"
SUITE: Final = Path(__file__).parent / "suite"


@dataclass(frozen=True, slots=True)
class Submitted:
    """One student's file."""

    name: str
    source: bytes


@dataclass(eq=False)
class Listening:
    """A subject that remembers the calls with computed inputs: the floor makes them, too."""

    subject: Subject
    heard: list[Call] = field(default_factory=list)

    @property
    def facts(self) -> Facts:
        """The facts of the subject itself."""
        return self.subject.facts

    def answer(self, probe: Probe) -> Reply:
        """Answer as the subject does."""
        return self.subject.answer(probe)

    def call(self, call: Call) -> Reply:
        """Remember the call and answer as the subject does."""
        self.heard.append(call)
        return self.subject.call(call)


def load_exercise() -> Exercise:
    """Return the exercise as `grader grade` has it: with hidden checks, live reference, and bank of mistakes."""
    root = find_project(Path(__file__).parent) / "solutions"
    return with_bank(load_author_exercise(root, SLUG), root / SLUG)


def submissions(count: int) -> list[Submitted]:
    """Return ``count`` different files, spread evenly over all right and wrong answers."""
    folder = find_project(Path(__file__).parent) / "solutions" / SLUG
    files = [*accepted(folder), *mistakes(folder)]
    chosen = [files[at * len(files) // count] for at in range(count)] if count < len(files) else _round(files, count)
    return [
        Submitted(f"{file.diagnosis}/{file.name}", b"%b\n# student %d\n" % (file.path.read_bytes(), number))
        for number, file in enumerate(chosen)
    ]


def _round(files: list[Variant], count: int) -> list[Variant]:
    return [files[at % len(files)] for at in range(count)]


def write_suite(exercise: Exercise, folder: Path) -> None:
    """Write the rivals' tests."""
    for name in ("comparing.py", "test_cases.py", "run_gradescope.py", "floor_server.py"):
        shutil.copy(SUITE / name, folder)
    (folder / "cases.py").write_text("\n".join(_cases(exercise)), encoding="utf-8")


def law_calls(exercise: Exercise) -> list[Call]:
    """Return the calls that checks make with inputs of their own."""
    listening = Listening(exercise.reference)
    judge(exercise, listening)
    return listening.heard


def _cases(exercise: Exercise) -> Iterator[str]:
    yield "import numpy as np\n"
    yield f"FUNCTION = {exercise.calls[0]!r}\n"
    yield "CASES = {"
    for group in exercise.groups:
        yield f"    {group.name!r}: ["
        yield from (f"        ({_case(exercise, group, probe)})," for probe in group)
        yield "    ],"
    yield "}\n\nLAWS = ["
    yield from (f"    ({_given(call)})," for call in law_calls(exercise))
    yield "]\n"


def _case(exercise: Exercise, group: Group, probe: Probe) -> str:
    """Return what is called, and what must come back and how near, as Python."""
    reply = exercise.reference.answer(probe)
    given = _given(probe.call)
    if group.observes_arguments:
        return f'"keeps", {given}, None, None'
    if reply.status is Status.RAISED:
        return f'"refuses", {given}, None, None'
    return f'"agrees", {given}, {as_python(reply.value)}, {as_python(group.tolerance(probe.call, reply.value))}'  # type: ignore[arg-type]


def _given(call: Call) -> str:
    return f"{as_python(call.args)}, {as_python(dict(call.kwargs))}"
