"""Law 5, for what a course tells its readers: in every language, built alike, and every link leads somewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from grader.author.laws import Violation
from grader.author.laws.texts import unequal
from grader.author.notebooks import GUIDES, WORDS, read_words
from grader.author.pages import NAMES, page_name
from grader.exercise.course import Course
from grader.exercise.texts import LANGUAGES

HEADING = re.compile(r"^(#+) ", re.MULTILINE)
FENCED = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^)#\s]+)[^)]*\)")
SUFFIX = re.compile(rf"(\.|/)({'|'.join(LANGUAGES)})\.md$")


def pages_complete(files: Mapping[str, str]) -> Iterator[Violation]:
    """Compare the released pages of each language with the English ones, and look up what they link to."""
    for written in NAMES:
        first, *others = (page_name(written, language) for language in LANGUAGES)
        shown = [name for name in (first, *others) if name in files]
        for name in (first, *others):
            if shown and name not in files:
                yield Violation(5, name, f"it is missing, but there is {shown[0]}")
        for name in shown:
            yield from _lost_links(files, name)
        if first in files:
            for name in others:
                yield from _unequal(files[first], files.get(name), name)


def notebooks_complete(course: Course) -> Iterator[Violation]:
    """Compare the words of notebooks in each language, if there are any; each question has its guide for marking."""
    known = {lab.slug for lab in course.assignments}
    told: dict[str, set[str]] = {}
    for written in (WORDS, GUIDES):
        words = read_words(course, written)
        first, *others = (words[language] for language in LANGUAGES)
        for other in others:
            where = f"{written}.{other.language}.toml"
            yield from unequal(first, other, where)
            for key in sorted(other.words.keys() - first.words.keys()):
                yield Violation(5, where, f"{key} is not in the {first.language} file")
        told[written] = {key.split(".")[1] for key in first.words if key.startswith("labs.")}
        for lab in sorted(told[written] - known):
            yield Violation(5, f"{written}.{first.language}.toml", f"{lab} is no assignment of course.toml")
    for lab in sorted(told[WORDS] ^ told[GUIDES]):
        yield Violation(
            5, f"{GUIDES}.{LANGUAGES[0]}.toml", f"{lab} has a question or a guide for marking, and not both"
        )


def _lost_links(files: Mapping[str, str], name: str) -> Iterator[Violation]:
    for link in LINK.findall(files[name]):
        if "://" not in link and link not in files:
            yield Violation(5, name, f"it links to {link}, which is not released")


def _unequal(one: str, other: str | None, name: str) -> Iterator[Violation]:
    if other is None:
        return
    if one == other:
        yield Violation(5, name, "it equals the English page")
    if _headings(one) != _headings(other):
        yield Violation(5, name, "it has other headings than the English page")
    for link in sorted(_targets(one) ^ _targets(other)):
        yield Violation(5, name, f"only one of it and the English page links to {link}")


def _headings(text: str) -> list[str]:
    return HEADING.findall(FENCED.sub("", text))


def _targets(text: str) -> set[str]:
    """Return what a page links to, whatever the language."""
    return {SUFFIX.sub(lambda match: f"{match[1] if match[1] == '/' else ''}.md", link) for link in LINK.findall(text)}
