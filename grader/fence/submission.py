"""A submission in the sandbox, and each of its exercises as a subject that the judge can ask.

All that a student is shown is asked first, in every exercise; then what is hidden, of the same child.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import TracebackType
from typing import Self

from grader.child.wire import REQUEST_BYTES, Writer
from grader.exercise.call import Call
from grader.exercise.exercise import Limits
from grader.exercise.probe import Probe
from grader.exercise.reply import Facts, Reply
from grader.fence.batch import Batch, tree_of
from grader.fence.children import Forks
from grader.fence.collect import Collection
from grader.fence.conversation import Conversation
from grader.fence.sheet import Sheet, Task
from grader.fence.written import Notebook


class SandboxedSubject:
    """One exercise of a submission. All declared probes have been answered when it is made.

    Parameters
    ----------
    shown, hidden : Collection
        What was asked before anything hidden was, and the rest.
    """

    def __init__(self, shown: Collection, hidden: Collection) -> None:
        self._shown = shown
        self._hidden = hidden
        self._replies = {**_named(shown), **_named(hidden)}

    @property
    def facts(self) -> Facts:
        """What parsing the file said, before it ran, and which cells of a notebook were left out since."""
        return replace(self._shown.facts or Facts(), left_out=self._shown.talk.left_out())

    def answer(self, probe: Probe) -> Reply:
        """Return the reply to a declared probe."""
        return self._replies[probe.name]

    def call(self, call: Call) -> Reply:
        """Make a call with computed inputs now."""
        collected = self._hidden if call.hidden else self._shown
        task = collected.task
        if call.function not in task.calls:
            raise ValueError(f"{call.function} is not among the calls of {task.slug}: {', '.join(task.calls)}")
        writer = Writer(REQUEST_BYTES, request=True)
        tree = tree_of(call, writer)
        return collected.computed({"call": tree}, writer.buffers)


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

    def ask(self, sheets: Sequence[Sheet]) -> list[SandboxedSubject]:
        """Ask the files of several exercises all their declared probes."""
        for sheet in sheets:
            self._forks.know(sheet.shown)
        shown = [self._collected(sheet) for sheet in sheets]
        return [SandboxedSubject(one, self._collected(sheet, one)) for sheet, one in zip(sheets, shown, strict=True)]

    def exercise(
        self, slug: str, *, calls: Sequence[str], batch: Batch, limits: Limits | None = None
    ) -> SandboxedSubject:
        """Ask one exercise's file its declared probes, none of which is hidden from whoever reads the answers.

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
        return self.ask([Sheet(slug, tuple(calls), limits or Limits(), batch)])[0]

    def close(self) -> None:
        """End the child."""
        self._talk.close()

    def _collected(self, sheet: Sheet, shown: Collection | None = None) -> Collection:
        """Return what is shown of an exercise; after that, what is hidden of it."""
        batch = sheet.hidden if shown else sheet.shown
        task = Task(sheet.slug, sheet.calls, sheet.limits, hidden=shown is not None)
        collected = Collection(self._talk, task, batch, shown)
        collected.run()
        return collected


def _named(collected: Collection) -> dict[str, Reply]:
    said = {probe.call: collected.replies[index] for index, probe in enumerate(collected.batch.probes)}
    return {probe.name: said[probe.call] for probe in collected.batch.every}
