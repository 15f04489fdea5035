"""Collect the replies to a whole batch, however many children that takes.

A call that ends its child costs only itself: a new child goes on after it. A timeout is repeated alone in a fresh
child before it counts. The rest of a group in which a call was stopped is left to the end, so that what works is
answered first and only then the time for stopped calls is spent.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from grader.exercise.reply import Facts, Problem, Reply, Status
from grader.fence.batch import Batch
from grader.fence.child import Stopped
from grader.fence.conversation import Conversation, Task, Unloaded
from grader.fence.losses import Losses

KIND_OF_STOP = {
    Status.TIMEOUT: "timeout",
    Status.MEMORY: "memory",
    Status.CRASHED: "crashed",
    Status.TAMPERED: "tampered",
}


class Collection:
    """The facts of one file and the replies of its functions to one batch."""

    def __init__(self, talk: Conversation, task: Task, batch: Batch) -> None:
        self.talk = talk
        self.task = task
        self.batch = batch
        self.losses = Losses()
        self.facts = Facts(f"{task.slug}.py")
        self.blocked: Reply | None = None  # the reply to every call, once the file cannot be loaded
        self.replies: dict[int, Reply] = {}
        self._suspects: set[int] = set()
        self._pending = list(range(len(batch)))
        self._last_stop: dict[str, Reply] = {}
        self._loaded = False
        self._load_stops = 0

    def run(self) -> None:
        """Ask for the facts, then for everything else until nothing is left."""
        self._learn()
        while self._pending and self.blocked is None:
            self._ask(self._next_order())
            self._give_up()
        if self.blocked is not None:
            self.replies.update(dict.fromkeys(self._pending, self.blocked))

    def probe(self, request: dict[str, Any], buffers: list[bytes]) -> Reply:
        """Make one computed call."""
        if self.blocked is not None:
            return self.blocked
        if self.losses.given_up(""):
            return self._unrun("")
        stopped = None
        for _attempt in range(2):  # a timeout is repeated in a fresh child
            try:
                return next(self.talk.ask(self.task, request, buffers, 1))
            except Unloaded as unloaded:
                return unloaded.reply
            except Stopped as stop:
                stopped = stop
                if stop.status is not Status.TIMEOUT:
                    break
                self.losses.spend(stop)
        if stopped is None:
            raise AssertionError("a call ended in no way")
        return self._count("", stopped)

    def _learn(self) -> None:
        if self.task.slug not in self.talk.sources:
            problem = Problem("missing", f"there is no {self.task.slug}.py")
            self._block(problem, Reply(Status.MISSING))
            return
        try:
            self.facts = self.talk.facts(self.task)
        except Stopped as stop:
            problem = Problem("SyntaxError", f"Python cannot read this file: its parser ended with {stop.note}")
            self._block(problem, _reply(stop))

    def _next_order(self) -> list[int]:
        """Return which calls to ask for next: a suspect alone, else all up to the next suspect."""
        if self._pending[0] in self._suspects:
            return self._pending[:1]
        end = next((at for at, index in enumerate(self._pending) if index in self._suspects), len(self._pending))
        return self._pending[:end]

    def _ask(self, order: list[int]) -> None:
        request = {"batch": self.batch.key, "order": order}
        self._loaded = False
        try:
            for reply in self.talk.ask(self.task, request, (), len(order)):
                self._loaded = True
                self.replies[self._pending.pop(0)] = reply
        except Unloaded as unloaded:
            self._block(unloaded.problem, unloaded.reply)
        except Stopped as stop:
            self._stopped(stop)

    def _stopped(self, stop: Stopped) -> None:
        if stop.loading:
            self._stopped_loading(stop)
            return
        index = self._pending[0]
        group = self.batch.probes[index].group
        if stop.status is Status.TIMEOUT and index not in self._suspects:
            self._suspects.add(index)
            self.losses.spend(stop)
            return
        self.replies[self._pending.pop(0)] = self._count(group, stop)
        self._pending.sort(key=lambda other: self.batch.probes[other].group in self._last_stop)

    def _stopped_loading(self, stop: Stopped) -> None:
        """Say that the file cannot be loaded; a timeout must happen twice."""
        self._load_stops += 1
        if stop.status is Status.TIMEOUT and self._load_stops == 1:
            return
        place = stop.place
        message = f"the file does not load: {stop.note}"
        problem = Problem(KIND_OF_STOP[stop.status], message, place.line if place else None)
        self._block(problem, _reply(stop))

    def _count(self, group: str, stop: Stopped) -> Reply:
        self.losses.count(group, stop)
        self._last_stop[group] = _reply(stop)
        return self._last_stop[group]

    def _give_up(self) -> None:
        """Answer for the calls that are not run any more."""
        given_up = [index for index in self._pending if self.losses.given_up(self.batch.probes[index].group)]
        for index in given_up:
            self.replies[index] = self._unrun(self.batch.probes[index].group)
        self._pending = [index for index in self._pending if index not in self.replies]

    def _unrun(self, group: str) -> Reply:
        status = self._last_stop[group].status if group in self._last_stop else Status.TIMEOUT
        return Reply(status, note="not run: too many calls before it were stopped")

    def _block(self, problem: Problem, reply: Reply) -> None:
        self.blocked = reply
        self.facts = replace(self.facts, problem=self.facts.problem or problem)


def _reply(stop: Stopped) -> Reply:
    return Reply(stop.status, place=stop.place, seconds=stop.seconds, note=stop.note)
