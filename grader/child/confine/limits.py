"""rlimits: bounds that every Unix has. They stop accidents; they are no protection against cheating."""

from __future__ import annotations

import resource
from pathlib import Path
from typing import Final

FILES: Final = 256
CPU_SECONDS: Final = 300  # a last resort: the trusted side measures each call and ends it long before
MEGABYTE: Final = 1 << 20


def address_space() -> int:
    """Return how many bytes this process has mapped, or 0 where that cannot be known."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    except OSError:
        return 0
    return pages * resource.getpagesize()


def apply(memory_mb: int, mapped: int, *, no_threads: bool) -> None:
    """Limit this process: ``memory_mb`` on top of what the warm server has mapped."""
    limits = {
        resource.RLIMIT_CPU: CPU_SECONDS,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_NOFILE: FILES,
        resource.RLIMIT_CORE: 0,
    }
    if mapped:
        limits[resource.RLIMIT_AS] = mapped + memory_mb * MEGABYTE
    if no_threads:
        limits[resource.RLIMIT_NPROC] = 0
    for kind, value in limits.items():
        _lower(kind, value)


def _lower(kind: int, value: int) -> None:
    hard = resource.getrlimit(kind)[1]
    bound = value if hard == resource.RLIM_INFINITY else min(value, hard)
    resource.setrlimit(kind, (bound, bound))
