"""The warm server: started by exec, it imports what is slow to import, then forks one child for each submission.

It is on our side of the boundary but holds no secret: no expected value, no reference, no path of a student's. It
reads small commands from a socket on its standard input and ends when that closes, so nothing is left behind when
the grader dies.
"""

from __future__ import annotations

import gc
import importlib
import os
import signal
import socket
import sys
import sysconfig
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from . import plotting
from .builders import make_axes
from .confine.child import LINUX, Layers, choose, confine
from .frames import CHANNEL, FAILED, READY, pack, receive
from .prepared import Prepared, prepare_all
from .rehearsal import rehearse
from .session import Session

LAZY: Final = {"numpy": ("numpy.random", "numpy.linalg")}  # numpy itself loads these when they are first used
BLANK: Final = 8  # Axes that are made ahead: what the hidden calls of an exercise draw on, and some more
GRACE: Final = 50  # milliseconds for a child that has closed its channel to be gone


def serve(control: socket.socket, setup: Mapping[str, Any]) -> None:
    """Get ready, say so, and answer the commands of the trusted side until it closes the socket."""
    server = Server(control, setup)
    control.sendall(pack({"layers": server.layers.told}))
    while (command := receive(control.fileno())) is not None:
        server.obey(*command)
    server.close()


class Server:
    """What is loaded, which layers are on, which children there are."""

    def __init__(self, control: socket.socket, setup: Mapping[str, Any]) -> None:
        self.control = control
        self.children: set[int] = set()
        self.batches: dict[str, list[Prepared]] = {}
        self.blank: list[Any] = []  # Axes that nobody has drawn on, of which each child has its own copies
        self.null = os.open(os.devnull, os.O_RDWR)
        _load(setup["imports"])
        if "matplotlib" in sys.modules:
            self.blank += [make_axes() for _axes in range(BLANK)]
        self.layers = _layers(setup)
        if LINUX:
            _harden()
        rehearse()
        gc.collect()
        gc.freeze()

    def obey(self, command: Mapping[str, Any], body: memoryview) -> None:
        """Do what one command says."""
        if command["do"] == "fork":
            self._fork(command["memory_mb"])
        elif command["do"] == "batch":
            self.batches[command["key"]] = prepare_all(command["calls"], body, [])
            gc.freeze()
        elif command["do"] == "end":
            self.control.sendall(pack({"status": self._ended(command["pid"])}))

    def close(self) -> None:
        """End every child that is left."""
        for pid in self.children:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)

    def _fork(self, memory_mb: int) -> None:
        """Fork a child that talks on the descriptor which follows the command."""
        _byte, descriptors, _flags, _address = socket.recv_fds(self.control, 1, 1)
        self._reap()
        server = os.getpid()
        pid = os.fork()
        if pid == 0:
            os._exit(self._live(descriptors[0], memory_mb, server))
        os.close(descriptors[0])
        self.children.add(pid)
        handle = os.pidfd_open(pid) if LINUX else os.dup(self.null)
        socket.send_fds(self.control, [pack({"pid": pid})], [handle])
        os.close(handle)

    def _live(self, channel: int, memory_mb: int, server: int) -> int:
        """Be the child: confine this process, then serve one submission."""
        try:
            os.setsid()
            channel = self._only(channel)
            confine(self.layers, memory_mb, server)
            os.write(CHANNEL, pack(READY))  # before a student's code could say so
        except BaseException as error:  # noqa: BLE001 - fail closed: no student's code may run in half a sandbox
            os.write(CHANNEL, pack({"broken": f"{type(error).__name__}: {error}"[:500]}))
            return FAILED
        try:
            Session(channel, self.batches, self.blank).run()
        except BaseException:  # noqa: BLE001 - an end that was not asked for, which the trusted side will see
            return FAILED
        return 0

    def _only(self, channel: int) -> int:
        """Keep the channel and the Landlock rules, and no other descriptor."""
        for standard in (0, 1, 2):  # first, since what is moved may take the place of the null device
            os.dup2(self.null, standard)
        moved = os.dup(channel)
        rules = self.layers.rules
        kept = None if rules is None else os.dup(rules)
        os.dup2(moved, CHANNEL, inheritable=False)
        top = CHANNEL + 1
        if kept is not None:
            os.dup2(kept, top, inheritable=False)
            self.layers.rules = top
            top += 1
        os.closerange(top, os.sysconf("SC_OPEN_MAX"))
        return CHANNEL

    def _ended(self, pid: int) -> int | None:
        """Wait for a child that was killed or has ended, and return how.

        One that only closed its channel is killed: waiting for it could take for ever.
        """
        if pid not in self.children:
            return None
        self.children.discard(pid)
        for _moment in range(GRACE):
            ended, status = os.waitpid(pid, os.WNOHANG)
            if ended == pid:
                return os.waitstatus_to_exitcode(status)
            time.sleep(0.001)
        os.kill(pid, signal.SIGKILL)
        return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])

    def _reap(self) -> None:
        """Take the children that have ended."""
        for pid in list(self.children):
            if os.waitpid(pid, os.WNOHANG)[0] == pid:
                self.children.discard(pid)


def _load(names: list[str]) -> None:
    """Import what an exercise's reference loads, so that no child pays for it."""
    for name in names:
        if name.partition(".")[0] == "matplotlib":
            plotting.load()
        importlib.import_module(name)
        for lazy in LAZY.get(name, ()):
            importlib.import_module(lazy)
    threads = _threads()
    if threads != 1:
        raise RuntimeError(f"{threads} threads are running after the imports; forking would not be safe")


def _threads() -> int:
    """Return how many threads are left, after a moment for those that are ending: matplotlib starts a clock."""
    threads = 1
    for _moment in range(GRACE):
        threads = len(list(Path("/proc/self/task").iterdir())) if LINUX else 1
        if threads == 1:
            break
        time.sleep(0.001)
    return threads


def _layers(setup: Mapping[str, Any]) -> Layers:
    library = {sysconfig.get_path("stdlib"), sysconfig.get_path("platstdlib")}
    folders = sorted(Path(folder).resolve() for folder in library if folder)
    read = [Path(folder).resolve() for folder in setup["readable"]]
    return choose(setup["layers"], list(dict.fromkeys(folders)), read, setup["slot"], wrapped=setup["wrapped"])


def _harden() -> None:
    from .confine.libc import PR_SET_DUMPABLE, prctl  # noqa: PLC0415 - Linux only

    prctl(PR_SET_DUMPABLE, 0)
