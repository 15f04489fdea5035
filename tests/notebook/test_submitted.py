"""A submission's folder is made complete, and what nbgrader would stop at is set aside."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.notebook.submitted import complete


@pytest.mark.parametrize(
    ("came", "left", "aside"),
    [
        (b"2026-01-01 10:00:00 UTC\n", b"2026-01-01 10:00:00 UTC\n", None),
        (b"", b"", None),
        (None, b"", None),
        (b"last night", b"", b"last night"),
        (b"\xff\xfe2\x00", b"", b"\xff\xfe2\x00"),
        (b"99999999999999999999", b"", b"99999999999999999999"),
    ],
)
def test_a_time_that_is_none_is_set_aside(tmp_path: Path, came: bytes | None, left: bytes, aside: bytes | None) -> None:
    """It is kept under another name, and the submission has no time, which is never late."""
    if came is not None:
        (tmp_path / "timestamp.txt").write_bytes(came)
    complete(assignment="lab-00", student="ana", notebooks=[str(tmp_path / "lab-00.ipynb")])
    assert (tmp_path / "timestamp.txt").read_bytes() == left
    kept = tmp_path / "timestamp-as-it-came.txt"
    assert (kept.read_bytes() if kept.exists() else None) == aside
