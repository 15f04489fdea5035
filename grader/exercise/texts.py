"""Words: one TOML file per language, for an exercise and for the engine itself.

Every text is looked up by a dotted key. A missing text is an author's error that `prove` reports;
while grading it falls back to English, then to the key, so that no student is ever stopped by it.
"""

from __future__ import annotations

import string
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

LANGUAGES = ("en", "es")


@dataclass(frozen=True, slots=True)
class Texts:
    """The texts of one language, flattened: ``checks.tau_two.rule`` -> words."""

    language: str
    words: Mapping[str, str | tuple[str, ...]]

    def get(self, key: str) -> str | None:
        """Return one text, or None."""
        found = self.words.get(key)
        return found if isinstance(found, str) else None

    def listed(self, key: str) -> tuple[str, ...]:
        """Return a list of texts, such as a hint ladder."""
        found = self.words.get(key, ())
        return () if isinstance(found, str) else found


def read_texts(path: Path, language: str) -> Texts:
    """Read one language's file; a file that is not TOML raises `tomllib.TOMLDecodeError`."""
    with path.open("rb") as file:
        return Texts(language, dict(_flatten(tomllib.load(file))))


def placeholders(text: str) -> frozenset[str]:
    """Return the names in braces of a text."""
    return frozenset(name for _, name, _, _ in string.Formatter().parse(text) if name)


def _flatten(tree: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, str | tuple[str, ...]]]:
    for key, value in tree.items():
        if isinstance(value, dict):
            yield from _flatten(value, f"{prefix}{key}.")
        elif isinstance(value, list):
            yield f"{prefix}{key}", tuple(str(item).strip() for item in value)
        else:
            yield f"{prefix}{key}", str(value).strip()
