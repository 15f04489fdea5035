"""Every exercise keeps every law: what `grader prove` says of the course that is here.

The laws themselves are tested in tests/author, each with a small exercise that breaks it.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.author.artefacts import build_artefacts
from grader.author.laws.freshness import released_files_fresh
from grader.author.laws.pages import notebooks_complete, pages_complete
from grader.author.laws.secrecy import nothing_secret
from grader.author.notebooks import build_notebooks
from grader.author.prove import prove_exercise
from grader.author.release import build_release
from grader.exercise.course import Course, load_author_course

PROJECT = Path(__file__).resolve().parent.parent
SOLUTIONS = PROJECT / "solutions"
SLUGS = sorted(path.parent.name for path in SOLUTIONS.glob("*/exercise.toml"))


@pytest.fixture(scope="module")
def course() -> Course:
    """Return the course that is here."""
    return load_author_course(SOLUTIONS)


@pytest.mark.parametrize("slug", SLUGS)
def test_an_exercise_proves_itself(course: Course, released: dict[str, str], slug: str) -> None:
    """Right answers earn their marks, wrong ones are named, by every door, in every language, and it is all true."""
    proof = prove_exercise(course, slug, released)
    assert [str(violation) for violation in proof.violations] == []


def test_what_is_released_is_fresh_and_holds_no_secret(course: Course) -> None:
    """In exercises/ and source/, in the wheel, the sdist and the bundle, as they are built today."""
    files = build_release(course)
    stale = released_files_fresh(files, PROJECT / "exercises", course)
    old = released_files_fresh(build_notebooks(course, files), PROJECT / "source", course)
    secret = nothing_secret(build_artefacts(PROJECT, files), SOLUTIONS)
    told = [*pages_complete(files), *notebooks_complete(course)]
    assert [str(violation) for violation in (*stale, *old, *secret, *told)] == []
