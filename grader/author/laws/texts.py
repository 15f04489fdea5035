"""Law 5: every check and diagnosis has its texts in every language, and they say the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from grader.author.laws import Violation
from grader.author.notebooks import PICTURE
from grader.author.place import mistakes
from grader.exercise.exercise import Exercise
from grader.exercise.texts import LANGUAGES, Texts, placeholders

HINTS = 4


def texts_complete(exercise: Exercise, folder: Path) -> Iterator[Violation]:
    """Law 5, for the TOML texts and the statements of one exercise."""
    named = tuple(dict.fromkeys(variant.diagnosis for variant in mistakes(folder)))
    for language in LANGUAGES:
        if not (folder / "text" / f"{language}.md").is_file():
            yield Violation(5, f"{exercise.slug}/text/{language}.md", "the statement is missing")
        yield from _missing(exercise, language, named, drawn=(folder / PICTURE).is_file())
        yield from _stray(exercise, language, named)
    first, *others = (exercise.texts[language] for language in LANGUAGES)
    for other in others:
        yield from unequal(first, other, _file(exercise, other.language))


def _file(exercise: Exercise, language: str) -> str:
    return f"{exercise.slug}/text/{language}.toml"


def _wanted(exercise: Exercise, language: str, named: Iterable[str], *, drawn: bool) -> Iterator[str]:
    yield "title"
    if drawn:
        yield "picture"
    for check in exercise.checks:
        yield f"checks.{check.name}.rule"
        if language != "en" or not check.title:  # the English title is the docstring, if there is one
            yield f"checks.{check.name}.title"
    for diagnosis in named:
        yield f"diagnoses.{diagnosis}.cause"
        yield f"diagnoses.{diagnosis}.next"


def _missing(exercise: Exercise, language: str, named: Iterable[str], *, drawn: bool) -> Iterator[Violation]:
    where, texts = _file(exercise, language), exercise.texts[language]
    for key in _wanted(exercise, language, named, drawn=drawn):
        if not texts.get(key):
            yield Violation(5, where, f"{key} is missing")
    for diagnosis in named:
        hints = texts.listed(f"diagnoses.{diagnosis}.hints")
        if len(hints) != HINTS or not all(hints):
            yield Violation(5, where, f"diagnoses.{diagnosis}.hints has {len(hints)} hints; write {HINTS}")


def _stray(exercise: Exercise, language: str, named: Iterable[str]) -> Iterator[Violation]:
    known = {"checks": {check.name for check in exercise.checks}, "diagnoses": set(named)}
    for key in exercise.texts[language].words:
        room, _, rest = key.partition(".")
        if room in known and rest.partition(".")[0] not in known[room]:
            yield Violation(5, _file(exercise, language), f"{key} belongs to nothing that exists")


def unequal(one: Texts, other: Texts, where: str) -> Iterator[Violation]:
    """Compare the texts of two languages: each is there, says something else, and has the same placeholders."""
    for key, words in one.words.items():
        translated = other.words.get(key)
        if translated is None:
            yield Violation(5, where, f"{key} is not translated")
            continue
        pairs = [(words, translated)] if isinstance(words, str) else list(zip(words, translated, strict=False))
        for ours, theirs in pairs:
            if ours == theirs:
                yield Violation(5, where, f"{key} equals the {one.language} text")
            elif _placeholders(str(ours)) != _placeholders(str(theirs)):
                yield Violation(5, where, f"{key} has other placeholders than the {one.language} text")


def _placeholders(text: str) -> frozenset[str] | None:
    """Return the names in braces, or None for a text whose braces are no placeholders, such as code."""
    try:
        return placeholders(text)
    except ValueError:
        return None
