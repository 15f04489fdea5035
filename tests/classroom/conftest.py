"""What the tests of the classroom share: a disk that is nearly full."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Return a file system of 4 MB; only root may have one."""
    path = tmp_path / "disk"
    path.mkdir()
    if os.geteuid() != 0:
        pytest.skip("only root may mount a small file system")
    if _run("mount", "-t", "tmpfs", "-o", "size=4m", "none", str(path)):
        pytest.skip("this container may not mount a file system")
    yield path
    _run("umount", str(path))


def _run(program: str, *arguments: str) -> int:
    return subprocess.run([shutil.which(program) or program, *arguments], capture_output=True, check=False).returncode
