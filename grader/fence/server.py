"""Server: the trusted side's hold on one warm server: start it, ask it for children, close it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final

from grader.child.wire import HEADER, Tree, WireError, pack, parse, split
from grader.fence import bubblewrap, start
from grader.fence.batch import Batch
from grader.fence.child import Child
from grader.fence.policy import FenceError, Layer

START_SECONDS: Final = 60.0
ANSWER_SECONDS: Final = 30.0
END_SECONDS: Final = 5.0
FRAME_BYTES: Final = 1 << 16


class ServerLost(FenceError):
    """The warm server is gone, so no child can be had from it."""

    def __init__(self, why: str) -> None:
        super().__init__(f"The sandbox's server ended unexpectedly ({why}): run the same command again.")
        self.why = why


@dataclass(frozen=True, slots=True)
class Setup:
    """What a server is told when it starts."""

    imports: tuple[str, ...]
    layers: frozenset[str]
    slot: int

    def tree(self, *, wrapped: bool) -> Tree:
        """Return it as the first command."""
        return {
            "imports": list(self.imports),
            "packages": start.packages(self.imports),
            "readable": self.readable(),
            "layers": sorted(self.layers),
            "slot": self.slot,
            "wrapped": wrapped,
        }

    def readable(self) -> list[str]:
        """Return the files and folders of the offered packages."""
        return start.readable(start.packages(self.imports))


class Server:
    """One warm server.

    Parameters
    ----------
    setup : Setup
        What it loads, and which layers its children put on.
    wrapper : sequence of str
        A command to start it under, such as bubblewrap's.
    """

    def __init__(self, setup: Setup, wrapper: Sequence[str] = ()) -> None:
        self.setup = setup
        self._batches: set[str] = set()
        self._control, theirs = socket.socketpair()
        self._control.settimeout(START_SECONDS)
        with theirs:
            self._running = subprocess.Popen(  # noqa: S603 - our own Python, by its full path
                [*wrapper, *start.command()],
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,  # read only to say why it ended; children do not have it
                cwd="/",
                env=start.environment(),
                start_new_session=True,  # Ctrl-C in the terminal is for the grader, which then decides
            )
        try:
            self._send(pack(setup.tree(wrapped=bool(wrapper))))
            told = self._answer()[0]
        except BaseException:
            self.close()
            raise
        if "error" in told:
            self.close()
            raise FenceError(f"The sandbox did not start: {told['error']}")
        self.layers = _layers(told["layers"])
        opens_nothing = any(layer.name == "noopen" and layer.on for layer in self.layers)
        self._lacks = frozenset(start.packages(setup.imports)) if opens_nothing else None
        self._control.settimeout(ANSWER_SECONDS)

    @property
    def pid(self) -> int:
        """The process that was started."""
        return self._running.pid

    def know(self, batch: Batch) -> None:
        """Send a batch, unless it was sent before."""
        if batch.key not in self._batches:
            self._send(batch.encoded)
            self._batches.add(batch.key)

    def fork(self, memory_mb: int) -> Child:
        """Return a new child."""
        ours, theirs = socket.socketpair()
        try:
            with theirs:
                self._send(pack({"do": "fork", "memory_mb": memory_mb}))
                self._send_descriptor(theirs)
            told, descriptor = self._answer()
        except BaseException:
            ours.close()
            raise
        if descriptor is None:
            ours.close()
            raise FenceError(f"The sandbox could not start a child: {told.get('error', 'no reason is known')}.")
        return Child(told["pid"], descriptor, ours, self._ended, lacks=self._lacks)

    def close(self) -> None:
        """End the server; whatever child is left ends with it."""
        self._control.close()
        try:
            self._running.wait(END_SECONDS)
        except subprocess.TimeoutExpired:
            self._kill()
            self._running.wait()
        if self._running.stderr is not None:
            self._running.stderr.close()

    def _kill(self) -> None:
        """Kill the server with what it was started under: bubblewrap is two processes, and only its group has both."""
        with suppress(ProcessLookupError):
            if hasattr(os, "killpg"):
                os.killpg(self._running.pid, signal.SIGKILL)
            else:
                self._running.kill()

    def _ended(self, pid: int) -> int | None:
        try:
            self._send(pack({"do": "end", "pid": pid}))
            status = self._answer()[0].get("status")
        except ServerLost:
            return None
        return status if type(status) is int else None

    def _send(self, frame: bytes) -> None:
        try:
            self._control.sendall(frame)
        except OSError as error:
            raise self._lost(error) from None

    def _send_descriptor(self, end: socket.socket) -> None:
        try:
            socket.send_fds(self._control, [b"f"], [end.fileno()])
        except OSError as error:
            raise self._lost(error) from None

    def _answer(self) -> tuple[Mapping[str, Any], int | None]:
        """Return the server's next word, with the descriptor that came with it."""
        said, descriptors = b"", list[int]()
        try:
            while True:
                piece, more, _flags, _address = socket.recv_fds(self._control, FRAME_BYTES, 1)
                said, descriptors = said + piece, descriptors + more
                if not piece:
                    raise self._lost(None)
                if len(said) >= HEADER.size and len(said) >= HEADER.size + sum(split(said[: HEADER.size], 0)):
                    break
            tree = parse(said[HEADER.size :])
        except (OSError, WireError) as error:
            raise self._lost(error) from None
        return tree, descriptors[0] if descriptors else None

    def _lost(self, error: Exception | None) -> ServerLost:
        why = str(error or "it closed the socket")
        with suppress(subprocess.TimeoutExpired):
            code = self._running.wait(0.5)
            said = self._said()
            why = next((line for line in reversed(said) if line.strip()), f"exit code {code}")
        return ServerLost(why)

    def _said(self) -> list[str]:
        """Return what the server, or its wrapper, wrote before it ended."""
        if self._running.stderr is None or self._running.stderr.closed:
            return []
        os.set_blocking(self._running.stderr.fileno(), False)
        said = self._running.stderr.read() or b""
        return said.decode("utf-8", "replace").split("\n")


def _layers(told: Mapping[str, Sequence[Any]]) -> tuple[Layer, ...]:
    return tuple(Layer(name, bool(on), str(detail)) for name, (on, detail) in told.items())


def started(setup: Setup) -> Server:
    """Return a server, under bubblewrap where that was asked for and works."""
    if "bwrap" not in setup.layers:
        return _with_layer(Server(setup), "not asked for")
    program = bubblewrap.program()
    if program is None:
        return _with_layer(Server(setup), "not installed")
    try:
        server = Server(setup, bubblewrap.wrapper(program, setup.readable()))
    except ServerLost as lost:
        return _with_layer(Server(setup), lost.why)
    return _with_layer(server, bubblewrap.detail(), on=True)


def _with_layer(server: Server, detail: str, *, on: bool = False) -> Server:
    server.layers += (Layer("bwrap", on, detail),)
    return server
