"""Key: a hash of all that decides a result, so that the same question is never asked twice, and never answered wrongly.

What does not change a mark, such as the student's name, is not in it: equal submissions have one result.
"""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Iterable, Mapping
from importlib.metadata import version

import numpy as np

from grader.classroom.store import CHOSEN
from grader.fence.intake import HandedIn

FORM = "grader-key-v1"


def suite_of(suite: str, slugs: Iterable[str], seed: str = "") -> dict[str, str]:
    """Return what must be the same for all results of one folder; of a seed only a hash, for it is a secret."""
    return {
        CHOSEN: ", ".join(sorted(set(slugs))),
        "personal": hashlib.sha256(seed.encode()).hexdigest() if seed else "",
        "grader": version("softmax-grader"),
        "exercises": suite,
        "python": platform.python_version(),
        "numpy": np.__version__,
    }


def key_of(handed_in: HandedIn, suite: Mapping[str, str], terms: Iterable[str]) -> bytes:
    """Return the key of a submission, graded under these terms: the exercises, the sandbox, the language.

    What we could not read is not in it: nothing is graded then, so there is never a result of that key.
    """
    digest = hashlib.sha256()
    for part in (FORM, *sorted(f"{name}={value}" for name, value in suite.items()), *terms):
        _add(digest, part.encode())
    for slug in sorted({*handed_in.sources, *handed_in.problems}):
        problem = handed_in.problems.get(slug)
        _add(digest, slug.encode() + (b"" if problem is None else b" has a problem"))
        _add(digest, handed_in.sources[slug] if problem is None else repr(problem).encode())
    return digest.digest()


def _add(digest: hashlib._Hash, part: bytes) -> None:
    digest.update(len(part).to_bytes(8, "big") + part)
