"""Cleaning: whatever a student wrote becomes harmless text before it reaches a screen.

Exception texts, names, representations and source lines are hostile: they may hold escape sequences that move
the cursor, marks that reverse a line, half characters that no stream can write, or a megabyte of anything.
"""

from __future__ import annotations

import re
import unicodedata

TAB = 4
SEQUENCE = re.compile(
    r"\x1b\[[0-?]*[ -/]*[@-~]"  # control sequences: colours, cursor, screen
    r"|\x1b[\]PX^_].*?(?:\x07|\x1b\\|$)"  # strings for the terminal: titles, links
    r"|\x1b[ -/]*[0-~]"
    r"|\x9b[0-?]*[ -/]*[@-~]",
    re.DOTALL,
)
SPACES = re.compile(r"\s+")
INVISIBLE = frozenset({"Cc", "Cf", "Co", "Cn"})
MARKS = frozenset({"Mn", "Me"})
STACKED = 2  # marks upon one letter that languages need; more of them climb over other lines
TWINS = {
    "\u00a0": "\u00a0",  # a space that holds a command together until the line is laid out
    "¿": "", "¡": "", "«": '"', "»": '"', "“": '"', "”": '"', "\u2018": "'", "\u2019": "'", "—": "-", "–": "-",
    "−": "-", "×": "x", "·": "*", "τ": "tau", "β": "beta", "π": "pi", "Σ": "sum", "∑": "sum", "∞": "inf", "≤": "<=",
    "≥": ">=", "≠": "!=", "≈": "~", "→": "->", "…": "...",
}  # fmt: skip


def one_line(text: str, limit: int) -> tuple[str, int]:
    """Return the text as one clean line of at most ``limit`` characters, and how many were left out."""
    made = SPACES.sub(" ", _visible(text[: limit * 10])).strip()
    left_out = max(0, len(made) - limit) + max(0, len(text) - limit * 10)
    return made[:limit].rstrip(), left_out


def source_line(text: str, limit: int) -> tuple[str, int]:
    """Return a line of code with its indentation, clean, and how many characters were left out."""
    made = _visible(text[: limit * 10].rstrip("\r\n").expandtabs(TAB)).rstrip()
    return made[:limit], max(0, len(made) - limit) + max(0, len(text) - limit * 10)


def to_ascii(text: str) -> str:
    """Return text for a stream that writes ASCII only: letters lose their accents, the rest becomes a twin."""
    return text if text.isascii() else "".join(map(_twin, text))


def _twin(letter: str) -> str:
    if letter.isascii():
        return letter
    if letter in TWINS:
        return TWINS[letter]
    bare = "".join(part for part in unicodedata.normalize("NFKD", letter) if part.isascii())
    return bare or "?"


def _visible(text: str) -> str:
    kept: list[str] = []
    marks = 0
    for letter in unicodedata.normalize("NFC", SEQUENCE.sub("", text)):
        category = unicodedata.category(letter)
        marks = marks + 1 if category in MARKS else 0
        if category == "Cs":
            kept.append(f"\\u{ord(letter):04x}")
        elif letter in "\t\n\r\v\f" or category in {"Zl", "Zp", "Zs"}:
            kept.append(" ")
        elif category not in INVISIBLE and marks <= STACKED:
            kept.append(letter)
    return "".join(kept)
