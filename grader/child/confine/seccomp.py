"""seccomp: the list of system calls that student code may make. Everything else fails.

The filter is a classic BPF program, written out instruction by instruction, since the standard library has no
words for it. A call on the list passes; some pass for certain arguments only; the rest get EPERM, or ENOSYS where a
C library then falls back to an older call. A program of another architecture is killed. Files may be opened, since
Python loads modules whenever they are first used: which ones is for Landlock, or bubblewrap, to say. Where there is
neither, ``files=False`` is the filter under which nothing can be opened at all.
"""

from __future__ import annotations

import ctypes
import errno
import os
from collections.abc import Mapping, Sequence
from typing import Final

from .libc import MACHINE, PR_SET_SECCOMP, prctl
from .syscalls import ALLOWED, CHECKED, MACHINES, NEWEST, OPENING

LOAD: Final = 0x20
JUMP_EQUAL: Final = 0x15
JUMP_AT_LEAST: Final = 0x35
JUMP_MASK: Final = 0x45
RETURN: Final = 0x06
ALLOW: Final = 0x7FFF0000
KILL: Final = 0x80000000
DENY: Final = 0x00050000 | errno.EPERM
UNKNOWN: Final = 0x00050000 | errno.ENOSYS
FILTER_MODE: Final = 2
ARCHITECTURES: Final = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
THREAD: Final = (0x00010000, 0x00000100, 0x00000800)  # CLONE_THREAD, CLONE_VM, CLONE_SIGHAND
NAMESPACES: Final = 0x7E020080  # CLONE_NEW* of every kind
TERMINAL_QUERIES: Final = (0x5401, 0x5450, 0x5451, 0x541B, 0x5413)  # TCGETS, FIO(N)CLEX, FIONREAD, TIOCGWINSZ
FCNTL: Final = (0, 1, 2, 3, 4, 1030)  # duplicate, flags; not F_SETOWN, which can signal others
NAMING: Final = (15, 16)  # PR_SET_NAME, PR_GET_NAME
OWN_PID: Final = 0xFFFFFFFF  # stands for the child's pid until it is known

Instruction = tuple[int, int, int, int]
Block = list[Instruction]
_ALLOWED: Final[Block] = [(RETURN, 0, 0, ALLOW)]
_DENIED: Final[Block] = [(RETURN, 0, 0, DENY)]
_UNKNOWN: Final[Block] = [(RETURN, 0, 0, UNKNOWN)]


class SockFilter(ctypes.Structure):
    """One instruction."""

    _fields_ = (("code", ctypes.c_uint16), ("jt", ctypes.c_uint8), ("jf", ctypes.c_uint8), ("k", ctypes.c_uint32))


class SockProgram(ctypes.Structure):
    """A whole filter."""

    _fields_ = (("length", ctypes.c_uint16), ("filter", ctypes.c_void_p))


class Filter:
    """A filter, built once in the warm server; each child writes its own pid into it and puts it on."""

    def __init__(self, *, files: bool) -> None:
        if MACHINE not in MACHINES:
            raise OSError(errno.ENOSYS, f"no table of system calls for {MACHINE}")
        program = _program(MACHINES.index(MACHINE), files=files)
        self._code = (SockFilter * len(program))(*(SockFilter(*step) for step in program))
        self._own = [place for place, step in enumerate(program) if step[3] == OWN_PID]
        self._program = SockProgram(len(program), ctypes.cast(self._code, ctypes.c_void_p))

    def install(self) -> None:
        """Put the filter on this process; ``no_new_privs`` must be set."""
        for place in self._own:
            self._code[place].k = os.getpid()
        prctl(PR_SET_SECCOMP, FILTER_MODE, ctypes.byref(self._program))


def _program(machine: int, *, files: bool) -> Block:
    """Return the whole filter: is it our architecture, then a search for the call's number."""
    plain = {**ALLOWED, **OPENING} if files else ALLOWED
    blocks = {number: _ALLOWED for numbers in plain.values() if (number := numbers[machine]) is not None}
    for name, block in _checks().items():
        number = CHECKED[name][machine]
        if number is not None:
            blocks[number] = block
    return [
        (LOAD, 0, 0, 4),
        (JUMP_EQUAL, 1, 0, ARCHITECTURES[MACHINES[machine]]),
        (RETURN, 0, 0, KILL),
        (LOAD, 0, 0, 0),
        *_search(_ranges(blocks)),
    ]


def _ranges(blocks: Mapping[int, Block]) -> list[tuple[int, Block]]:
    """Return where each stretch of equally treated calls begins; above the newest all are unknown, x32's too."""
    found: list[tuple[int, Block]] = []
    for number in range(NEWEST + 1):
        block = blocks.get(number, _DENIED)
        if not found or found[-1][1] is not block:
            found.append((number, block))
    return [*found, (NEWEST + 1, _UNKNOWN)]


def _search(ranges: Sequence[tuple[int, Block]]) -> Block:
    """Return a binary search: the kernel walks the filter once for every call there is when it is installed."""
    if len(ranges) == 1:
        return ranges[0][1]
    middle = len(ranges) // 2
    below, above = _search(ranges[:middle]), _search(ranges[middle:])
    return [(JUMP_AT_LEAST, len(below), 0, ranges[middle][0]), *below, *above]


def _checks() -> dict[str, Block]:
    """Return the calls whose arguments matter."""
    return {
        "ioctl": _one_of(1, TERMINAL_QUERIES),
        "fcntl": _one_of(1, FCNTL),
        "prctl": _one_of(0, NAMING),
        "kill": _one_of(0, (OWN_PID,)),
        "tgkill": _one_of(0, (OWN_PID,)),
        "clone3": _UNKNOWN,  # its flags lie in memory, where a filter cannot look
        "clone": _threads_only(),
        "prlimit64": _reading_own_limits(),
    }


def _one_of(argument: int, values: tuple[int, ...]) -> Block:
    steps: Block = [(LOAD, 0, 0, _low(argument))]
    for value in values:
        steps += [(JUMP_EQUAL, 0, 1, value), (RETURN, 0, 0, ALLOW)]
    return [*steps, (RETURN, 0, 0, DENY)]


def _threads_only() -> Block:
    """Let `clone` make threads; a new process, or a new namespace, is refused."""
    steps: Block = [(LOAD, 0, 0, _low(0)), (JUMP_MASK, 0, 1, NAMESPACES), (RETURN, 0, 0, DENY)]
    for bit in THREAD:
        steps += [(JUMP_MASK, 1, 0, bit), (RETURN, 0, 0, DENY)]
    return [*steps, (RETURN, 0, 0, ALLOW)]


def _reading_own_limits() -> Block:
    """Let `prlimit64` read, with no pid and no new limit."""
    steps: Block = []
    for offset in (_low(0), _low(2), _low(2) + 4):
        steps += [(LOAD, 0, 0, offset), (JUMP_EQUAL, 1, 0, 0), (RETURN, 0, 0, DENY)]
    return [*steps, (RETURN, 0, 0, ALLOW)]


def _low(argument: int) -> int:
    """Return where the low half of an argument lies; both machines are little-endian."""
    return 16 + 8 * argument
