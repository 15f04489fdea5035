"""Pages: what a course tells its readers beside the exercises, such as its errata and its reading path.

They are written once in each language, in ``solutions/pages/``. Only the names below are ever read, and a page names an
exercise as ``[[slug]]``: a link to its statement in the page's language, or its bare name while there is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from grader.author.pictures import draw_pictures
from grader.exercise.course import PAGES, Course
from grader.exercise.texts import LANGUAGES

NAMES = {"errata": "ERRATA", "reading": "README"}  # as it is written -> as it is released
PICTURES = "pictures.py"
NAMED = re.compile(r"\[\[(\w+)\]\]")


def build_pages(course: Course) -> Iterator[tuple[str, str]]:
    """Yield the released pages and pictures of a course that has any: path below ``exercises/``, and text."""
    folder = course.folder / PAGES
    for written in NAMES:
        for language in LANGUAGES:
            path = folder / f"{written}.{language}.md"
            if path.is_file():
                yield page_name(written, language), _linked(path.read_text(encoding="utf-8"), course, language)
    if (folder / PICTURES).is_file():
        for name, picture in draw_pictures(folder / PICTURES, course.folder).items():
            yield f"pictures/{name}.svg", picture


def page_name(written: str, language: str) -> str:
    """Return the name of a released page; English is what GitHub shows below a folder, so it has no suffix."""
    return f"{NAMES[written]}.md" if language == LANGUAGES[0] else f"{NAMES[written]}.{language}.md"


def _linked(text: str, course: Course, language: str) -> str:
    known = {exercise.slug for exercise in course.exercises}

    def link(match: re.Match[str]) -> str:
        slug = match[1]
        return f"[`{slug}`]({slug}/text/{language}.md)" if slug in known else f"`{slug}`"

    return NAMED.sub(link, text)
