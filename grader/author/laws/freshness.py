"""Law 6: what is committed in ``exercises/`` is what a release makes today."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from grader.author.laws import Violation
from grader.author.pictures import same_picture
from grader.author.release import stray_files

TOLERANCE = 1e-13  # of recorded numbers: exp of one machine differs from another's in the last bit


def released_files_fresh(files: Mapping[str, str], target: Path) -> Iterator[Violation]:
    """Compare a fresh release with the files below ``target``.

    Recorded numbers are compared to 1e-13, pictures by their signatures, all else by bytes.
    """
    for name, text in files.items():
        path = target / name
        if not path.is_file():
            yield Violation(6, name, "it is missing; run grader release")
        elif not _same(name, text, path.read_bytes()):
            yield Violation(6, name, "it is not what a release makes; run grader release")
    for path in stray_files(files, target):
        yield Violation(6, str(path.relative_to(target)), "no release makes this file; remove it")


def _same(name: str, fresh: str, kept: bytes) -> bool:
    if fresh.encode() == kept:
        return True
    if name.endswith(".svg"):
        return same_picture(fresh, kept.decode("utf-8", errors="replace"))
    if not name.endswith(".json"):
        return False
    try:
        one, other = json.loads(fresh), json.loads(kept)
    except ValueError:
        return False
    if name == "course.json" and isinstance(other, dict):  # its suite hashes all other files, each compared itself
        one["suite"] = other["suite"] = ""
    return close(one, other)


def close(one: Any, other: Any) -> bool:  # noqa: ANN401 - JSON
    """Return whether two JSON values are equal but for rounding of their numbers."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(close(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(close(a, b) for a, b in zip(one, other, strict=True))
    if isinstance(one, float) and isinstance(other, float):
        return abs(one - other) <= TOLERANCE * max(1.0, abs(one))
    return bool(one == other)
