"""Child: the trusted side's hold on one forked child: its channel, its CPU clock, and the means to end it.

Limits are measured from out here, since in there a student's code could change any clock. CPU time decides, so that
a busy machine is not held against anybody; the wall clock, ten times as long, ends code that only waits.
"""

from __future__ import annotations

import os
import re
import select
import signal
import socket
import sys
import time
from collections.abc import Callable, Collection
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from grader.child.wire import HEADER, Tree, WireError, parse, split
from grader.exercise.reply import Place, Reply, Status
from grader.fence.policy import FenceError, lacking

LINUX: Final = sys.platform == "linux"
PIECE: Final = 1 << 18
WALL: Final = 10
STEP: Final = 0.25
ENDING_MS: Final = 500
DUMP_SECONDS: Final = 0.1
DUMP_BYTES: Final = 64 * 1024
MOST_OF_A_NAME: Final = 100
Lacks = Collection[str] | None  # packages; None where files can be opened
FRAME: Final = re.compile(rb'File "([^"\n]{1,200})", line (\d{1,9}) in ([^\n]{1,200})')


@dataclass(eq=False)
class Stopped(Exception):
    """A child that is no more: why, and where it had got to."""

    status: Status
    note: str = ""
    place: Place | None = None
    seconds: float = 0.0  # of CPU time
    waited: float = 0.0  # by the clock on the wall
    silent: bool = False  # whether that clock decided
    loaded: float = 0.0  # CPU time for loading the file that was asked
    loading: bool = False  # whether it was still loading the file
    previous: bool = False  # whether the call before the one that is due is to blame
    cell: int | None = None  # which cell of a notebook it had come to
    said: Reply | None = None  # its last reply, if the child was ended for what that took


