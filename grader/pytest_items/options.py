"""Options that may be handed on to pytest: those that choose checks, or say how results are shown.

It is a list of what is allowed. pytest takes the value of an option that it does not know for a path, and a path
for a place to run code from, so an option that is misspelt must end here. The name of a file is made absolute,
because pytest runs in a folder of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

SWITCHES = frozenset(
    {
        *("--exitfirst", "--last-failed", "--lf", "--failed-first", "--ff", "--new-first", "--nf", "--cache-clear"),
        *("--stepwise", "--sw", "--stepwise-skip", "--sw-skip", "--stepwise-reset", "--sw-reset"),
        *("--collect-only", "--collectonly", "--co", "--quiet", "--verbose", "--no-header", "--no-summary"),
    }
)
SETTINGS = frozenset(
    {
        *("--maxfail", "--last-failed-no-failures", "--lfnf", "--deselect", "--verbosity", "--tb", "--color"),
        *("--durations", "--durations-min", "--junit-xml", "--junitxml", "--junit-prefix", "--junitprefix"),
    }
)
FILES = frozenset({"--junit-xml", "--junitxml"})
LETTERS = re.compile(r"-[xqv]+")
LETTER_SETTINGS = frozenset({"-k", "-r"})


class NotAllowed(Exception):
    """An argument that is not handed on; the text says why."""


def checked_options(args: Sequence[str]) -> list[str]:
    """Return pytest's arguments, each with its value in one word, so that no value can be taken for anything else."""
    return list(_checked(iter(args)))


def _checked(rest: Iterator[str]) -> Iterator[str]:
    for word in rest:
        if word in SWITCHES or LETTERS.fullmatch(word):
            yield word
            continue
        long = word.startswith("--")
        name, joined, value = word.partition("=") if long else (word[:2], word[2:], word[2:].removeprefix("="))
        if name not in (SETTINGS if long else LETTER_SETTINGS):
            raise NotAllowed(_reason(word))
        value = value if joined else next(rest, "")
        if not value:
            raise NotAllowed(f"{name} needs a value.")
        value = str(Path(value).expanduser().absolute()) if name in FILES else value
        yield f"{name}={value}" if long else f"{name}{value}"


def _reason(word: str) -> str:
    known = ", ".join(sorted({"-x", "-q", "-v"} | SWITCHES | SETTINGS | LETTER_SETTINGS))
    if word.startswith("-"):
        return f"{word} is not handed on to pytest. These are: {known}."
    return f"{word}: no path or name is handed on to pytest, for it would run what lies there. Choose checks with -k."
