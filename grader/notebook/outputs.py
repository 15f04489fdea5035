"""Outputs of a student's own cells, kept for a reader, with everything left out that could do more than be read.

A notebook's outputs are whatever the student saved: pages with scripts, pictures that are none, gigabytes. They decide
no mark. What is kept is text, pictures that are pictures, and HTML, which nbconvert is told to sanitise when it shows
it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

LETTERS: Final = 100_000  # of text, in one output
PICTURE: Final = 4 << 20  # letters of one picture
MOST: Final = 50  # outputs of one cell
ALL: Final = 16 << 20  # letters of all outputs of a notebook
TEXTS: Final = ("text/plain", "text/html", "text/markdown")
PICTURES: Final = ("image/png", "image/jpeg")
BASE64: Final = re.compile(r"[A-Za-z0-9+/=\s]*")
NAMED: Final = re.compile(r"[\w .-]{1,100}")
CUT: Final = "\n[...]"
Output = dict[str, Any]


class Kept:
    """Goes through the outputs of one notebook, and counts what it keeps."""

    def __init__(self) -> None:
        self.left = ALL

    def outputs(self, told: list[Any]) -> list[Output]:
        """Return the outputs of a cell that are kept."""
        kept = []
        for output in told[:MOST]:
            made = _output(output) if isinstance(output, dict) else None
            size = _size(made) if made is not None else 0
            if made is not None and size <= self.left:
                self.left -= size
                kept.append(made)
        return kept


def attachments(told: object) -> dict[str, dict[str, str]]:
    """Return the pictures that a text cell carries, by their names."""
    bundles = list(told.items())[:MOST] if isinstance(told, dict) else []
    named = ((name, dict(_pictures(bundle))) for name, bundle in bundles if isinstance(bundle, dict))
    return {name: pictures for name, pictures in named if pictures and NAMED.fullmatch(name)}


def _output(output: Output) -> Output | None:
    kind = output.get("output_type")
    if kind in ("stream", "pyout") and "text" in output:
        name = "stderr" if output.get("name") == "stderr" else "stdout"
        return {"output_type": "stream", "name": name, "text": _text(output["text"])}
    if kind in ("error", "pyerr"):
        trace = output.get("traceback")
        lines = [_text(line) for line in trace[:MOST]] if isinstance(trace, list) else []
        told = {"ename": _text(output.get("ename")), "evalue": _text(output.get("evalue"))}
        return {"output_type": "error", **told, "traceback": lines}
    if kind in ("display_data", "execute_result") and isinstance(output.get("data"), dict):
        shown = dict(_shown(output["data"]))
        if shown:  # a result is shown as a display: its number was the student's
            return {"output_type": "display_data", "data": shown, "metadata": {}}
    return None


def _shown(bundle: Output) -> Iterator[tuple[str, str]]:
    for kind in TEXTS:
        if kind in bundle:
            yield kind, _text(bundle[kind])
    yield from _pictures(bundle)


def _pictures(bundle: Output) -> Iterator[tuple[str, str]]:
    for kind in PICTURES:
        picture = _joined(bundle.get(kind))
        if picture and len(picture) <= PICTURE and BASE64.fullmatch(picture):
            yield kind, picture


def _text(value: object) -> str:
    whole = _joined(value)
    return whole if len(whole) <= LETTERS else whole[:LETTERS] + CUT


def _joined(value: object) -> str:
    whole = "".join(part for part in value if isinstance(part, str)) if isinstance(value, list) else value
    return whole.encode("utf-8", "replace").decode("utf-8") if isinstance(whole, str) else ""


def _size(value: object) -> int:
    if isinstance(value, str):
        return len(value)
    if isinstance(value, dict):
        return sum(map(_size, value.values()))
    return sum(map(_size, value)) if isinstance(value, list) else 0
