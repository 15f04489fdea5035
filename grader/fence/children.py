"""Children: the processes that answer for one submission, of which one at most was told a hidden input.

What a student is shown must come from a child that was told none: code that finds one could say it. So the server
forks without any, the child is told the hidden calls when they are due, and from then on what is shown is asked of
another child.
"""

from __future__ import annotations

from typing import Protocol

from grader.child.wire import READY
from grader.fence.batch import Batch
from grader.fence.child import Child, Stopped
from grader.fence.policy import FenceError


class Forks(Protocol):
    """Where children come from: the sandbox."""

    def fork(self, memory_mb: int) -> Child:
        """Return a new child."""

    def know(self, batch: Batch) -> None:
        """Make a batch known to the server."""


class Children:
    """One child in the ordinary case; another, if something that is shown is asked after what is hidden."""

    def __init__(self, forks: Forks) -> None:
        self._forks = forks
        self._living: dict[bool, Child] = {}  # by whether it may have been told hidden inputs
        self._knows: set[str] = set()  # the hidden batches that such a child was told

    def living(self, *, hidden: bool) -> Child | None:
        """Return the child to ask, if it lives; the one that was told nothing hidden may be told so now, for good."""
        child = self._living.get(hidden)
        if hidden and (child is None or not child.alive):
            child = self._living.pop(False, None)
            if child is not None:
                self._living[True] = child
        return child if child is not None and child.alive else None

    def untold(self, batch: Batch | None) -> bytes:
        """Return the frame of a hidden batch, if the child that will be asked was not told it before."""
        told = self._living.get(True)
        if told is None or not told.alive:
            self._knows.clear()
        if batch is None or batch.key in self._knows:
            return b""
        self._knows.add(batch.key)
        return batch.encoded

    def start(self, frame: bytes, seconds: float, *, hidden: bool, memory_mb: int) -> Child:
        """Return a new child that was sent its first request."""
        child = self._living[hidden] = self._forks.fork(memory_mb)
        _started(child, frame, seconds)
        return child

    def kill(self) -> None:
        """End them, and wait for that."""
        for child in self._living.values():
            child.kill()

    def close(self) -> None:
        """End them without waiting."""
        for child in self._living.values():
            child.close()


def _started(child: Child, frame: bytes, seconds: float) -> None:
    """Hear from a new child that its layers are on, and send it its first request.

    It says so before it is sent anything, so no student's code can have said so, or that a layer failed.
    """
    try:
        tree = child.receive(seconds, 0)[0]
        if tree == READY:
            child.send(frame, seconds)
    except Stopped as stop:
        raise FenceError(f"A child of the sandbox ended before it was ready ({stop.note}).") from None
    if tree != READY:
        child.kill()
        raise FenceError(f"A layer of the sandbox failed in a child: {str(tree.get('broken'))[:300]}.")
