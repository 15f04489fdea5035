"""Law 5: every check and diagnosis has its texts in every language, and they say the same."""

from __future__ import annotations

from collections.abc import Iterator

from grader.author.laws import Violation
from grader.author.notebooks import PICTURE
from grader.author.trial import Trials
from grader.exercise.exercise import Exercise
from grader.exercise.texts import LANGUAGES, Texts, placeholders

HINTS = 4


def texts_complete(trials: Trials) -> Iterator[Violation]:
    """Law 5, for the TOML texts and the statements of one exercise."""
    exercise = trials.exercise
    for language in LANGUAGES:
        if not (trials.folder / "text" / f"{language}.md").is_file():
            yield Violation(5, f"text/{language}.md", "the statement is missing")
        yield from _missing(exercise, exercise.texts[language], drawn=(trials.folder / PICTURE).is_file())
        yield from _stray(exercise, exercise.texts[language])
    first, *others = (exercise.texts[language] for language in LANGUAGES)
    for other in others:
        yield from unequal(first, other, f"text/{other.language}.toml")


def _wanted(exercise: Exercise, language: str, *, drawn: bool) -> Iterator[str]:
    yield "title"
    if drawn:
        yield "picture"
    for check in exercise.checks:
        yield f"checks.{check.name}.rule"
        if language != "en" or not check.title:  # the English title is the docstring, if there is one
            yield f"checks.{check.name}.title"
    for diagnosis in exercise.bank.diagnoses:
        yield f"diagnoses.{diagnosis}.cause"
        yield f"diagnoses.{diagnosis}.next"


def _missing(exercise: Exercise, texts: Texts, *, drawn: bool) -> Iterator[Violation]:
    where = f"text/{texts.language}.toml"
    for key in _wanted(exercise, texts.language, drawn=drawn):
        if not texts.get(key):
            yield Violation(5, where, f"{key} is missing")
    for diagnosis in exercise.bank.diagnoses:
        hints = texts.listed(f"diagnoses.{diagnosis}.hints")
        if len(hints) != HINTS or not all(hints):
            yield Violation(5, where, f"diagnoses.{diagnosis}.hints has {len(hints)} hints; write {HINTS}")


def _stray(exercise: Exercise, texts: Texts) -> Iterator[Violation]:
    known = {"checks": {check.name for check in exercise.checks}, "diagnoses": set(exercise.bank.diagnoses)}
    for key in texts.words:
        room, _, rest = key.partition(".")
        if room in known and rest.partition(".")[0] not in known[room]:
            yield Violation(5, f"text/{texts.language}.toml", f"{key} belongs to nothing that exists")


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
