"""A submission in the sandbox, and each of its exercises as a subject that the judge can ask."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import TracebackType
from typing import Self

from grader.child.wire import REQUEST_BYTES, Writer
from grader.exercise.call import Call
from grader.exercise.exercise import Limits
from grader.exercise.probe import Probe
from grader.exercise.reply import Facts, Reply
from grader.fence.batch import Batch, tree_of
from grader.fence.collect import Collection
from grader.fence.conversation import Conversation, Forks, Task
from grader.fence.written import Notebook


class SandboxedSubject:
    """One exercise of a submission. All declared probes have been answered when it is made."""

    def __init__(self, collected: Collection, replies: Mapping[str, Reply]) -> None:
        self._collected = collected
        self._replies = replies

    @property
    def facts(self) -> Facts:
        """What parsing the file said, before it ran."""
        return self._collected.facts or Facts()

    def answer(self, probe: Probe) -> Reply:
        """Return the reply to a declared probe."""
        return self._replies[probe.name]

    def call(self, call: Call) -> Reply:
        """Make a call with computed inputs now."""
        task = self._collected.task
        if call.function not in task.calls:
            raise ValueError(f"{call.function} is not among the calls of {task.slug}: {', '.join(task.calls)}")
        writer = Writer(REQUEST_BYTES, request=True)
        tree = tree_of(call, writer)
        return self._collected.computed({"call": tree}, writer.buffers)


class Submission:
    """All files, or the notebook, of one student: one child for all exercises, renewed only when a call ends it."""

    def __init__(self, forks: Forks, written: Mapping[str, bytes] | Notebook) -> None:
        self._forks = forks
        self._talk = Conversation(forks, written)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def exercise(
        self, slug: str, *, calls: Sequence[str], batch: Batch, limits: Limits | None = None
    ) -> SandboxedSubject:
        """Ask one exercise's file all its declared probes.

        Parameters
        ----------
        slug : str
            Which of the sources it is.
        calls : sequence of str
            The functions that may be asked for.
        batch : Batch
            The declared probes.
        limits : Limits, optional
            What one call, and one child, may use.
        """
        unknown = batch.functions - frozenset(calls)
        if unknown:
            raise ValueError(f"{', '.join(sorted(unknown))} is not among the calls of {slug}: {', '.join(calls)}")
        self._forks.know(batch)
        collected = Collection(self._talk, Task(slug, tuple(calls), limits or Limits()), batch)
        collected.run()
        replies = {probe.name: collected.replies[index] for index, probe in enumerate(batch.probes)}
        return SandboxedSubject(collected, replies)

    def close(self) -> None:
        """End the child."""
        self._talk.close()
