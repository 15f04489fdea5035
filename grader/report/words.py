"""The engine's own words, in the language of a `Look`: one TOML file per language beside this module.

A missing word falls back to English and then to its key, so that no student is stopped by a translation;
a test holds both files complete.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from grader.exercise.texts import LANGUAGES, Texts, read_texts
from grader.judge.outcome import Outcome
from grader.report.clean import to_ascii
from grader.report.layout import KEPT
from grader.report.look import Look

FOLDER = Path(__file__).parent / "words"


@cache
def words(language: str) -> Texts:
    """Return the engine's texts in one language."""
    return read_texts(FOLDER / f"{language}.toml", language)


def say(look: Look, key: str, **values: object) -> str:
    """Return one of the engine's sentences with its values filled in."""
    text = words(look.language).get(key) or words(LANGUAGES[0]).get(key) or key
    return fit(look, text).format(**values)


def count(look: Look, key: str, number: int, **values: object) -> str:
    """Return a sentence about so many things: ``key.one`` or ``key.many``."""
    return say(look, f"{key}.one" if number == 1 else f"{key}.many", n=number, **values)


def listing(look: Look, items: Sequence[object]) -> str:
    """Return ``3, 4 and 5``."""
    first, last = [str(item) for item in items[:-1]], str(items[-1])
    return f"{', '.join(first)} {say(look, 'and')} {last}" if first else last


def command(*parts: object) -> str:
    """Return a command of ours, which a line does not break."""
    return KEPT.join(("grader", *map(str, parts)))


def outcome_word(look: Look, outcome: Outcome) -> str:
    """Return the one word for an outcome; our own fault has none."""
    return "" if outcome is Outcome.ERROR else say(look, f"outcomes.{outcome}")


def fit(look: Look, text: str) -> str:
    """Return a text of ours as the stream can write it."""
    return to_ascii(text) if look.ascii else text
