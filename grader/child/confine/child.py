"""All layers of one child, in the order in which they must come.

The layers are chosen and made ready once, in the warm server; each forked child applies them to itself before it
reads a single byte of a student's.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from . import limits

LINUX: Final = sys.platform == "linux"
FIRST_UID: Final = 60001
TO_BECOME: Final = {"CAP_SETGID": 6, "CAP_SETUID": 7}  # another user
TO_READ: Final = {"CAP_DAC_READ_SEARCH": 2}  # what root may read, as another user


@dataclass
class Layers:
    """The layers that are on, and for each layer whether and why."""

    told: dict[str, tuple[bool, str]] = field(default_factory=dict)
    wrapped: bool = False  # whether the server sees no file but those it needs: it runs under bubblewrap
    mapped: int = 0
    uid: int | None = None
    keeps_reading: bool = False
    rules: int | None = None
    restrict: Callable[[int], None] | None = None
    install: Callable[[], None] | None = None

    def on(self, name: str) -> bool:
        """Return whether a layer is on."""
        return self.told.get(name, (False, ""))[0]


def choose(
    wanted: Iterable[str], folders: list[Path], packages: list[Path], slot: int, *, wrapped: bool = False
) -> Layers:
    """Make ready every wanted layer that works here; the others are off, with the reason."""
    wanted = frozenset(wanted)
    layers = Layers(wrapped=wrapped)
    layers.told["rlimits"] = ("rlimits" in wanted, "" if "rlimits" in wanted else "not asked for")
    for name, prepare in _PREPARED.items():
        if name not in wanted:
            layers.told[name] = (False, "not asked for")
            continue
        try:
            layers.told[name] = prepare(layers, folders, packages, slot)
        except OSError as error:
            layers.told[name] = (False, error.strerror or str(error))
    layers.mapped = limits.address_space()
    return layers


def confine(layers: Layers, memory_mb: int, server: int) -> None:
    """Apply the chosen layers to this process; any error must end it."""
    if layers.on("rlimits"):
        limits.apply(memory_mb, layers.mapped, no_threads=not layers.on("seccomp"))
    if not LINUX:
        return
    from .libc import PR_SET_DUMPABLE, PR_SET_NO_NEW_PRIVS, PR_SET_PDEATHSIG, prctl  # noqa: PLC0415 - Linux only

    if layers.uid is not None:
        _become(layers.uid, keeps_reading=layers.keeps_reading)
    prctl(PR_SET_DUMPABLE, 0)
    prctl(PR_SET_PDEATHSIG, int(signal.SIGKILL))  # after the change of uid, which clears it
    if os.getppid() != server:
        raise OSError("the server has gone")
    prctl(PR_SET_NO_NEW_PRIVS, 1)
    if layers.restrict is not None and layers.rules is not None:
        layers.restrict(layers.rules)
        os.close(layers.rules)
    if layers.install is not None:
        layers.install()


def _become(uid: int, *, keeps_reading: bool) -> None:
    """Give up root; keep only the right to read what root may read, if Python itself lies in such a place."""
    from .libc import PR_SET_KEEPCAPS, keep_only, prctl  # noqa: PLC0415 - Linux only

    prctl(PR_SET_KEEPCAPS, int(keeps_reading))
    os.setgroups([])
    os.setresgid(uid, uid, uid)
    os.setresuid(uid, uid, uid)
    keep_only(sum(1 << bit for bit in TO_READ.values()) if keeps_reading else 0)


def _landlock(layers: Layers, folders: list[Path], packages: list[Path], _slot: int) -> tuple[bool, str]:
    from . import landlock  # noqa: PLC0415 - Linux only

    version = landlock.abi()
    layers.rules = landlock.ruleset(version, landlock.readable(folders, packages))
    layers.restrict = landlock.restrict
    return True, f"abi{version}"


def _seccomp(layers: Layers, *_unused: object) -> tuple[bool, str]:
    from .seccomp import Filter  # noqa: PLC0415 - Linux only

    layers.install = Filter(files=True).install
    return True, "allowlist"


def _noopen(layers: Layers, folders: list[Path], packages: list[Path], _slot: int) -> tuple[bool, str]:
    """Let nothing be opened, where nothing else says what may be: so all is loaded ahead, while it still can be."""
    if not layers.on("seccomp"):
        return False, "needs seccomp"
    if layers.on("landlock") or layers.wrapped:
        return False, "not needed"
    from .. import ahead  # noqa: PLC0415, TID252 - it is needed nowhere else, and this package has two names
    from .seccomp import Filter  # noqa: PLC0415 - Linux only

    closed, late = Filter(files=False), ahead.load(folders, packages)

    def install() -> None:
        ahead.open_fonts()
        closed.install()
        late.install()

    layers.install = install
    return True, ""


def _uid(layers: Layers, folders: list[Path], packages: list[Path], slot: int) -> tuple[bool, str]:
    if os.getuid() != 0:
        return False, "needs root"
    uid = FIRST_UID + slot
    if not _exists_here(uid):
        return False, f"uid {uid} does not exist in this user namespace"
    hides = not all(_may_read(path, uid) for path in [*folders, *packages])
    if hides and not (layers.on("landlock") or layers.on("noopen") or (layers.wrapped and layers.on("seccomp"))):
        return False, f"Python lies where uid {uid} may not read"
    missing = _missing({**TO_BECOME, **TO_READ} if hides else TO_BECOME)
    if missing:
        return False, f"needs the capability {missing}"
    layers.uid, layers.keeps_reading = uid, hides
    return True, str(uid)


def _missing(needed: Mapping[str, int]) -> str:
    """Return the names of capabilities that this process has not: a container's root has few, or none."""
    status = Path("/proc/self/status").read_text(encoding="utf-8", errors="replace")
    held = int(status.partition("CapEff:")[2].split()[0], 16)
    return ", ".join(name for name, bit in needed.items() if not held >> bit & 1)


def _exists_here(uid: int) -> bool:
    ranges = [line.split() for line in Path("/proc/self/uid_map").read_text(encoding="ascii").splitlines()]
    return any(int(first) <= uid < int(first) + int(count) for first, _outside, count in ranges)


def _may_read(path: Path, uid: int) -> bool:
    """Return whether others may pass through every folder above a path and read it."""
    return all(folder.stat().st_mode & 0o001 or folder.stat().st_uid == uid for folder in [path, *path.parents])


_PREPARED: Final[Mapping[str, Callable[..., Any]]] = (
    {"landlock": _landlock, "seccomp": _seccomp, "noopen": _noopen, "uid": _uid} if LINUX else {}
)
