"""Walls: what a kernel that runs a student's cells can see of this machine, and how much of it it can use.

bubblewrap shows it Python, its packages and this one, read-only, and a folder in memory; no other file, no other
process, no network. Limits bound the memory of a process, the size of a file, and the number of processes.

That number Linux bounds for each user, and never for root, whatever root is called in a namespace. So where root
grades, a kernel gets a user of its own, whom nothing belongs to; to become that, it needs root's own namespace of
users, as in the fence. Where root cannot do so, the number is not bounded.
"""

from __future__ import annotations

import os
import platform
import re
import secrets
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from glob import iglob
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import grader
from grader.fence import FenceError

SYSTEM: Final = ("/usr", "/bin", "/lib", "/lib32", "/lib64", "/etc/fonts", "/etc/ld.so.cache", "/etc/localtime")
UNSHARED: Final = ("--unshare-ipc", "--unshare-pid", "--unshare-net", "--unshare-uts", "--unshare-cgroup-try")
MOST_MEMORY: Final = 8 << 20  # kB of address space
MOST_WRITTEN: Final = 1 << 20  # blocks of 512 bytes, or of 1 kB, as the shell has it
MOST_PROCESSES: Final = 256  # threads count; a kernel has about ten
FIRST_USER: Final = 0x70000000  # systemd hands out none from here to 0x7FFDFFFF, and hardly anybody else does
USERS: Final = 1 << 16
LINUX: Final = tuple(map(int, re.findall(r"\d+", platform.release())[:2]))
COUNTED_APART: Final = (5, 14)  # the Linux since which a namespace's processes do not count with all others of a user


def bubblewrap() -> str:
    """Return where bubblewrap is; without it no cell is run anew."""
    program = shutil.which("bwrap")
    if program is None:
        raise FenceError("To run cells anew, bubblewrap is needed: install it, or grade without running them.")
    return program


def own_user() -> int | None:
    """Return a user for one kernel, where root grades and can make it somebody else."""
    return FIRST_USER + secrets.randbelow(USERS) if os.getuid() == 0 and _root_can_give_one() else None


def confined(folder: Path, user: int | None) -> list[str]:
    """Return the command to start a kernel under; ``folder`` is where it and we meet."""
    options = [*UNSHARED, "--die-with-parent", "--new-session", "--clearenv"]
    if user is None:
        options += ["--unshare-user", "--uid", "65534", "--gid", "65534"]
    for path in SYSTEM:
        options += [*_passed(path), "--ro-bind-try", path, path]
    options += ["--proc", "/proc", "--dev", "/dev", "--tmpfs", "/tmp"]  # noqa: S108 - its own, in memory
    for path in dict.fromkeys(_ours()):
        options += [*_passed(path), "--ro-bind", path, path]
    for name, value in _environment().items():
        options += ["--setenv", name, value]
    options += [*_passed(folder), "--bind", str(folder), str(folder)]
    options += ["--chdir", "/tmp", "--"]  # noqa: S108 - the same
    return [bubblewrap(), *options, "/bin/sh", "-c", _limited(user)]


def _passed(path: str | Path) -> list[str]:
    """Return how to let everybody pass through the folder above a path: bubblewrap lets only root."""
    return ["--dir", str(Path(path).parent)]


def _limited(user: int | None) -> str:
    """Return the script that limits what follows it, and starts that."""
    most = MOST_PROCESSES + (_running() if user is None and LINUX < COUNTED_APART else 0)
    steps = [f"ulimit -v {MOST_MEMORY}", f"ulimit -f {MOST_WRITTEN}"]
    steps += [f"{{ ulimit -u {most} || ulimit -p {most} || :; }} 2>/dev/null"]  # bash, dash; a lower limit stays
    become = ""
    if user is not None:
        steps += [f"chown {user} /tmp /dev/shm"]
        become = f"setpriv --reuid={user} --regid={user} --clear-groups --inh-caps=-all"
    return f'{" && ".join(steps)} && exec {become} "$0" "$@" >/dev/null 2>&1'  # prints come as messages


def _running() -> int:
    """Return how many processes and threads this user has."""
    count = 0
    for path in iglob("/proc/[0-9]*/task/*"):  # noqa: PTH207 - Path.glob stops at a process that ends meanwhile
        with suppress(OSError):
            count += Path(path).stat().st_uid == os.getuid()
    return count


@cache
def _root_can_give_one() -> bool:
    """Try it once: a container's root may do little, and Python may lie where only root may read."""
    with TemporaryDirectory() as folder:
        command = [*confined(Path(folder), FIRST_USER), sys.executable, "-c", "import ipykernel, grader.notebook"]
        return subprocess.run(command, capture_output=True, check=False).returncode == 0  # noqa: S603 - our own Python


def _ours() -> Iterator[str]:
    """Return Python, its packages, and this package with the exercises that it carries."""
    yield from (sys.base_prefix, sys.prefix, sysconfig.get_path("purelib"))
    package = Path(grader.__file__).resolve().parent
    yield str(package)
    if (package.parent / "exercises").is_dir():  # an editable install reads them there
        yield str(package.parent / "exercises")


def _environment() -> dict[str, str]:
    package = str(Path(grader.__file__).resolve().parents[1])
    return {
        "PATH": f"{sysconfig.get_path('scripts')}:{os.defpath}",
        "HOME": "/tmp",  # noqa: S108 - its own, in memory
        "LANG": "C.UTF-8",
        "OPENBLAS_NUM_THREADS": "1",
        "PYTHONPATH": package,
    }
