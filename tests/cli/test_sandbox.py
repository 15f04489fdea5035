"""``grader sandbox``: what confines code on this machine, thing by thing."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

from grader.fence.policy import LAYERS
from grader.fence.selftest import ATTEMPTS

Program = Callable[..., subprocess.CompletedProcess[str]]


def test_every_layer_and_every_attempt_is_listed(tmp_path: Path, program: Program) -> None:
    """Whoever runs it reads all that the status line only counts, and what would add a layer."""
    done = program("sandbox", cwd=tmp_path, PATH="")
    told = done.stdout
    assert (done.returncode, done.stderr) == (0, "")
    assert [name for name in (*LAYERS, *ATTEMPTS) if name not in told] == []
    assert "bwrap(not installed)" in told
    assert "bwrap(no instalada)" in program("sandbox", "--lang", "es", cwd=tmp_path, PATH="").stdout
    assert told.endswith("bubblewrap is not installed; apt-get install bubblewrap adds a layer.\n")
