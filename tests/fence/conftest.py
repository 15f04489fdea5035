"""A real sandbox, with real children, for all tests of the fence."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest

from grader.exercise.call import Call, call
from grader.exercise.probe import Probe, probes
from grader.exercise.reply import Facts, Reply
from grader.fence import Batch, Limits, Policy, Sandbox, SandboxedSubject

QUICK = Limits(cpu_seconds=0.3, memory_mb=256, reply_mb=1)


@dataclass(frozen=True)
class Asking:
    """A subject together with the probes that it was asked."""

    subject: SandboxedSubject
    probes: tuple[Probe, ...]

    @property
    def facts(self) -> Facts:
        """The facts of the file."""
        return self.subject.facts

    def answer(self, probe: Probe) -> Reply:
        """Return the reply to a probe."""
        return self.subject.answer(probe)

    def answer_first(self) -> Reply:
        """Return the reply to the first probe."""
        return self.answer(self.probes[0])

    def call(self, made: Call) -> Reply:
        """Make a computed call."""
        return self.subject.call(made)


Answers = Callable[..., Asking]


@pytest.fixture(scope="session")
def sandbox() -> Iterator[Sandbox]:
    """One warm server for the whole session."""
    with Sandbox(policy=Policy.BEST, imports=["numpy"]) as made:
        yield made


@pytest.fixture
def ask(sandbox: Sandbox) -> Iterator[Answers]:
    """Ask a source some calls of its function ``f``; the subject's child is closed at the end."""
    opened = []

    def asking(source: str | bytes, *calls: Call, limits: Limits = QUICK, **others: str | bytes) -> Asking:
        files = {"work": source, **others}
        sources = {slug: text.encode() if isinstance(text, str) else text for slug, text in files.items()}
        child = sandbox.submission(sources)
        opened.append(child)
        batch = Batch(probes("group", calls or [call("f")]))
        subject = child.exercise("work", calls=("f",), batch=batch, limits=limits)
        return Asking(subject, batch.probes)

    yield asking
    for child in opened:
        child.close()
