"""One submission's conversation with its children: requests out, checked replies in.

A submission has one child for all its exercises. When a call ends that child, the next request gets a new one, which
loads the same files again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from grader.child.wire import END, REQUEST_BYTES, Reader, Tree, WireError, pack
from grader.exercise.losses import LEAST
from grader.exercise.reply import Facts, Opaque, Problem, Reply, Status
from grader.fence import replies
from grader.fence.batch import Batch
from grader.fence.child import Child, Stopped
from grader.fence.children import Children, Forks
from grader.fence.sheet import Task
from grader.fence.written import Files, Notebook, Written

IDLE_SECONDS: Final = 60.0  # that one exercise may let us wait in all, in calls and while loading, without working
LOADING_SECONDS: Final = 4.0  # CPU for importing a file, on top of a call's: it may import scipy
CELLS_SECONDS: Final = 20.0  # CPU for all cells of a notebook, each of which may take as long as a file
MOST_SKIPPED: Final = 3  # cells that end a child and are left out; with one more the notebook cannot be loaded
MANY: Final = 4  # replies of the largest size, in all, that one exercise may send
ROOM: Final = 1 << 20  # for all that is no array
TREES: Final = 16 << 20  # bytes of all replies of an exercise but their arrays: read, they are twenty times as large
AT_ONCE: Final = 3  # exercises' worth of replies that one submission may send: all are kept until it is judged
ALL_TREES: Final = AT_ONCE * TREES


class Unloaded(Exception):
    """The module could not be loaded, and said why."""

    def __init__(self, problem: Problem, reply: Reply) -> None:
        super().__init__(problem.kind)
        self.problem = problem
        self.reply = reply


class Conversation:
    """All that is said between us and the children of one submission."""

    def __init__(self, forks: Forks, written: Mapping[str, bytes] | Notebook) -> None:
        self.written: Written = written if isinstance(written, Notebook) else Files(dict(written))
        self._skipped: dict[int, Stopped] = {}
        self._children = Children(forks)
        self._number = 0
        self._told: Counter[str] = Counter()  # bytes of trees, exercise by exercise, from all children
        self._all = 0  # the same, of all exercises
        self._arrays = 0  # bytes of arrays, of all exercises
        self._idle: dict[str, float] = {}  # seconds without work, in the same way

    def ask(
        self,
        task: Task,
        request: Mapping[str, Any],
        buffers: Sequence[bytes] = (),
        *,
        count: int,
        batch: Batch | None = None,
        limit: float | None = None,
    ) -> Iterator[Facts | Reply]:
        """Load the module and yield one reply for each call; the facts come first, if they were asked for.

        ``batch`` is the one that the request names, if any; ``limit`` is that of each call, if not the usual one.

        Raises
        ------
        Stopped
            The child ended in what is due next.
        Unloaded
            The module cannot be loaded.
        """
        first, self._number = self._number, self._number + count
        child = self._asked(task, {**request, "first": first}, buffers, batch)
        before, child.loaded = child.spent, 0.0
        if request.get("facts"):
            yield self._facts(child, task)
        self._check_load(child, self._word(child, task))
        child.loaded = child.spent - before
        number, last = first, first + count
        most, taken = MANY * task.reply_bytes + ROOM, 0
        while number <= last:
            if number < last:
                self._refuse_idlers(task)
            tree, body = self._heard(child, task, limit or task.limits.cpu_seconds, task.reply_bytes)
            taken += len(body)
            self._arrays += len(body)
            if taken > most or self._arrays > AT_ONCE * most or self._told[task.slug] > TREES or self._all > ALL_TREES:
                raise self._tampered(child, "more than all replies may hold")
            reader = Reader(body, opaque=Opaque)
            told = tree if type(tree) is list else [tree]  # one reply, or several that came together
            alone = len(told) - (told[-1:] == [END]) == 1
            for part in told:
                if number < last:
                    yield self._read(child, part, reader, number, alone=alone)
                elif number > last or part != END:
                    raise self._tampered(child, "a reply that was not asked for", previous=True)
                number += 1
            if not told or reader.at != len(body):
                raise self._tampered(child, "bytes that belong to no array", previous=True)

    def idled(self, task: Task) -> bool:
        """Return whether an exercise has let us wait as long as it may: nothing more is to be asked of it."""
        return self._idle.get(task.slug, 0.0) >= IDLE_SECONDS

    def skip(self, stop: Stopped) -> bool:
        """Go on without the cell that ended a child, unless there are too many such cells."""
        if stop.cell is None or stop.cell in self._skipped or len(self._skipped) >= MOST_SKIPPED:
            return False
        self._skipped[stop.cell] = stop
        return True

    def left_out(self) -> tuple[tuple[str, str], ...]:
        """Return the cells that are gone on without: the name of each, and how it ended a child."""
        return tuple((self.written.home("", cell)[0], stop.status.value) for cell, stop in self._skipped.items())

    def close(self) -> None:
        """End the children."""
        self._children.close()

    def _asked(self, task: Task, request: Mapping[str, Any], buffers: Sequence[bytes], batch: Batch | None) -> Child:
        """Send a request, to a new child if there is none, which is then given the sources, too."""
        whole = {"slug": task.slug, "calls": task.calls, "reply_bytes": task.reply_bytes, **request}
        frame = pack(whole, list(buffers), largest=REQUEST_BYTES)
        seconds = LOADING_SECONDS + task.limits.cpu_seconds
        if task.hidden:
            frame = self._children.untold(batch) + frame
        child = self._children.living(hidden=task.hidden)
        if child is not None:
            child.send(frame, seconds)
            return child
        opening = self.written.opening(self._skipped)
        return self._children.start(opening + frame, seconds, hidden=task.hidden, memory_mb=task.limits.memory_mb)

    def _heard(self, child: Child, task: Task, cpu_seconds: float, limit: int) -> tuple[Tree, bytes]:
        """Return the next frame, and count what it took, so that many small costs are bounded in all."""
        told, idle = child.told, child.idle
        try:
            frame = child.receive(cpu_seconds, limit)
        except Stopped as stop:
            stop.loaded = child.loaded
            raise
        self._told[task.slug] += child.told - told
        self._all += child.told - told
        self._idle[task.slug] = self._idle.get(task.slug, 0.0) + child.idle - idle
        return frame

    def _refuse_idlers(self, task: Task) -> None:
        """Stop an exercise that sleeps a little in every call, or whenever it is loaded."""
        if self.idled(task):
            self._children.kill()
            raise Stopped(Status.TIMEOUT)

    def _word(self, child: Child, task: Task) -> Mapping[str, Any]:
        """Return what the child says before it makes any call; on the way a notebook names each cell it comes to."""
        until, cell = child.spent + CELLS_SECONDS, -1
        try:
            while "at" in (tree := self._told_so_far(child, task)):
                self._refuse_idlers(task)
                cell = self._next_cell(child, tree["at"], cell, until)
        except Stopped as stop:
            stop.loading = True
            stop.cell = None if cell < 0 or stop.status is Status.TAMPERED else cell
            raise
        return tree

    def _told_so_far(self, child: Child, task: Task) -> Mapping[str, Any]:
        tree, body = self._heard(child, task, LOADING_SECONDS + task.limits.cpu_seconds, ROOM)
        if type(tree) is not dict or body:
            raise self._tampered(child, "no answer to the request")
        return tree

    def _next_cell(self, child: Child, told: Tree, before: int, until: float) -> int:
        """Return which cell comes next; it may not go round, since its clock is set anew with each cell."""
        cell = self._cell(child, told)
        if cell < before:
            raise self._tampered(child, "a cell for the second time")
        if child.spent > until:
            child.kill()
            raise Stopped(Status.TIMEOUT, f"more than {CELLS_SECONDS:g} s of CPU time in all cells")
        return cell

    def _cell(self, child: Child, told: Tree) -> int:
        try:
            return self.written.cell(told)
        except WireError as error:
            raise self._tampered(child, str(error)) from None

    def _facts(self, child: Child, task: Task) -> Facts:
        tree = self._word(child, task)
        try:
            told = replies.mapped(tree.get("f"))
            name, source = self.written.home(task.slug, told.get("cell"))
            return replace(replies.facts_of(told, task.slug, source), file=name)
        except WireError as error:
            raise self._tampered(child, str(error)) from None

    def _check_load(self, child: Child, tree: Mapping[str, Any]) -> None:
        if "skipped" in tree and (cell := self._cell(child, tree["skipped"])) in self._skipped:
            stop = self._skipped[cell]
            raise Stopped(stop.status, stop.note, stop.place, stop.seconds, stop.waited, loading=True)
        if "l" not in tree:
            raise self._tampered(child, "no word of loading")
        if tree["l"] is None:
            return
        try:
            problem = replies.problem_of(tree["l"])
            raised = replies.raised_of(tree["l"]["raised"]) if "raised" in tree["l"] else None
        except WireError as error:
            raise self._tampered(child, str(error)) from None
        if problem.kind == "memory":
            raise Unloaded(problem, Reply(Status.MEMORY, raised=raised))
        raise Unloaded(problem, Reply(Status.RAISED, raised=raised or replies.raised_from(problem)))

    def _read(self, child: Child, tree: Tree, reader: Reader, number: int, *, alone: bool) -> Reply:
        try:
            reply = replies.reply(tree, reader, number)
        except WireError as error:
            second = type(tree) is dict and tree.get("n") == number - 1
            raise self._tampered(child, str(error), previous=second) from None
        # It cost what a stopped call does, and counts as one; of several that came together, nobody knows which it was.
        if reply.status is Status.MEMORY and child.took >= LEAST:
            child.kill()
            raise Stopped(Status.MEMORY, seconds=child.took, loaded=child.loaded, said=reply if alone else None)
        return reply

    @staticmethod
    def _tampered(child: Child, why: str, *, previous: bool = False) -> Stopped:
        child.kill()
        return Stopped(Status.TAMPERED, why, previous=previous)
