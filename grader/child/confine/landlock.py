"""Landlock: which files may be read. Nothing may be written, no TCP, no signal or abstract socket out of here.

Raw system calls, because the standard library has none. The rules are made once in the warm server, and each child
puts them on itself. They name the entries of the standard library one by one: `site-packages` lies among them and
holds the grader.
"""

from __future__ import annotations

import ctypes
import errno
import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

from .libc import syscall

CREATE: Final = 444
ADD_RULE: Final = 445
RESTRICT_SELF: Final = 446
VERSION_FLAG: Final = 1
PATH_BENEATH: Final = 1
READ_FILE: Final = 1 << 2
READ_DIR: Final = 1 << 3
BITS_BY_ABI: Final = {1: 13, 2: 14, 3: 15, 4: 15}  # from ABI 5 on there are 16 rights for files
NET_ABI: Final = 4
SCOPE_ABI: Final = 6
BIND_AND_CONNECT: Final = 0b11
ABSTRACT_SOCKETS_AND_SIGNALS: Final = 0b11
NOT_READ: Final = frozenset({"site-packages", "dist-packages", "test", "idlelib", "turtledemo", "ensurepip"})


class RulesetAttributes(ctypes.Structure):
    """What a ruleset governs."""

    _fields_ = (("files", ctypes.c_uint64), ("net", ctypes.c_uint64), ("scoped", ctypes.c_uint64))


class PathBeneath(ctypes.Structure):
    """One rule: these rights below that open file."""

    _pack_ = 1
    _layout_ = "ms"
    _fields_ = (("allowed", ctypes.c_uint64), ("parent", ctypes.c_int32))


def abi() -> int:
    """Return the version that the kernel offers; OSError if none."""
    return syscall(CREATE, None, 0, VERSION_FLAG)


def ruleset(version: int, readable: Iterable[Path]) -> int:
    """Return an open ruleset that lets these files and folders be read, and nothing else."""
    made = _create(version)
    for path in readable:
        with suppress(FileNotFoundError):
            _allow(made, path)
    return made


def restrict(made: int) -> None:
    """Put a ruleset on this process and on all that it starts."""
    syscall(RESTRICT_SELF, made, 0)


def readable(folders: Iterable[Path], packages: Iterable[Path]) -> Iterator[Path]:
    """Return what student code may read: the standard library, the offered packages, shared libraries, time zones."""
    for folder in folders:
        yield from sorted(path for path in folder.iterdir() if path.name not in NOT_READ)
    yield from packages
    yield from _shared_libraries()
    yield from map(Path, ("/etc/ld.so.cache", "/usr/share/zoneinfo", "/etc/localtime", "/dev/null", "/dev/urandom"))


def _create(version: int) -> int:
    attributes = RulesetAttributes((1 << BITS_BY_ABI.get(version, 16)) - 1, 0, 0)
    size = 8
    if version >= NET_ABI:
        attributes.net, size = BIND_AND_CONNECT, 16
    if version >= SCOPE_ABI:
        attributes.scoped, size = ABSTRACT_SOCKETS_AND_SIGNALS, 24
    try:
        return syscall(CREATE, ctypes.byref(attributes), size, 0)
    except OSError as error:
        if error.errno != errno.EINVAL or not attributes.scoped:
            raise
    attributes.scoped = 0  # some kernels say ABI 6 and know no scopes
    return syscall(CREATE, ctypes.byref(attributes), 16, 0)


def _allow(made: int, path: Path) -> None:
    opened = os.open(path, os.O_PATH | os.O_CLOEXEC)
    try:
        rights = READ_FILE | READ_DIR if path.is_dir() else READ_FILE
        syscall(ADD_RULE, made, PATH_BENEATH, ctypes.byref(PathBeneath(rights, opened)), 0)
    finally:
        os.close(opened)


def _shared_libraries() -> Iterator[Path]:
    """Return the folders of loaded libraries; where Python packages lie in one, only the loaded files."""
    with Path("/proc/self/maps").open(encoding="utf-8", errors="replace") as file:
        loaded = {Path(line.split(maxsplit=5)[5].rstrip("\n")) for line in file if ".so" in line and "/" in line}
    for folder in sorted({path.parent for path in loaded if path.parts[1:2] in (("lib",), ("lib64",), ("usr",))}):
        if any(entry.name.startswith("python") for entry in folder.iterdir() if entry.is_dir()):
            yield from sorted(path for path in loaded if path.parent == folder)
        else:
            yield folder
