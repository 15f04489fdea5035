"""Layout: lines of at most so many columns, as rich text that is never read as markup.

Widths are measured in terminal cells, so that wide letters and combining marks keep the columns straight.
Nothing is cut: what does not fit goes on the next line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from rich.cells import cell_len
from rich.text import Text

INDENT = 2
LABEL = 15  # the widest label, in either language
TEXT = INDENT + LABEL + 2  # the column where a labelled text begins
APART = 3  # columns between a text and what stands at the right edge
KEPT = "\u00a0"  # a space at which no line ends: inside a command
LEAST = 24  # columns of text below which what stands at the right edge moves to its own line
PARTED = re.compile(r"(?<=[+|,])")  # where a long word, such as a list of layers, is broken first

Lines = list[Text]


def fold(text: str, width: int) -> list[str]:
    """Return the words of a text in lines; a word that is too wide is broken, one held by `KEPT` stays whole."""
    lines: list[str] = []
    line = ""
    for word in re.split(r"[ \t\n]+", text.strip()):
        gap = " " if line else ""
        for piece in _pieces(word, width):
            if line and cell_len(line + gap + piece) > width:
                lines.append(line)
                line = ""
            line, gap = (line + gap if line else "") + piece, ""
    return [made.replace(KEPT, " ") for made in ([*lines, line] if line else lines)]


def chop(text: str, width: int) -> list[str]:
    """Return a text in pieces of at most ``width`` cells, spaces kept."""
    if text and cell_len(text) <= width:
        return [text]
    pieces, piece, used = [], "", 0
    for letter in text:
        cells = cell_len(letter)
        if piece and used + cells > width:
            pieces.append(piece)
            piece, used = "", 0
        piece, used = piece + letter, used + cells
    return [*pieces, piece] if piece else pieces


def fold_code(code: str, width: int) -> list[str]:
    """Return Python in lines that are still Python: a line ends after a comma that is in no string."""
    lines: list[str] = []
    line = ""
    for piece in _tokens(code):
        if line and cell_len((line + piece).rstrip()) > width:
            lines.append(line.rstrip())
            line = ""
        chopped = chop(piece, width)
        lines += chopped[:-1]
        line += chopped[-1]
    return [*lines, line.rstrip()] if line else lines


def paragraph(text: str, width: int, *, indent: int = 0, style: str = "") -> Lines:
    """Return a text as indented lines."""
    return [Text(" " * indent + line, style=style) for line in fold(text, width - indent)]


def labelled(label: str, lines: Sequence[str]) -> Lines:
    """Return lines beside a label; their width is the caller's care."""
    made = []
    for number, line in enumerate(lines):
        head = label if number == 0 else ""
        made.append(Text.assemble(" " * INDENT, (pad(head, LABEL), "bold"), "  ", line))
    return made


def beside(label: str, text: str, width: int) -> Lines:
    """Return a text, wrapped, beside its label."""
    return labelled(label, fold(text, width - TEXT))


def ends(left: Text, text: str, right: Text, width: int, *, style: str = "") -> Lines:
    """Return a line that begins with ``left`` and ``text`` and has ``right`` at its right edge.

    The text wraps below itself; where that would leave too little room, ``right`` gets a line of its own.
    """
    start = left.cell_len
    room = width - start - (right.cell_len + APART if right.plain else 0)
    alone = room < min(cell_len(text), LEAST)
    first, *rest = fold(text, width - start if alone else room) or [""]
    lines = [Text.assemble(left, (first, style))]
    lines += [Text.assemble(" " * start, (line, style)) for line in rest]
    if right.plain and alone:
        lines += [Text(pad(piece, width, right=True), style=right.style) for piece in chop(right.plain, width)]
    elif right.plain:
        lines[0] = Text.assemble(lines[0], " " * (width - lines[0].cell_len - right.cell_len), right)
    return lines


def pad(text: str, width: int, *, right: bool = False) -> str:
    """Return the text filled with spaces to ``width`` cells."""
    gap = " " * max(0, width - cell_len(text))
    return gap + text if right else text + gap


def stripped(lines: Lines) -> Lines:
    """Return lines without the empty ones at the end."""
    while lines and not lines[-1].plain.strip():
        lines = lines[:-1]
    return lines


def together(lines: Iterable[Text], *, plain: bool) -> Text:
    """Return lines as one text; a plain one carries no style at all."""
    made = Text("\n").join(lines)
    return Text(made.plain) if plain else made


def _pieces(word: str, width: int) -> list[str]:
    """Return where a word may be broken: nowhere if it fits, else after signs that part, else anywhere."""
    if cell_len(word) <= width:
        return [word]
    return [piece for part in PARTED.split(word) for piece in chop(part, width)]


def _tokens(code: str) -> list[str]:
    pieces, piece, quote = [], "", ""
    for position, letter in enumerate(code):
        piece += letter
        if quote:
            quote = "" if letter == quote and code[position - 1] != "\\" else quote
        elif letter in "'\"":
            quote = letter
        elif letter == " " and piece.endswith(", "):
            pieces.append(piece)
            piece = ""
    return [*pieces, piece] if piece else pieces
