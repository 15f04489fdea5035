"""The self-test: a real child tries forbidden things, and what is claimed of the sandbox is what was seen.

The targets are real: a file of ours, our own memory, sockets on which we listen. Only what came back as "did not
work" counts as blocked; no answer, or any other, counts as possible.
"""

from __future__ import annotations

import ctypes
import os
import secrets
import socket
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, Final

from grader.exercise.call import call
from grader.exercise.exercise import Limits
from grader.exercise.probe import Probe
from grader.exercise.reply import Reply, Status
from grader.fence.batch import Batch
from grader.fence.children import Forks
from grader.fence.start import CHILD
from grader.fence.submission import Submission

SLUG: Final = "attempts"
LIMITS: Final = Limits(cpu_seconds=2.0, memory_mb=256, reply_mb=1)

ATTEMPTS: Final[Mapping[str, tuple[str, tuple[str, ...]]]] = {
    "read a grader file": ("read_secret", ("secret",)),
    "read a public file": ("read_public", ("public",)),
    "list the root folder": ("list_root", ("root",)),
    "read grader memory through /proc": ("memory_file", ("pid", "address")),
    "read grader memory by system call": ("memory_call", ("pid", "address")),
    "trace the grader": ("trace", ("pid",)),
    "signal another process": ("signal_others", ("pid",)),
    "open a TCP connection": ("tcp", ("tcp",)),
    "send a UDP packet": ("udp", ("udp",)),
    "connect to a unix socket": ("unix", ("unix",)),
    "start a program": ("execute", ()),
    "start a process": ("fork", ()),
    "write to /tmp": ("write", ("tmp",)),
    "write to /dev/shm": ("write", ("shm",)),
    "raise its own limits": ("raise_limits", ()),
    "make memory that no limit counts": ("hidden_memory", ()),
    "outlive the grader": ("outlive", ()),
    "make a namespace": ("namespace", ()),
}


def verify(forks: Forks) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return which forbidden things were blocked, and which worked."""
    source = (CHILD / f"{SLUG}.py").read_bytes()
    with _targets() as targets:
        asked = [
            Probe(SLUG + name, 0, call(function, *(targets[key] for key in keys)))
            for name, (function, keys) in ATTEMPTS.items()
        ]
        with Submission(forks, {SLUG: source}) as child:
            functions = sorted({probe.call.function for probe in asked})
            subject = child.exercise(SLUG, calls=functions, batch=Batch(asked), limits=LIMITS)
            replies = dict(zip(ATTEMPTS, map(subject.answer, asked), strict=True))
        blocked = {name for name, reply in replies.items() if _blocked(reply)}
        if not _arrived(targets["listener"]):
            blocked.add("send a UDP packet")  # into a network of its own: sent, and gone nowhere
    return tuple(n for n in ATTEMPTS if n in blocked), tuple(n for n in ATTEMPTS if n not in blocked)


def _blocked(reply: Reply) -> bool:
    return reply.status is Status.VALUE and reply.value is False


@contextmanager
def _targets() -> Iterator[dict[str, Any]]:
    """Make what is to be attacked."""
    canary = ctypes.create_string_buffer(b"grader canary")
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="fence-")))
        folder.chmod(0o755)
        (folder / "secret").touch(mode=0o600)
        (folder / "public").touch(mode=0o644)
        tcp = stack.enter_context(socket.create_server(("127.0.0.1", 0)))
        udp = stack.enter_context(socket.socket(socket.AF_INET, socket.SOCK_DGRAM))
        udp.bind(("127.0.0.1", 0))
        unix = stack.enter_context(socket.socket(socket.AF_UNIX))
        unix.bind(str(folder / "unix"))
        unix.listen()
        (folder / "unix").chmod(0o777)
        yield {
            **{name: str(folder / name) for name in ("secret", "public", "unix")},
            "tmp": stack.enter_context(_unmade(tempfile.gettempdir())),
            "shm": stack.enter_context(_unmade("/dev/shm")),  # noqa: S108 - what is to be attacked
            "tcp": tcp.getsockname()[1],
            "udp": udp.getsockname()[1],
            "listener": udp,
            "root": os.listdir("/"),  # noqa: PTH208 - names, not paths
            "pid": os.getpid(),
            "address": ctypes.addressof(canary),
        }


@contextmanager
def _unmade(folder: str) -> Iterator[str]:
    """Return a path in a folder where there is no file, and see to it that there is none afterwards."""
    path = Path(folder) / f"fence-attempt-{secrets.token_hex(8)}"
    try:
        yield str(path)
    finally:
        path.unlink(missing_ok=True)


def _arrived(listener: socket.socket) -> bool:
    listener.setblocking(False)  # noqa: FBT003 - the standard library's spelling
    try:
        return bool(listener.recv(16))
    except OSError:
        return False
