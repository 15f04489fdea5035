"""Sandbox: where a student's code runs. It owns one warm server and says what confines it."""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from types import TracebackType
from typing import Final, Self

from grader.exercise.exercise import Limits
from grader.fence.batch import Batch
from grader.fence.child import Child
from grader.fence.policy import OF_POLICY, Confinement, FenceError, Policy, not_closed
from grader.fence.selftest import verify
from grader.fence.server import ServerLost, Setup, started
from grader.fence.submission import SandboxedSubject, Submission
from grader.fence.written import Notebook

LINUX: Final = sys.platform == "linux"
PR_SET_DUMPABLE: Final = 4


class Sandbox:
    """One warm server and the children that it forks.

    Parameters
    ----------
    policy : Policy
        How much confinement is needed.
    imports : sequence of str
        What the references of the exercises load; it is imported once, ahead.
    slot : int
        Which of several sandboxes of one run this is: as root, each has a user id of its own.
    without : iterable of str
        Layers to leave out, by name.
    """

    def __init__(
        self,
        *,
        policy: Policy = Policy.BEST,
        imports: Sequence[str] = ("numpy",),
        slot: int = 0,
        without: Iterable[str] = (),
    ) -> None:
        if not hasattr(os, "fork"):
            raise FenceError("The sandbox needs Linux or macOS; on Windows, use WSL 2.")
        self._policy = Policy(policy)
        if LINUX and self._policy is not Policy.OFF:
            _hide()
        layers = OF_POLICY[self._policy] - frozenset(without)
        self._closed = False
        self._opened: Submission | None = None
        self._children: list[Child] = []
        self._known: dict[str, Batch] = {}
        self._server = started(Setup(tuple(imports), layers, slot))
        try:
            self.confinement = self._verified()
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def submission(self, written: Mapping[str, bytes] | Notebook) -> Submission:
        """Return a submission of these files, slug -> bytes, or cells; no path of a student's is ever opened here."""
        return Submission(self, written)

    def open(
        self,
        sources: Mapping[str, bytes],
        *,
        exercise: str,
        calls: Sequence[str],
        batch: Batch,
        limits: Limits | None = None,
    ) -> SandboxedSubject:
        """Return one exercise of a submission as a subject; its child lives until the next one is opened.

        A computed call after that is answered by a new child.
        """
        if self._opened is not None:
            self._opened.close()
        self._opened = self.submission(sources)
        return self._opened.exercise(exercise, calls=calls, batch=batch, limits=limits)

    @property
    def server_pid(self) -> int:
        """The process that was started: the server, or what wraps it."""
        return self._server.pid

    def fork(self, memory_mb: int) -> Child:
        """Return a new child; if the server was killed meanwhile, from a new one with the same layers."""
        if self._closed:
            raise FenceError("The sandbox is closed.")
        try:
            child = self._server.fork(memory_mb)
        except ServerLost:
            self._replace_server()
            child = self._server.fork(memory_mb)
        self._children = [*(other for other in self._children if other.alive), child]
        return child

    def know(self, batch: Batch) -> None:
        """Make a batch known to the server."""
        self._known[batch.key] = batch
        with suppress(ServerLost):  # the next fork will see to it
            self._server.know(batch)

    def _replace_server(self) -> None:
        for child in self._children:
            child.close()
        layers = self._server.layers
        self._server.close()
        self._server = started(self._server.setup)
        if self._server.layers != layers:
            raise FenceError("The sandbox was started anew and has not the same layers: run the same command again.")
        for batch in self._known.values():
            self._server.know(batch)

    def _verified(self) -> Confinement:
        """Let a real child try what is forbidden, and stop if the policy asks for more than was seen."""
        if self._policy is Policy.OFF:
            return Confinement(self._policy, self._server.layers)
        seen = Confinement(self._policy, self._server.layers, *verify(self))
        if self._policy is Policy.REQUIRE and not seen.closed:
            raise FenceError(not_closed(seen))
        return seen

    def close(self) -> None:
        """End the server and whatever child is left."""
        self._closed = True
        for child in self._children:
            child.close()
        self._server.close()


def _hide() -> None:
    """Make this process one whose memory no other process of the same user may read."""
    ctypes.CDLL(None).prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)
