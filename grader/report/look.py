"""Look: how a screen is to appear, decided once from the stream and the environment.

Everything after this point takes a `Look` and asks the environment nothing, so a screen is a function of its
arguments and can be kept as a snapshot.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TextIO

from rich.console import Console
from rich.text import Text

from grader.exercise.texts import LANGUAGES

Audience = Literal["student", "instructor"]

WIDTH = 80
NARROWEST = 50
GLYPHS = "█▏ñ¿"  # what a stream must be able to write before we send it more than ASCII


@dataclass(frozen=True, slots=True)
class Look:
    """How a screen appears, and for whom.

    Parameters
    ----------
    language : str
        One of `grader.exercise.texts.LANGUAGES`.
    plain : bool
        No colour, no bars, no links: for pipes, files and screen readers.
    ascii : bool
        Only ASCII, for streams that cannot write more.
    width : int
        Columns that no line exceeds.
    audience : str
        A student sees little of hidden checks, an instructor all.
    links : bool
        Whether a file and its line are a link that a terminal can open.
    """

    language: str = "en"
    plain: bool = False
    ascii: bool = False
    width: int = WIDTH
    audience: Audience = "student"
    links: bool = False


def look_at(
    stream: TextIO,
    environ: Mapping[str, str] | None = None,
    *,
    language: str | None = None,
    plain: bool = False,
    audience: Audience = "student",
) -> Look:
    """Return the look that suits a stream; what the caller asks for beats the environment."""
    env = os.environ if environ is None else environ
    real = stream.isatty() and env.get("TERM") != "dumb"
    plain = plain or not real or env.get("GRADER_PLAIN", "0") not in ("", "0")
    columns = shutil.get_terminal_size((WIDTH, 24)).columns if real else WIDTH
    return Look(
        language=language_of(env, language),
        plain=plain,
        ascii=not _writes(stream, GLYPHS),
        width=max(NARROWEST, min(WIDTH, columns)),
        audience=audience,
        links=not plain,
    )


def language_of(environ: Mapping[str, str], asked: str | None = None) -> str:
    """Return the language asked for, else GRADER_LANG, else the locale's, else English."""
    for name in (asked, *(environ.get(key) for key in ("GRADER_LANG", "LC_ALL", "LC_MESSAGES", "LANG"))):
        if name:
            code = name[:2].lower()
            return code if code in LANGUAGES else LANGUAGES[0]
    return LANGUAGES[0]


def show(text: Text, look: Look, stream: TextIO) -> None:
    """Write a screen to a stream: as it is, never wrapped or cut again; NO_COLOR is rich's to obey."""
    if look.plain:
        stream.write(text.plain + "\n")
        return
    Console(file=stream, highlight=False, markup=False, emoji=False).print(text, soft_wrap=True)


def _writes(stream: TextIO, glyphs: str) -> bool:
    """Return whether the stream's encoding has these glyphs."""
    try:
        glyphs.encode(getattr(stream, "encoding", None) or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True
