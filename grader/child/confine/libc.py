"""Calls to the kernel that Python has no function for, and the few constants they need."""

from __future__ import annotations

import ctypes
import os
import platform
from typing import Final

PR_SET_PDEATHSIG: Final = 1
PR_SET_DUMPABLE: Final = 4
PR_SET_KEEPCAPS: Final = 8
PR_SET_SECCOMP: Final = 22
PR_SET_NO_NEW_PRIVS: Final = 38
CAPABILITY_VERSION_3: Final = 0x20080522


class CapabilityHeader(ctypes.Structure):
    """Whose capabilities are meant."""

    _fields_ = (("version", ctypes.c_uint32), ("pid", ctypes.c_int))


class Capabilities(ctypes.Structure):
    """One half of three sets of capabilities."""

    _fields_ = (("effective", ctypes.c_uint32), ("permitted", ctypes.c_uint32), ("inheritable", ctypes.c_uint32))


LIBC: Final = ctypes.CDLL(None, use_errno=True)
LIBC.syscall.restype = ctypes.c_long
MACHINE: Final = platform.machine()


def checked(what: str, result: int) -> int:
    """Return a result that is no error, or raise what went wrong."""
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{what}: {os.strerror(number)}")
    return result


def prctl(option: int, *arguments: object) -> int:
    """Call ``prctl``; missing arguments are 0."""
    given = [ctypes.c_ulong(a) if isinstance(a, int) else a for a in arguments]
    given += [ctypes.c_ulong(0)] * (4 - len(given))
    return checked(f"prctl({option})", LIBC.prctl(ctypes.c_int(option), *given))


def syscall(number: int, *arguments: object) -> int:
    """Make a system call by its number."""
    given = [ctypes.c_long(a) if isinstance(a, int) else a for a in arguments]
    return checked(f"syscall {number}", LIBC.syscall(ctypes.c_long(number), *given))


def keep_only(capabilities: int) -> None:
    """Give up all capabilities but these few low bits."""
    header = CapabilityHeader(CAPABILITY_VERSION_3, 0)
    sets = (Capabilities * 2)(Capabilities(capabilities, capabilities, 0), Capabilities(0, 0, 0))
    checked("capset", LIBC.capset(ctypes.byref(header), sets))
