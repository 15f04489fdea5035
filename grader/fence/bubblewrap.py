"""bubblewrap round the warm server: namespaces for nothing per submission, where they are allowed.

In it the server sees only Python, the offered packages and shared libraries, all read-only; no other process, and no
network. It is a second wall: what a child's own layers stop, this stops too. It is used if it is installed and works.
"""

from __future__ import annotations

import os
import shutil
import sysconfig
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from grader.fence import start

SYSTEM: Final = ("/lib", "/lib32", "/lib64", "/usr/lib", "/usr/lib64")
FILES: Final = ("/etc/ld.so.cache", "/etc/localtime", "/usr/share/zoneinfo")
DEVICES: Final = ("/dev/null", "/dev/urandom")
HIDDEN: Final = ("site-packages", "dist-packages")


def program() -> str | None:
    """Return where bubblewrap is, if it is installed."""
    return shutil.which("bwrap")


def detail() -> str:
    """Return which namespaces it makes; root needs none for users, and then could not drop to another user in it."""
    return "pid,net,ipc,mnt" if os.getuid() == 0 else "user,pid,net,ipc,mnt"


def wrapper(bwrap: str, packages: Iterable[str]) -> list[str]:
    """Return the command to start the server under."""
    options = ["--unshare-pid", "--unshare-net", "--unshare-ipc", "--unshare-uts"]
    if os.getuid() != 0:
        options += ["--unshare-user", "--disable-userns"]
    for path in SYSTEM:
        options += _system(Path(path))
    for path in (*FILES, *_python()):
        options += ["--ro-bind-try", path, path]
    for path in _hidden():
        options += ["--tmpfs", path]
    for path in (*packages, str(start.CHILD)):  # some packages lie in a folder that was just hidden
        options += ["--ro-bind", path, path]
    for path in DEVICES:
        options += ["--dev-bind", path, path]
    options += ["--proc", "/proc"]
    for path in ("/", *_hidden()):
        options += ["--remount-ro", path]
    return [bwrap, *options, "--chdir", "/", "--"]


def _system(path: Path) -> list[str]:
    if path.is_symlink():
        return ["--symlink", str(path.readlink()), str(path)]
    return ["--ro-bind", str(path), str(path)] if path.is_dir() else []


def _python() -> Iterator[str]:
    """Return the program, its standard library, and the library that it may be linked with."""
    yield start.executable()
    yield from start.library()
    shared = sysconfig.get_config_var("INSTSONAME")
    folder = sysconfig.get_config_var("LIBDIR")
    if sysconfig.get_config_var("Py_ENABLE_SHARED") and shared and folder:
        yield str(Path(folder) / shared)


def _hidden() -> list[str]:
    """Return the folders of installed packages that lie within the standard library's."""
    inside = [str(Path(folder) / name) for folder in start.library() for name in HIDDEN]
    return [path for path in inside if Path(path).is_dir()]
