"""New: the folder of an exercise, filled with a small one that keeps every law.

An author starts from something that works and replaces it piece by piece, with `grader prove` green at each step; law 6
asks for a `grader release` before.
"""

from __future__ import annotations

import keyword
import re
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path

from grader.exercise.check import AuthorError

SLUG = re.compile(r"[a-z][a-z0-9_]*")
TEMPLATE = "template"


def new_exercise(slug: str, solutions: Path) -> list[Path]:
    """Write ``solutions/<slug>/`` and return the files; an existing folder is never touched."""
    if not SLUG.fullmatch(slug):
        raise AuthorError(f"{slug!r} is no slug; use lower-case letters, digits and _, and begin with a letter")
    if keyword.iskeyword(slug):
        raise AuthorError(f"{slug!r} is a word of Python's own, which names no function; choose another slug")
    if find_spec(slug) is not None:  # a student's file has the name of the exercise, and is imported by it
        raise AuthorError(
            f"{slug!r} is the name of an installed module, which {slug}.py would hide; choose another slug"
        )
    folder = solutions / slug
    if folder.exists():
        raise AuthorError(f"{folder} exists already; choose another slug, or remove it first")
    made = []
    for name, text in sorted(template_files(slug).items()):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        made.append(path)
    return made


def template_files(slug: str) -> dict[str, str]:
    """Return the files of the template, named for ``slug``."""
    root = files("grader.author").joinpath(TEMPLATE)
    pages = {page.name: page.read_text(encoding="utf-8") for page in root.iterdir() if page.name.endswith(".txt")}
    return {name.removesuffix(".txt").replace("--", "/"): text.replace("SLUG", slug) for name, text in pages.items()}
