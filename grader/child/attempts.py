"""Forbidden things, tried by a real child at each start, so that the status line tells what was seen to be blocked.

This file goes through the sandbox exactly as a student's file does: as bytes, into a confined child. Nobody imports
it. Each function returns True if the thing worked.
"""

from __future__ import annotations

import ctypes
import os
import resource
import socket
from collections.abc import Callable
from functools import wraps

PTRACE_SEIZE = 0x4206
NEW_USER_NAMESPACE = 0x10000000
SECONDS = 1.0


def attempt(function: Callable[..., object]) -> Callable[..., bool]:
    """Make a function that answers whether it came to its end."""

    @wraps(function)
    def tried(*given: object) -> bool:
        try:
            return function(*given) is not False
        except (OSError, ValueError, AttributeError):  # the last: this system knows no such call
            return False

    return tried


def _kernel(name: str, *given: object) -> None:
    if getattr(ctypes.CDLL(None, use_errno=True), name)(*given) < 0:
        raise OSError(ctypes.get_errno(), name)


@attempt
def read_secret(path: str) -> None:
    """Read a file that only the grader may read."""
    with open(path, "rb") as file:  # noqa: PTH123 - the plain way, as a student would try it
        file.read(1)


@attempt
def read_public(path: str) -> bool:
    """Read a file that everybody may read."""
    return read_secret(path) or read_secret("/etc/passwd")


@attempt
def list_root(names: list[str]) -> bool:
    """List the root folder of the machine, and not another that was put in its place."""
    return set(names) <= set(os.listdir("/"))  # noqa: PTH208 - the plain way, as a student would try it


def memory_file(pid: int, address: int) -> bool:
    """Read the memory of the grader, or of the warm server, as a file."""
    return _memory_file(pid, address) or _memory_file(os.getppid(), id(None))  # where the server has it, too


@attempt
def _memory_file(pid: int, address: int) -> None:
    with open(f"/proc/{pid}/mem", "rb", buffering=0) as file:  # noqa: PTH123
        file.seek(address)
        file.read(8)


def memory_call(pid: int, address: int) -> bool:
    """Read it by a system call."""
    return _memory_call(pid, address) or _memory_call(os.getppid(), id(None))


@attempt
def _memory_call(pid: int, address: int) -> None:
    here = ctypes.create_string_buffer(8)
    local = (ctypes.c_size_t * 2)(ctypes.addressof(here), 8)
    remote = (ctypes.c_size_t * 2)(address, 8)
    _kernel("process_vm_readv", pid, local, ctypes.c_ulong(1), remote, ctypes.c_ulong(1), ctypes.c_ulong(0))


def trace(pid: int) -> bool:
    """Trace the grader, or the warm server."""
    return _trace(pid) or _trace(os.getppid())


@attempt
def _trace(pid: int) -> None:
    _kernel("ptrace", PTRACE_SEIZE, pid, None, None)


@attempt
def signal_others(pid: int) -> None:
    """Signal the grader, or the warm server; signal 0 only asks whether one may."""
    try:
        os.kill(pid, 0)
    except OSError:
        os.kill(os.getppid() or 1, 0)


@attempt
def tcp(port: int) -> None:
    """Open a connection."""
    socket.create_connection(("127.0.0.1", port), SECONDS).close()


@attempt
def udp(port: int) -> None:
    """Send a packet; whether it arrives is seen on the other side."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
        sender.sendto(b"x", ("127.0.0.1", port))


@attempt
def unix(path: str) -> None:
    """Connect to a socket that is a file, or to one that is only a name."""
    for address in (path, "\0" + path):
        with socket.socket(socket.AF_UNIX) as caller:
            caller.settimeout(SECONDS)
            try:
                caller.connect(address)
            except OSError:
                continue
            return
    raise OSError("neither")


@attempt
def execute() -> None:
    """Become another program."""
    os.execv("/bin/true", ["true"])  # noqa: S606 - that is what is tried


@attempt
def fork() -> None:
    """Start another process."""
    pid = os.fork()
    if pid == 0:
        os._exit(0)
    os.waitpid(pid, 0)


@attempt
def write(path: str) -> None:
    """Make a file; whether it may be removed here, too, is another question, so that is done on the other side."""
    open(path, "wb").close()  # noqa: PTH123


@attempt
def raise_limits() -> bool | None:
    """Take more memory than was given."""
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    if hard == resource.RLIM_INFINITY:
        return True
    resource.setrlimit(resource.RLIMIT_AS, (hard + 4096, hard + 4096))
    return None


@attempt
def hidden_memory() -> None:
    """Make memory that no limit counts."""
    os.close(os.memfd_create("attempt"))


@attempt
def outlive() -> None:
    """Ask not to be ended with the server."""
    _kernel("prctl", 1, ctypes.c_ulong(0), ctypes.c_ulong(0), ctypes.c_ulong(0), ctypes.c_ulong(0))


@attempt
def namespace() -> None:
    """Make a namespace in which it would be root."""
    _kernel("unshare", NEW_USER_NAMESPACE)
