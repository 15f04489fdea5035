"""How long a student waits for `grader check`, beside the time that Python takes to import what any answer needs."""

from __future__ import annotations

import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from benchmarks.material import SLUG
from grader.author.place import find_project

TIMES: Final = 7
PYTHON: Final = Path(sys.executable)
IMPORT: Final = (str(PYTHON), "-c", "import numpy, scipy.special")
CHECK: Final = (str(PYTHON.with_name("grader")), "check", SLUG)
CHECKED: Final = (0, 1)  # all passed, something failed


def measure_start(times: int = TIMES) -> tuple[float, float] | None:
    """Return the medians of `grader check softmax` and of the import, taking turns; None if it cannot check."""
    with tempfile.TemporaryDirectory(prefix="benchmarks-") as folder:
        shutil.copy(find_project(Path(__file__).parent) / "solutions" / SLUG / "solution.py", f"{folder}/{SLUG}.py")
        pairs = [(_wall(CHECK, folder), _wall(IMPORT, folder)) for _ in range(times + 1)][1:]  # the first fills caches
    checks, imports = zip(*pairs, strict=True)
    return None if None in checks else (statistics.median(checks), statistics.median(imports))


def _wall(command: Sequence[str], folder: str) -> float | None:
    start = time.perf_counter()
    ended = subprocess.run(command, cwd=folder, capture_output=True, check=False)  # noqa: S603 - our own programs
    return time.perf_counter() - start if ended.returncode in CHECKED else None