class Child:
    """One child; of the packages in ``lacks``, or of Python's, it may say that a module is lacking."""

    def __init__(
        self, pid: int, handle: int, channel: socket.socket, ended: Callable[[int], int | None], *, lacks: Lacks = None
    ) -> None:
        self.pid = pid
        self.lacks = lacks
        self.channel = channel
        self.alive = True
        self.spent = 0.0  # seconds of CPU time that it has taken so far, up to the last frame that came
        self.took = 0.0  # seconds of them for the last frame; those that had come with one before it have none
        self.loaded = 0.0  # seconds of CPU time for loading what it was asked last
        self.told = 0  # bytes of trees that it has sent so far, which take many times their size once they are read
        self.idle = 0.0  # seconds that it has let us wait so far, beyond what a busy machine explains
        self._handle = handle  # on Linux a pidfd, which cannot come to mean another process
        self._ended = ended
        self._clock = _clock(pid, handle) if LINUX else None
        self._piece = memoryview(bytearray(PIECE))  # what is read at once goes here, and from here to its end
        self._buffer = bytearray()
        self._at = 0  # where the next frame begins
        self._mark = self._cpu()
        self._mark_wall = time.monotonic()

    def send(self, frame: bytes, cpu_seconds: float) -> None:
        """Send a request; the clock of what it asks for starts now."""
        self._mark, self._mark_wall = self._cpu(), time.monotonic()
        self.channel.settimeout(WALL * cpu_seconds)
        try:
            self.channel.sendall(frame)
        except OSError:
            raise self._gone() from None

    def receive(self, cpu_seconds: float, limit: int) -> tuple[Tree, bytes]:
        """Return the next frame.

        Raises
        ------
        Stopped
            The child ended, or took too long, or what it sent is no frame; it has been killed.
        FenceError
            A student imports what could not be loaded, for a reason of ours.
        """
        try:
            frame = self._frame(limit)
            if frame is not None:
                self.took = 0.0
                return frame
            while frame is None:
                self._fill(cpu_seconds)
                frame = self._frame(limit)
        except WireError as error:
            self.kill()
            raise Stopped(Status.TAMPERED, str(error)) from None
        used, now = self._cpu(), time.monotonic()
        self.took = used - self._mark
        self.spent += self.took
        self.idle += max(0.0, now - self._mark_wall - WALL * self.took)
        self._mark, self._mark_wall = used, now  # the next call has begun by now, not later
        return frame

    def kill(self) -> int | None:
        """End the child, wait for it, and return its exit code; the negative number of a signal."""
        if not self.alive:
            return None
        self.close()
        return self._ended(self.pid)

    def close(self) -> None:
        """End the child without waiting: the server will take it later."""
        if self.alive:
            self.alive = False
            self._signal(signal.SIGKILL)
            self.channel.close()
            os.close(self._handle)

    def _frame(self, limit: int) -> tuple[Tree, bytes] | None:
        """Take a whole frame out of the buffer, if there is one."""
        at = self._at
        have = len(self._buffer) - at
        if have < HEADER.size:
            return None
        text, body = split(self._buffer[at : at + HEADER.size], limit)
        if have < HEADER.size + text + body:
            return None
        start = at + HEADER.size
        self._at = start + text + body
        self.told += text
        with memoryview(self._buffer) as buffer:
            tree, body_bytes = parse(buffer[start : start + text]), bytes(buffer[start + text : self._at])
        if self.lacks is not None and type(tree) is dict and _is_module(tree.get("late"), self.lacks):
            self.kill()
            raise FenceError(lacking(tree["late"]))
        return tree, body_bytes

    def _fill(self, cpu_seconds: float) -> None:
        """Wait for bytes, looking at the clocks in between."""
        while True:
            used, waited = self._cpu() - self._mark, time.monotonic() - self._mark_wall
            if used >= cpu_seconds:
                raise self._stop(f"more than {cpu_seconds:g} s of CPU time", used, waited)
            if waited >= WALL * cpu_seconds:
                raise self._stop(f"no answer after {waited:.0f} s", used, waited, silent=True)
            patience = min(max(cpu_seconds - used, 0.005), STEP)
            if self.channel.gettimeout() != patience:
                self.channel.settimeout(patience)
            try:
                size = self.channel.recv_into(self._piece)
            except TimeoutError:
                continue
            except OSError:
                size = 0
            if not size:
                raise self._gone()
            del self._buffer[: self._at]
            self._at = 0
            self._buffer += self._piece[:size]
            return

    def _gone(self) -> Stopped:
        """Return how a child ended by itself."""
        if self._goes_on():
            self.kill()
            return Stopped(Status.TAMPERED, "it closed its channel and went on")
        code = self.kill()
        if code is None or code >= 0:
            return Stopped(Status.CRASHED, f"the process ended with exit code {code}")
        name = signal.Signals(-code).name if -code in set(signal.Signals) else f"signal {-code}"
        return Stopped(Status.TIMEOUT if -code == signal.SIGXCPU else Status.CRASHED, name)

    def _stop(self, note: str, used: float, waited: float, *, silent: bool = False) -> Stopped:
        """Ask where the code is, then end it."""
        place = self._where()
        self.kill()
        return Stopped(Status.TIMEOUT, note, place, used, waited, silent)

    def _where(self) -> Place | None:
        """Let the child's fault handler write its stack to the channel, and read the innermost line of a file."""
        self._signal(signal.SIGUSR1)
        self.channel.settimeout(DUMP_SECONDS)
        dump = bytearray(self._buffer[self._at :][-DUMP_BYTES:])
        with suppress(OSError):
            while len(dump) < DUMP_BYTES and b"<module>" not in dump:
                piece = self.channel.recv(PIECE)
                if not piece:
                    break
                dump += piece
        for file, line, function in FRAME.findall(bytes(dump)):
            name = file.decode("utf-8", "replace")
            if "/" not in name and (name.endswith(".py") or name.startswith("cell ")):
                return Place(name, int(line), function.decode("utf-8", "replace"))
        return None

    def _goes_on(self) -> bool:
        """Return whether the process is still there although its channel is closed."""
        if not LINUX:
            time.sleep(ENDING_MS / 1000)
            return False
        ending = select.poll()
        ending.register(self._handle, select.POLLIN)
        return not ending.poll(ENDING_MS)

    def _signal(self, number: signal.Signals) -> None:
        with suppress(ProcessLookupError):
            if LINUX:
                signal.pidfd_send_signal(self._handle, number)
            else:
                os.kill(self.pid, number)  # the server has not waited for it yet, so the number is still its own

    def _cpu(self) -> float:
        """Return the CPU time of the child; where nobody else may read it, the wall clock stands in."""
        if self._clock is None:
            return time.monotonic()
        try:
            return time.clock_gettime(self._clock)
        except OSError:
            return self._mark  # it has ended, which the channel will tell


def _clock(pid: int, pidfd: int) -> int:
    """Return the kernel's name for another process's CPU clock.

    The pid in it is the one seen from here, which the pidfd tells: the server may live in a pid namespace of its own.
    """
    told = Path(f"/proc/self/fdinfo/{pidfd}").read_text(encoding="ascii")
    found = re.search(r"^Pid:\s+(\d+)", told, re.MULTILINE)
    return (~(int(found[1]) if found else pid) << 3) | 2


def _is_module(name: Tree, packages: Collection[str]) -> bool:
    """Return whether this is the name of a module that a student could have imported, had it been loaded ahead."""
    if type(name) is not str or len(name) > MOST_OF_A_NAME or not name.isascii():
        return False
    first = name.partition(".")[0]
    return all(map(str.isidentifier, name.split("."))) and (first in packages or first in sys.stdlib_module_names)
