"""Artefacts: everything that leaves the project, built for real so that it can be searched."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from grader.author.members import Member, members
from grader.author.release import MADE_BY_USE, write_bundle
from grader.exercise.check import AuthorError


def build_artefacts(project: Path, files: Mapping[str, str]) -> dict[str, list[Member]]:
    """Build the wheel, the sdist and the bundle, and read what is committed in exercises/ and source/."""
    with tempfile.TemporaryDirectory() as folder:
        built = Path(folder)
        _run_build(project, built)
        write_bundle(files, built / "bundle.zip")
        return {
            "wheel": _members_of(next(built.glob("*.whl"))),
            "sdist": _members_of(next(built.glob("*.tar.gz"))),
            "bundle": _members_of(built / "bundle.zip"),
            "exercises": _committed(project / "exercises"),
            "source": _committed(project / "source"),
        }


def _run_build(project: Path, target: Path) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "-d", str(target)]
    done = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)  # noqa: S603 - our own build
    if done.returncode != 0:
        why = next((line for line in reversed(done.stderr.splitlines()) if line.strip()), "no reason is known")
        raise AuthorError(f"the wheel of {project} cannot be built: {why[:400]}; is hatchling installed?")


def _members_of(path: Path) -> list[Member]:
    return list(members(Member(path.name, path.read_bytes())))


def _committed(folder: Path) -> list[Member]:
    found = (path for path in sorted(folder.rglob("*")) if path.is_file())
    kept = (path for path in found if not MADE_BY_USE & set(path.parts) and path.name != ".gitkeep")
    return [Member(path.relative_to(folder).as_posix(), path.read_bytes()) for path in kept]
